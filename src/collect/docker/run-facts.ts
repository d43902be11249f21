import type { FactValue } from '../../core/facts/index.ts'
import { defined } from '../shape.ts'
import { readInvocation, type Invocation } from './command.ts'
import type { Context } from './context.ts'
import { isWorldWritable } from './copy-facts.ts'
import type { Instruction } from './instructions.ts'
import { packageWork, type PackageWork } from './package-managers.ts'
import { shellCommands, type Command } from './shell.ts'
import type { Step } from './stages.ts'
import { runVariableFact } from './variable-facts.ts'

/** A script of a RUN, and the line of each of its characters. */
interface Script {
  text: string
  lineAt: (offset: number) => number
}

interface Line {
  invocation: Invocation
  work: PackageWork
  line: number
}

const shellNames = /^(?:sh|bash|ash|dash|zsh)$/

const scriptOf = (instruction: Instruction): Script => {
  const [heredoc] = instruction.heredocs
  const { text, exec } = instruction
  if (
    heredoc !== undefined &&
    /^<<-?["']?[\w.-]+["']?(?:\s+(?:\/\S+\/)?(?:sh|bash|ash|dash|zsh)(?:\s+-\S+)*)?\s*$/.test(text)
  ) {
    const starts = [0]
    for (let at = heredoc.text.indexOf('\n'); at >= 0; at = heredoc.text.indexOf('\n', at + 1)) starts.push(at + 1)
    return { text: heredoc.text, lineAt: (offset) => heredoc.line + Math.max(0, lastAtOrBelow(starts, offset)) }
  }
  if (exec === undefined) return { text, lineAt: instruction.lineAt }
  const shell = exec.findIndex((word) => /^-[a-z]*c$/.test(word))
  const inner = shell > 0 ? (exec[shell + 1] ?? '') : exec.map((word) => `'${word.replaceAll("'", '')}'`).join(' ')
  return { text: inner, lineAt: () => instruction.line }
}

const lastAtOrBelow = (starts: readonly number[], offset: number): number => {
  let [low, high] = [0, starts.length - 1]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((starts[middle] ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return low
}

const setsOption = (commands: readonly Command[], pattern: RegExp): boolean =>
  commands.some(
    ({ words }) => words[0]?.text === 'set' && words.some(({ text }, index) => index > 0 && pattern.test(text)),
  )

const optionInShell = (shell: readonly string[], pattern: RegExp): boolean =>
  shell.slice(1).some((word) => pattern.test(word))

const safeLeft = /^(?:echo|printf|yes|cat|true|:|print|seq|env|ls|date|id|hostname|uname|whoami|arch|pwd)$/

const unguardedPipe = (step: Step, commands: readonly Command[], lines: readonly Line[]): string | undefined => {
  if (!shellNames.test(step.shell[0]?.split('/').at(-1) ?? '')) return undefined
  if (setsOption(commands, /^pipefail$/) || optionInShell(step.shell, /^pipefail$/)) return undefined
  return lines.find(({ invocation }) => invocation.command.piped && !safeLeft.test(invocation.program))?.invocation
    .program
}

const ignoresErrors = (step: Step, script: Script, commands: readonly Command[]): boolean => {
  if (step.instruction.heredocs.length === 0 || script.text === step.instruction.text) return false
  if (/\s-[a-z]*e/.test(step.instruction.text) || optionInShell(step.shell, /^-[a-z]*e/)) return false
  if (/^#!.*\s-[a-z]*e/.test(script.text) || (script.text.startsWith('#!') && !/^#!.*sh\b/.test(script.text)))
    return false
  if (setsOption(commands, /^-[a-z]*e|^errexit$/)) return false
  const meaningful = script.text.split('\n').filter((line) => line.trim() !== '' && !line.trim().startsWith('#'))
  // Lines that && or a backslash chains are one command, which fails as a whole.
  return meaningful.slice(0, -1).some((line) => !/(?:&&|\|\|?|\\|[({]|\bthen|\bdo|\belse)\s*$/.test(line))
}

const cacheMounts = (instruction: Instruction): string[] =>
  (instruction.flags.get('mount') ?? []).filter((mount) => /type=(?:cache|tmpfs)/.test(mount))

const leavesCache = (line: Line, lines: readonly Line[], step: Step, environment: ReadonlySet<string>): boolean => {
  const { program, options, verb } = line.invocation
  const mounts = cacheMounts(step.instruction).join(' ')
  const has = (...names: string[]): boolean => names.some((name) => options.includes(name))
  const removes = (pattern: RegExp): boolean =>
    lines.some(
      ({ invocation: { program: tool, operands } }) =>
        /^(?:rm|find)$/.test(tool) && operands.some((path) => pattern.test(path)),
    )
  const cleans = (tool: string): boolean =>
    lines.some(
      ({ invocation: other }) =>
        other.program === tool && /^(?:clean|distclean|autoclean)$/.test(other.verb) && tool !== 'apt-get',
    )
  if (/^(?:apt|apt-get|aptitude)$/.test(program) && verb === 'install') {
    const updates = lines.some(({ invocation: other }) => other.program.startsWith('apt') && other.verb === 'update')
    return updates && !removes(/^\/var\/lib\/apt(?:\/|$)|^\/var\/lib\/?$/) && !/\/apt/.test(mounts)
  }
  if (program === 'apk' && verb === 'add')
    return !has('--no-cache', '--root') && !removes(/^\/var\/cache\/?(?:apk|\*|$)/) && !/\/apk/.test(mounts)
  if (/^(?:yum|dnf|microdnf|zypper)$/.test(program) && /^(?:install|in)$/.test(verb))
    return !cleans(program) && !removes(/^\/var\/cache\/?/) && !/yum|dnf|zypp|var\/cache/.test(mounts)
  if (program === 'pip' && verb === 'install')
    return (
      !has('--no-cache-dir', '--dry-run') &&
      !environment.has('PIP_NO_CACHE_DIR') &&
      !removes(/\.cache(?:\/|$)/) &&
      mounts === ''
    )
  return false
}

const unchecked: readonly (readonly [RegExp, RegExp])[] = [
  [/^curl$/, /^(?:-k|--insecure)$/],
  [/^wget$/, /^--no-check-certificate$/],
  [/^pip$/, /^--trusted-host$/],
  [/^(?:apt|apt-get)$/, /^(?:--allow-unauthenticated|--force-yes|--allow-insecure-repositories)$/],
  [/^apk$/, /^--allow-untrusted$/],
  [/^(?:yum|dnf|microdnf)$/, /^--nogpgcheck$/],
  [/^zypper$/, /^(?:--no-gpg-checks)$/],
]

const uncheckedSetting = ({ program, verb, operands, command }: Invocation): string | undefined => {
  const all = command.words.map(({ text }) => text)
  if (
    /^(?:npm|yarn|pnpm)$/.test(program) &&
    /^(?:config|set)$/.test(verb) &&
    /strict-ssl[ =]false/.test(operands.join(' '))
  )
    return 'strict-ssl false'
  if (
    program === 'git' &&
    all.some(
      (word, index) => /^http\.sslVerify(?:=false)?$/i.test(word) && (word.includes('=') || all[index + 1] === 'false'),
    )
  )
    return 'http.sslVerify false'
  return undefined
}

const commandValue = (
  line: Line,
): Omit<FactValue<'docker.command'>, 'stage' | 'ships' | 'development' | 'runsDownload' | 'leavesCache'> => {
  const { invocation, work } = line
  const { program, verb, options, operands, sudo } = invocation
  const option = unchecked.find(([tool]) => tool.test(program))?.[1]
  return defined({
    program,
    verb: installable(verb),
    options: [...options],
    packages: [...work.packages],
    unpinned: [...work.unpinned],
    lockfile: work.lockfile,
    upgradesAll: work.upgradesAll,
    sudo,
    skipsVerification: options.find((name) => option?.test(name) === true) ?? uncheckedSetting(invocation),
    worldWritable:
      program === 'chmod' &&
      operands.some((word, at) => at === 0 && isWorldWritable(word)) &&
      !operands.slice(1).every((path) => /^\/(?:var\/)?tmp\/?$/.test(path)),
  })
}

/** A verb is a word of the program's own language; anything else stays out of the fact. */
const installable = (verb: string): string => (/^[a-z][a-z-]{0,20}$/.test(verb) ? verb : '')

const staleIndex = (lines: readonly Line[]): 'none' | 'update-alone' | 'install-alone' => {
  const apt = lines.filter(({ invocation }) => /^(?:apt|apt-get|aptitude)$/.test(invocation.program))
  const updates = apt.some(({ invocation }) => invocation.verb === 'update')
  const uses = apt.some(({ invocation }) =>
    /^(?:install|upgrade|dist-upgrade|full-upgrade|build-dep|source|download)$/.test(invocation.verb),
  )
  if (apt.length === 0 || updates === uses) return 'none'
  const localOnly = apt.every(
    ({ work }) => work.packages.length > 0 && work.packages.every((name) => /^[./]|\.deb$/.test(name)),
  )
  return updates ? 'update-alone' : localOnly ? 'none' : 'install-alone'
}

/** The facts of one RUN: of the instruction, of each command, and of the variables that it sets. */
export const runFacts = (context: Context, step: Step, environment: ReadonlySet<string>): void => {
  const { instruction } = step
  const script = scriptOf(instruction)
  const commands = shellCommands(script.text)
  const lines = commands.flatMap((command): Line[] => {
    const invocation = readInvocation(command)
    if (invocation === undefined) return []
    return [{ invocation, work: packageWork(invocation), line: script.lineAt(command.offset) }]
  })
  const form = instruction.exec !== undefined ? 'exec' : instruction.heredocs.length > 0 ? 'heredoc' : 'shell'
  context.fact('docker.run', {
    subject: 'RUN',
    line: instruction.line,
    column: instruction.column,
    endLine: instruction.endLine,
    value: defined({
      ...context.shared,
      form,
      unguardedPipe: form === 'exec' ? undefined : unguardedPipe(step, commands, lines),
      ignoresErrors: ignoresErrors(step, script, commands),
      staleIndex: staleIndex(lines),
    }),
  })
  for (const [index, line] of lines.entries()) {
    const { program, options, command } = line.invocation
    const source = lines[index - 1]?.invocation
    const runsDownload =
      command.reads &&
      /^(?:sh|bash|ash|dash|zsh|python[\d.]*|perl|ruby|node)$/.test(program) &&
      !options.includes('-c') &&
      source?.command.piped === true &&
      /^(?:curl|wget)$/.test(source.program)
    context.fact('docker.command', {
      subject: `RUN ${/^[\w.+-]{1,40}$/.test(program) ? program : 'command'}`,
      line: line.line,
      value: {
        ...context.shared,
        ...commandValue(line),
        runsDownload,
        leavesCache: leavesCache(line, lines, step, environment),
      },
    })
  }
  for (const { words } of commands) {
    const exported = words[0]?.text === 'export'
    for (const [index, { text, offset }] of words.entries()) {
      if (exported && index === 0) continue
      if (!/^[A-Za-z_]\w*=/.test(text)) break
      runVariableFact(context, text, script.lineAt(offset))
    }
  }
}
