import type { Command } from './shell.ts'
import type { Step } from './step.ts'

/** Whether the failure of a command or a step is thrown away, and by what. */
export interface Suppression {
  suppressed: boolean
  how?: string
  lostInPipe: boolean
}

const kept: Suppression = { suppressed: false, lostInPipe: false }

/** `|| true` and its like: what only makes the failure go away, and is not a way to handle it. */
const swallows = (command: Command | undefined, after: Command | undefined): boolean => {
  if (command === undefined) return false
  const [program, argument] = command.words
  const ends = program === 'true' || program === ':' || (program === 'exit' && argument === '0')
  const tells = (program === 'echo' || program === 'printf') && !(command.joined === '&&' || after?.words[0] === 'exit')
  return ends || (tells && command.joined !== ';')
}

const isConditional = (words: readonly string[]): boolean =>
  ['if', 'elif', 'while', 'until', '!'].includes(words[0] ?? '')

/** The default shell on Linux and macOS is `bash -e`, without pipefail; `shell: bash` has it. */
const hasPipefail = (step: Step, until: number): boolean =>
  step.shell === 'bash' ||
  (step.shell?.includes('pipefail') ?? false) ||
  step.commands.slice(0, until).some(({ words }) => words[0] === 'set' && words.some((word) => word === 'pipefail'))

const errexitOff = (commands: readonly Command[], until: number): boolean => {
  let off = false
  for (const { words } of commands.slice(0, until)) {
    if (words[0] !== 'set') continue
    if (words.slice(1).some((word) => /^\+[a-z]*e/.test(word))) off = true
    if (words.slice(1).some((word) => /^-[a-z]*e/.test(word))) off = false
  }
  return off
}

/** Whether the command is the last whose status the step takes, so that `set +e` changes nothing for it. */
const isLast = (commands: readonly Command[], index: number): boolean =>
  commands.slice(index + 1).every(({ words }) => words[0] === 'fi' || words[0] === 'done')

/** A status that is kept (`$?`, `PIPESTATUS`) is looked at later: who reads it decides. */
const keepsStatus = (step: Step): boolean => /\$\?|\$\{?PIPESTATUS/.test(step.run ?? '')

const judges = new Set(['test', '[', '[[', 'grep', 'egrep', 'rg', 'jq', 'diff', 'cmp'])

/** Whether a file that `tee` wrote in the pipe is judged by a later command of the script. */
const judgedLater = (commands: readonly Command[], from: number, end: number): boolean => {
  const written = new Set(
    commands
      .slice(from, end + 1)
      .filter(({ words }) => words[0] === 'tee')
      .flatMap(({ words }) => words.slice(1).filter((word) => !word.startsWith('-'))),
  )
  return commands
    .slice(end + 1)
    .some(({ words }) => words.some((word) => judges.has(word)) && words.some((word) => written.has(word)))
}

/** What happens when a command of a step fails, as far as the script itself says. */
export const commandSuppression = (step: Step, index: number): Suppression => {
  const command = step.commands[index]
  if (command === undefined || isConditional(command.words) || keepsStatus(step)) return kept
  let last = index
  while (step.commands[last]?.joined === '|' || step.commands[last]?.joined === '|&') last++
  const end = step.commands[last]
  if (end?.joined === '||' && swallows(step.commands[last + 1], step.commands[last + 2]))
    return {
      suppressed: true,
      how: `|| ${step.commands[last + 1]?.words.slice(0, 2).join(' ') ?? ''}`,
      lostInPipe: false,
    }
  if (last > index && judgedLater(step.commands, index, last)) return kept
  if (last > index && !hasPipefail(step, index)) return { suppressed: false, lostInPipe: step.shell === undefined }
  if (errexitOff(step.commands, index) && !isLast(step.commands, last))
    return { suppressed: true, how: 'set +e', lostInPipe: false }
  return kept
}

/** What `continue-on-error` does to a step: nothing where a later step looks at its outcome. */
export const stepSuppression = (step: Step, jobContinues: boolean, jobText: string): Suppression => {
  if (jobContinues) return { suppressed: true, how: 'continue-on-error on the job', lostInPipe: false }
  if (step.continueOnError !== 'yes') return kept
  const looked = step.id !== undefined && jobText.includes(`steps.${step.id}.outcome`)
  return looked ? kept : { suppressed: true, how: 'continue-on-error', lostInPipe: false }
}
