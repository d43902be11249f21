import { parseArgs, type ParseArgsConfig } from 'node:util'
import { InputError } from '../../core/errors.ts'
import { commandNames, type CommandName } from './help.ts'
import { nearest } from './nearest.ts'

/** What was typed: the command, its options and what stands beside them. */
export interface Arguments {
  command: CommandName | 'help' | 'version'
  /** The command whose help is asked for. */
  about?: CommandName
  positionals: string[]
  options: Record<string, string | boolean | (string | boolean)[] | undefined>
}

type Options = NonNullable<ParseArgsConfig['options']>

const text = { type: 'string' } as const
const flag = { type: 'boolean' } as const

const everywhere: Options = { help: { type: 'boolean', short: 'h' } }

const options: Record<CommandName, Options> = {
  check: {
    environment: { type: 'string', short: 'e' },
    policy: text,
    base: text,
    format: { type: 'string', short: 'f' },
    output: { type: 'string', short: 'o' },
    evidence: { type: 'string', multiple: true },
    history: text,
    'update-history': flag,
    all: flag,
    'no-inline-ignores': flag,
    'no-render': flag,
    now: text,
  },
  evidence: {
    environment: { type: 'string', short: 'e' },
    policy: text,
    format: { type: 'string', short: 'f' },
    evidence: { type: 'string', multiple: true },
    now: text,
  },
  explain: {},
  rules: { format: { type: 'string', short: 'f' }, category: text },
  validate: { now: text },
  init: { force: flag },
  'test-rules': {},
}

/** How many words may follow each command. */
const positionals: Record<CommandName, { least: number; most: number; what: string }> = {
  check: { least: 0, most: 1, what: 'directory' },
  evidence: { least: 0, most: 1, what: 'directory' },
  explain: { least: 1, most: 1, what: 'rule' },
  rules: { least: 0, most: 0, what: '' },
  validate: { least: 0, most: 1, what: 'policy' },
  init: { least: 0, most: 1, what: 'directory' },
  'test-rules': { least: 0, most: 1, what: 'directory' },
}

/** A mistake on the command line. */
export const usageError = (message: string): InputError => new InputError({ code: 'usage', message })

const meant = (word: string, names: readonly string[]): string => {
  const [first] = nearest(word, names, 1)
  return first === undefined ? '' : `; did you mean ${first}?`
}

const isCommand = (word: string): word is CommandName => (commandNames as readonly string[]).includes(word)

const parse = (command: CommandName, args: string[]): ReturnType<typeof parseArgs> => {
  const known: Options = { ...options[command], ...everywhere }
  try {
    return parseArgs({ args, options: known, allowPositionals: true, strict: true })
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error
    const unknown = /^Unknown option '([^']*)'/.exec(error.message)?.[1]
    const names = Object.keys(known).map((name) => `--${name}`)
    if (unknown !== undefined) throw usageError(`prodgate ${command} has no option ${unknown}${meant(unknown, names)}`)
    throw usageError(error.message.split('. ')[0] ?? error.message)
  }
}

/**
 * Reads the words after the program's name.
 * @throws InputError for what is not understood
 */
export const readArguments = (words: readonly string[]): Arguments => {
  const [first, ...rest] = words
  if (first === undefined || first === 'help' || first === '--help' || first === '-h') {
    const about = rest[0]
    if (about !== undefined && !isCommand(about))
      throw usageError(`there is no command "${about}"${meant(about, commandNames)}`)
    return { command: 'help', positionals: [], options: {}, ...(about === undefined ? {} : { about }) }
  }
  if (first === '--version' || first === '-V' || first === 'version')
    return { command: 'version', positionals: [], options: {} }
  if (!isCommand(first)) throw usageError(`there is no command "${first}"${meant(first, commandNames)}`)
  const parsed = parse(first, rest)
  if (parsed.values['help'] === true) return { command: 'help', about: first, positionals: [], options: {} }
  const { least, most, what } = positionals[first]
  if (parsed.positionals.length < least) throw usageError(`prodgate ${first} needs a ${what}`)
  const extra = parsed.positionals[most]
  if (extra !== undefined) throw usageError(`prodgate ${first} does not take "${extra}"`)
  return { command: first, positionals: parsed.positionals, options: parsed.values }
}

/** The value of an option that takes one word. */
export const textOption = ({ options: values }: Arguments, name: string): string | undefined => {
  const value = values[name]
  return typeof value === 'string' ? value : undefined
}

const instant = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d))?$/

/**
 * The moment to judge at: what `--now` says, or the clock's.
 * @throws InputError where it is no ISO 8601 date or instant
 */
export const nowOption = (args: Arguments): Date => {
  const value = textOption(args, 'now')
  if (value === undefined) return new Date()
  const date = new Date(instant.test(value) ? value : Number.NaN)
  if (Number.isNaN(date.getTime()))
    throw usageError(`--now ${value} is not an ISO 8601 instant such as 2027-03-31T12:00:00Z`)
  return date
}
