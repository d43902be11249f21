import { isatty } from 'node:tty'

/** The outside of the command line: what it prints to, and what it knows of the reader. */
export interface Terminal {
  out: (text: string) => void
  err: (text: string) => void
  /** Whether standard output takes colours. */
  color: boolean
  /** Columns of standard output. */
  width: number
  /** Whether a person sees standard error. */
  watched: boolean
  env: NodeJS.ProcessEnv
}

const wantsColor = (env: NodeJS.ProcessEnv, tty: boolean): boolean => {
  const forced = env['FORCE_COLOR']
  if (forced !== undefined) return forced !== '0' && forced !== 'false'
  const refused = env['NO_COLOR']
  return tty && (refused === undefined || refused === '') && env['TERM'] !== 'dumb'
}

/** The widest text that is still read with ease, in columns. */
const widest = 120

/** The terminal of this process. A reader that went away (EPIPE) ends the output and nothing else. */
export const processTerminal = (): Terminal => {
  const { stdout, stderr, env } = process
  for (const stream of [stdout, stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error
    })
  const columns = stdout.columns ?? Number.parseInt(env['COLUMNS'] ?? '', 10)
  return {
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    color: wantsColor(env, isatty(1)),
    // In a pipe or a file each thing is one line, for grep.
    width: Number.isInteger(columns) && columns > 0 ? Math.min(columns, widest) : Number.MAX_SAFE_INTEGER,
    watched: isatty(2),
    env,
  }
}
