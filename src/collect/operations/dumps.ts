import type { Sink } from '../collector.ts'
import { maxScript, programWords } from '../workflows/shell.ts'
import { nameOf, nestedScript, pipeFrom, readScript, runOf, type Script, type Step } from './script.ts'

const dumpTools = new Set(['pg_dump', 'pg_dumpall', 'mysqldump', 'mariadb-dump', 'mongodump', 'pg_basebackup'])
const clients = new Set(['psql', 'pg_restore', 'mysql', 'mariadb', 'mongorestore', 'redis-cli', 'clickhouse-client'])
const packers = new Set(['gzip', 'pigz', 'bzip2', 'xz', 'zstd', 'lz4', '7z', 'brotli'])
/** What passes a dump on to where it is kept. */
const keepers = new Set([
  ...packers,
  'openssl',
  'gpg',
  'age',
  'aws',
  'gsutil',
  'rclone',
  'mc',
  's3cmd',
  'az',
  'restic',
  'split',
  'ssh',
  'cat',
  'dd',
  'pv',
])

const passwords = /^(PGPASSWORD|MYSQL_PWD|REDISCLI_AUTH|PGPASSFILE)=/

/** Whether an option says that the dump goes to a file, so that standard output has none of it. */
const writesItself = (tool: string, words: readonly string[]): boolean =>
  words.some((word, index) =>
    tool === 'mongodump'
      ? !(word === '--archive' || word === '-') && /^(?:-o|--out|--archive=)/.test(word)
      : tool === 'mysqldump' || tool === 'mariadb-dump'
        ? /^(?:-r|--result-file)/.test(word)
        : /^(?:-f|--file|-D|--pgdata)/.test(word) && !/^(?:-|\/dev\/stdout)$/.test(words[index + 1] ?? ''),
  ) ||
  (tool === 'mongodump' && !words.includes('--archive'))

const redirects = (words: readonly string[]): boolean =>
  words.some((word) => /^1?>>?[^&]?/.test(word) && !word.startsWith('>&'))

