import { asList, asMapping, asString, asStrings } from '../shape.ts'
import { isTrue } from './flags.ts'

export interface Healthcheck {
  state: 'set' | 'disabled' | 'none'
  alwaysPasses: boolean
  /** The first program that it runs; `sh` where a shell runs the text. */
  programs: string[]
}

/** The command of a test as one line of shell; of `CMD`, its words. */
const commandOf = (test: unknown): { shell: boolean; command: string } => {
  const text = asString(test)
  if (text !== undefined) return { shell: true, command: text }
  const [kind, ...words] = asStrings(test)
  const shell = kind === 'CMD-SHELL' || (kind === 'CMD' && /(^|\/)(ba|da|a)?sh$/.test(words[0] ?? ''))
  return { shell, command: words.join(' ') }
}

const trivial = /^(true|:|exit 0|\/bin\/true|echo( [^|&]*)?)$/

/** Without the quotes, semicolons and blanks that may close it; no regular expression, as those would be quadratic. */
const closed = (command: string): string => {
  let end = command.length
  while (end > 0 && ' \t\r\n;\'"'.includes(command[end - 1] ?? 'x')) end--
  return command.slice(0, end)
}

const cannotFail = (test: unknown): boolean => {
  const { shell, command } = commandOf(test)
  if (trivial.test(command.trim())) return true
  if (!shell) return false
  const steps = closed(command).split(/\|\||;|\n/)
  return steps.length > 1 && trivial.test(steps.at(-1)?.trim() ?? '') && !endsInBranch(command)
}

// `if ...; then exit 1; fi; exit 0` and the like do fail.
const endsInBranch = (command: string): boolean => /\bexit [1-9]/.test(command)

/** The name of the program that a word calls: `/usr/bin/wget` is `wget`. */
const programName = (word: string): string => word.slice(word.lastIndexOf('/') + 1)

const firstProgram = (text: string): string => programName(/^\s*([\w./-]{1,100})/.exec(text)?.[1] ?? '')

const programsOf = (test: unknown): string[] => {
  const [kind, program = ''] = asStrings(test)
  if (asString(test) === undefined && kind === 'CMD') return [firstProgram(program)]
  return ['sh', firstProgram(commandOf(test).command)]
}

/** What a service's `healthcheck` says. */
export const readHealthcheck = (value: unknown): Healthcheck => {
  const check = asMapping(value)
  if (check === undefined) return { state: 'none', alwaysPasses: false, programs: [] }
  const { test } = check
  const disabled = isTrue(check['disable']) || asString(asList(test)?.[0]) === 'NONE' || test === 'NONE'
  if (disabled) return { state: 'disabled', alwaysPasses: false, programs: [] }
  // Only an interval, say: the test is the image's own.
  if (test === undefined || test === null) return { state: 'set', alwaysPasses: false, programs: [] }
  return { state: 'set', alwaysPasses: cannotFail(test), programs: programsOf(test) }
}
