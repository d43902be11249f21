import type { Command, Word } from './shell.ts'

/** A command in the words that rules need: which program does what to what. */
export interface Invocation {
  /** The program's name without its folder; `pip` for `python -m pip` and `pip3`. */
  program: string
  /** The program's own sub-command, where it has them: install, ci, update. */
  verb: string
  /** Options without their values: `--no-cache`, `-y`. Clustered short options are taken apart. */
  options: readonly string[]
  /** What it is done to, after the verb. */
  operands: readonly string[]
  sudo: boolean
  command: Command
}

const subcommands = new Set(
  'apt apt-get aptitude apk yum dnf microdnf zypper npm npx yarn pnpm bun pip gem go cargo git bundle composer poetry uv conda next vite flask rails django-admin webpack ng php dotnet mix artisan'.split(
    ' ',
  ),
)

/** Options whose value is the next word, by program. */
const valued: Record<string, readonly string[]> = {
  apk: ['-t', '--virtual', '-X', '--repository', '-p', '--root'],
  apt: ['-o', '-t', '-c'],
  'apt-get': ['-o', '-t', '-c'],
  pip: [
    '-r',
    '-i',
    '-c',
    '-t',
    '-f',
    '--requirement',
    '--index-url',
    '--extra-index-url',
    '--constraint',
    '--target',
    '--trusted-host',
    '--find-links',
    '--prefix',
    '-e',
  ],
  npm: ['--prefix', '-C', '--registry', '-w', '--workspace'],
  gem: ['-v', '--version'],
  git: ['-c', '-C'],
  yarn: ['--cwd', '--network-timeout', '--registry'],
  pnpm: ['-C', '--dir', '--filter', '-F'],
}

const wrappers = new Set([
  'sudo',
  'env',
  'exec',
  'command',
  'nice',
  'nohup',
  'doas',
  'time',
  'dumb-init',
  'tini',
  'builtin',
  'yes',
])
const assignment = /^[A-Za-z_]\w*=/

const nameOf = (text: string): string => text.slice(text.lastIndexOf('/') + 1)

/** What a simple command runs, seen through `sudo`, `env A=b` and leading assignments. Undefined for an assignment alone. */
export const readInvocation = (command: Command): Invocation | undefined => {
  let sudo = false
  let at = 0
  for (; at < command.words.length; at++) {
    const { text } = command.words[at] ?? { text: '' }
    if (assignment.test(text)) continue
    const name = nameOf(text)
    if (!wrappers.has(name) && !(at > 0 && text.startsWith('-'))) break
    if (name === 'yes') return invocation('yes', [], false, command)
    sudo ||= name === 'sudo'
  }
  const first = command.words[at]
  if (first === undefined) return undefined
  let name = nameOf(first.text)
  let rest = command.words.slice(at + 1)
  if (/^python[\d.]*$/.test(name) && rest[0]?.text === '-m' && rest[1] !== undefined) {
    name = rest[1].text
    rest = rest.slice(2)
  }
  return invocation(/^pip[\d.]*$/.test(name) ? 'pip' : name, rest, sudo, command)
}

const invocation = (program: string, rest: readonly Word[], sudo: boolean, command: Command): Invocation => {
  const options: string[] = []
  const operands: string[] = []
  const takes = valued[program] ?? []
  for (let at = 0; at < rest.length; at++) {
    const text = rest[at]?.text ?? ''
    if (text === '--') continue
    if (!text.startsWith('-') || text === '-') operands.push(text)
    else {
      options.push(...optionNames(text))
      if (takes.includes(text)) at++
    }
  }
  const verb = subcommands.has(program) ? (operands.shift() ?? '') : ''
  return { program, verb, options, operands, sudo, command }
}

const optionNames = (text: string): string[] => {
  const name = /^-[\w-]*/.exec(text)?.[0] ?? text
  if (name.startsWith('--') || name.length <= 2) return [name]
  return [
    name,
    ...name
      .slice(1)
      .split('')
      .map((letter) => `-${letter}`),
  ]
}