/** Whether standard error goes where the dump goes: into the pipe, or into the same file. */
const mixes = (tool: string, words: readonly string[], pipe: readonly Step[]): boolean => {
  if (writesItself(tool, words)) return false
  const first = pipe[0]
  const merge = words.findIndex((word) => word === '2>&1' || word.endsWith('2>&1'))
  const both = words.some((word) => word.startsWith('&>') || word.startsWith('>&'))
  if (pipe.length === 1) {
    const out = words.findIndex((word) => /^1?>/.test(word) && !word.startsWith('>&'))
    const target = words.slice(out).join(' ')
    if (/\/dev\/null|\.log\b|\$\{?LOG/i.test(target)) return false
    return both || (out >= 0 && merge > out)
  }
  if (merge < 0 && first?.joined !== '|&') return false
  const next = programWords(pipe[1]?.words ?? [])
  return keepers.has(nameOf(next[0] ?? '')) || redirects(next)
}

/** What a dump is written as. */
type Form = 'plain' | 'archive'

const formOf = (tool: string, words: readonly string[]): Form =>
  tool === 'pg_dump' &&
  words.some(
    (word, index) =>
      /^(?:-F|--format=?)(?:[cdt]|custom|dir|tar)/.test(word) ||
      (/^(?:-F|--format)$/.test(word) && /^[cdt]/.test(words[index + 1] ?? '')),
  )
    ? 'archive'
    : 'plain'

/** A dump that a script makes. */
export interface FoundDump {
  tool: string
  form: Form
  line: number
  words: readonly string[]
}

const emitDump = (
  script: Script,
  line: number,
  tool: string,
  words: readonly string[],
  pipe: readonly Step[],
  sink: Sink,
): FoundDump => {
  const step = pipe[0]
  sink.fact({
    kind: 'operations.dump',
    subject: `${tool} in ${script.path}`,
    place: { path: script.path, line, column: 1 },
    value: {
      tool,
      errorsMixed: mixes(tool, words, pipe),
      verbose: words.some((word) => word === '--verbose' || word === '-v'),
      compressed: pipe.slice(1).some(({ words: next }) => packers.has(nameOf(programWords(next)[0] ?? ''))),
      keepsFailures:
        pipe.length === 1 || (step?.pipefail ?? false) || script.lines.some((one) => one.includes('PIPESTATUS')),
    },
  })
  return { tool, form: formOf(tool, words), line, words }
}

/** Emits the dumps of a script, those in `sh -c '…'` included. */
export const emitDumps = (script: Script, sink: Sink): FoundDump[] => {
  const found: FoundDump[] = []
  for (const [index, step] of script.steps.entries()) {
    const run = runOf(step.words, dumpTools)
    const nested = nestedScript(step.words)
    if (nested !== undefined && [...dumpTools].some((tool) => nested.includes(tool))) {
      const inner = readScript(script.path, nested.slice(0, maxScript))
      for (const [at, { words }] of inner.steps.entries()) {
        const own = runOf(words, dumpTools)
        if (own !== undefined)
          found.push(emitDump(script, step.line, nameOf(own[0] ?? ''), own, pipeFrom(inner, at), sink))
      }
    } else if (run !== undefined && !run.some((word) => word === '--version' || word === '--help'))
      found.push(emitDump(script, step.line, nameOf(run[0] ?? ''), run, pipeFrom(script, index), sink))
  }
  return found
}

/** Emits password variables that are set for a command of a pipe. */
export const emitPipedPasswords = (script: Script, sink: Sink): void => {
  for (const [index, step] of script.steps.entries()) {
    const own = programWords(step.words)
    const variable = step.words.map((word) => passwords.exec(word)?.[1]).find((name) => name !== undefined)
    const program = nameOf(own[0] ?? '')
    if (variable === undefined || own.length === 0 || step.words.indexOf(own[0] ?? '') === 0) continue
    const exported = script.lines.some((line) => line.includes(`export ${variable}`))
    const takes =
      !/^(?:gunzip|zcat|gzip|cat|bzip2|bzcat|xz|xzcat|zstd|zstdcat|pv|sed|grep|echo|openssl|gpg|aws|pigz|unpigz|unzip|tar)$/.test(
        program,
      )
    const client = pipeFrom(script, index)
      .slice(1)
      .find(
        ({ words }) => clients.has(nameOf(programWords(words)[0] ?? '')) && !words.some((word) => passwords.test(word)),
      )
    sink.fact({
      kind: 'operations.piped-password',
      subject: `${variable} in ${script.path}`,
      place: { path: script.path, line: step.line, column: 1 },
      value: {
        variable,
        givenTo: program,
        neededBy: takes || exported || client === undefined ? '' : nameOf(programWords(client.words)[0] ?? ''),
      },
    })
  }
}

/** What a command is given to restore from, by names of files alone. */
const inputOf = (words: readonly string[]): Form | 'unknown' => {
  const text = words.join(' ')
  if (/\.sql(?:\.(?:gz|bz2|xz|zst))?(?=["'\s]|$)/.test(text)) return 'plain'
  return /\.(?:dump|pgdump|custom|backup)(?=["'\s]|$)/.test(text) ? 'archive' : 'unknown'
}

/** What a restore reads: by the name of its file, or else by the only form in which its own script dumps. */
const restoredFrom = (
  tool: string,
  words: readonly string[],
  fromFile: boolean,
  forms: ReadonlySet<Form>,
): Form | 'unknown' => {
  const named = tool === 'pg_restore' ? inputOf(words) : 'unknown'
  const [only] = forms
  if (named !== 'unknown' || forms.size !== 1 || only === undefined) return named
  return tool === 'pg_restore' || fromFile ? only : 'unknown'
}

/** Emits the restores of a script, with what they are given: by the file's name, or by the only form of its own dumps. */
export const emitRestores = (script: Script, dumps: readonly FoundDump[], sink: Sink): void => {
  const forms = new Set(dumps.filter(({ tool }) => tool.startsWith('pg_dump')).map(({ form }) => form))
  for (const step of script.steps) {
    const run = runOf(step.words, new Set(['pg_restore', 'psql']))
    const tool = nameOf(run?.[0] ?? '')
    if (run === undefined) continue
    const fromFile = step.after === '|' || run.some((word) => /^<|^-f$|^--file/.test(word))
    if (tool === 'psql' && !fromFile) continue
    const input = restoredFrom(tool, run, fromFile, forms)
    sink.fact({
      kind: 'operations.restore',
      subject: `${tool} in ${script.path}`,
      place: { path: script.path, line: step.line, column: 1 },
      value: {
        tool,
        input,
        fits: !((tool === 'pg_restore' && input === 'plain') || (tool === 'psql' && input === 'archive')),
      },
    })
  }
}
