import { maxScript, programWords, shellCommands, type Command } from '../workflows/shell.ts'

/** One simple command of a script, and what it stands in. */
export interface Step {
  words: readonly string[]
  /** From 1. */
  line: number
  /** What follows it: `|`, `||`, `&&`, `;`, a new line, or nothing. */
  joined: string
  /** What joins it to the command before. */
  after: string
  /** The function that it is part of. */
  inside: string | undefined
  /** Whether a failure ends the script: `set -e` is on, and the command is no condition. */
  ends: boolean
  pipefail: boolean
}

/** A shell script as its commands in the order in which they are written. */
export interface Script {
  path: string
  lines: readonly string[]
  steps: readonly Step[]
  stopsAtErrors: boolean
  pipefail: boolean
}

const header =
  /^[ \t]*(?:function[ \t]{1,8})?([A-Za-z_][\w-]*)[ \t]{0,8}\([ \t]*\)|^[ \t]*function[ \t]{1,8}([A-Za-z_][\w-]*)/
const conditions = new Set(['if', 'elif', 'while', 'until', '!'])

/** Which options `set` switches, and how. */
const optionsOf = (words: readonly string[]): { errors?: boolean; pipes?: boolean } => {
  if (words[0] !== 'set') return {}
  const found: { errors?: boolean; pipes?: boolean } = {}
  for (const [index, word] of words.entries()) {
    const on = word.startsWith('-')
    const named = words[index + 1]
    if (!/^[-+][A-Za-z]+$/.test(word)) continue
    if (word.slice(1).includes('e')) found.errors = on
    if (!word.slice(1).includes('o')) continue
    if (named === 'errexit') found.errors = on
    if (named === 'pipefail') found.pipes = on
  }
  return found
}

const braces = (words: readonly string[], brace: string): number => words.filter((word) => word === brace).length

/** Reads a script: its commands, its functions, and whether errors end it. */
export const readScript = (path: string, text: string): Script => {
  const lines = text.slice(0, maxScript).split('\n')
  const shebang = /^#!.*\b(?:ba|da|k|z)?sh\s+(?:-\w+\s+)*-\w*e/.test(lines[0] ?? '')
  const steps: Step[] = []
  let errors = shebang
  let everErrors = shebang
  let pipes = false
  let inside: string | undefined
  let depth = 0
  let after = '\n'
  const commands: readonly Command[] = shellCommands(text)
  for (const { words, line, joined } of commands) {
    const declared = depth === 0 ? header.exec(lines[line] ?? '') : null
    const name = declared?.[1] ?? declared?.[2]
    if (name !== undefined && (words.includes(name) || words[0] === 'function')) inside = name
    depth += braces(words, '{')
    const { errors: nextErrors, pipes: nextPipes } = optionsOf(words)
    errors = nextErrors ?? errors
    everErrors ||= errors
    pipes = nextPipes ?? pipes
    const conditional = conditions.has(words[0] ?? '') || joined === '||' || joined === '&&'
    const own = name !== undefined && words[1] === '{' ? words.slice(2) : words[0] === '{' ? words.slice(1) : words
    if (own.length > 0)
      steps.push({ words: own, line: line + 1, joined, after, inside, ends: errors && !conditional, pipefail: pipes })
    depth -= braces(words, '}')
    if (depth <= 0 && words.includes('}')) {
      depth = 0
      inside = undefined
    }
    after = joined
  }
  return { path, lines, steps, stopsAtErrors: everErrors, pipefail: steps.some((step) => step.pipefail) }
}

/** The commands that a command's output goes through, itself first. */
export const pipeFrom = (script: Script, at: number): Step[] => {
  const found: Step[] = []
  for (let next = at; next < script.steps.length; next++) {
    const step = script.steps[next]
    if (step === undefined) break
    found.push(step)
    if (step.joined !== '|' && step.joined !== '|&') break
  }
  return found
}

/** A program's name without its folder. */
export const nameOf = (word: string): string => word.slice(word.lastIndexOf('/') + 1)

const carriers = new Set(
  'docker docker-compose podman kubectl oc nerdctl su sudo timeout nice ionice gosu runuser chronic ssh flock nohup nsenter compose'.split(
    ' ',
  ),
)

/** The words from one of these programs on, where a command runs it: alone, with sudo, or in a container. */
export const runOf = (words: readonly string[], programs: ReadonlySet<string>): readonly string[] | undefined => {
  const own = programWords(words)
  if (programs.has(nameOf(own[0] ?? ''))) return own
  // `sudo -u postgres …` is left with the options of sudo.
  if (!carriers.has(nameOf(own[0] ?? '')) && own[0]?.startsWith('-') !== true) return undefined
  const at = own.findIndex((word) => programs.has(nameOf(word)))
  return at < 0 || own.slice(1, at).some((word) => word === 'apt-get' || word === 'command') ? undefined : own.slice(at)
}

/** Commands of a script that is given to `sh -c`, for what runs a whole pipe in a container. */
export const nestedScript = (words: readonly string[]): string | undefined => {
  const at = words.findIndex((word) => /^(?:ba|da|a)?sh$/.test(nameOf(word)))
  const option = at < 0 ? -1 : words.findIndex((word, index) => index > at && /^-[a-z]*c$/.test(word))
  return option < 0 ? undefined : words[option + 1]
}
