import { spawn } from 'node:child_process'

/** Nobody reads more of an error than its beginning. Bytes. */
const maxErrorSize = 16_000

/** How a bounded process ended. */
export type Outcome =
  | { ended: 'well'; output: string }
  | { ended: 'failed'; error: string }
  | { ended: 'too-slow' | 'too-large' }

/** What a process may use. */
export interface Bounds {
  /** Milliseconds. */
  time: number
  /** Bytes on standard output. */
  output: number
}

/**
 * Runs a program without a shell, with nothing on its standard input and no environment but the one given. When it
 * takes too long or says too much, it is killed with all that it started.
 */
export const runBounded = (
  command: readonly string[],
  options: { cwd: string; env: Record<string, string> },
  bounds: Bounds,
): Promise<Outcome> =>
  new Promise((resolve) => {
    const [program = '', ...args] = command
    const grouped = process.platform !== 'win32'
    const child = spawn(program, args, {
      ...options,
      shell: false,
      detached: grouped,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const chunks: Buffer[] = []
    const errors: Buffer[] = []
    let size = 0
    let errorSize = 0
    let stopped: 'too-slow' | 'too-large' | undefined
    const stop = (why: 'too-slow' | 'too-large'): void => {
      stopped ??= why
      try {
        if (grouped && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
        else child.kill('SIGKILL')
      } catch {
        // It ended by itself in the meantime.
      }
    }
    const timer = setTimeout(() => stop('too-slow'), bounds.time)
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > bounds.output) stop('too-large')
      else chunks.push(chunk)
    })
    child.stderr.on('data', (chunk: Buffer) => {
      if (errorSize < maxErrorSize) errors.push(chunk)
      errorSize += chunk.length
    })
    child.on('error', (error) => {
      clearTimeout(timer)
      resolve({ ended: 'failed', error: error.message })
    })
    child.on('close', (code, signal) => {
      clearTimeout(timer)
      if (stopped !== undefined) resolve({ ended: stopped })
      else if (code === 0) resolve({ ended: 'well', output: Buffer.concat(chunks).toString('utf8') })
      else {
        const said = Buffer.concat(errors).toString('utf8', 0, maxErrorSize)
        resolve({ ended: 'failed', error: said.trim() === '' ? `ended with ${signal ?? `code ${code}`}` : said })
      }
    })
  })
