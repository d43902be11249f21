import type { Invocation } from './command.ts'

/** What a command does as a package manager. */
export interface PackageWork {
  packages: readonly string[]
  unpinned: readonly string[]
  lockfile: 'none' | 'kept' | 'ignored'
  upgradesAll: boolean
}

const installs: Record<string, RegExp> = {
  apt: /^install$/,
  'apt-get': /^install$/,
  aptitude: /^install$/,
  apk: /^add$/,
  yum: /^(?:local)?install$/,
  dnf: /^install$/,
  microdnf: /^install$/,
  zypper: /^(?:install|in)$/,
  pip: /^install$/,
  npm: /^(?:install|i|add)$/,
  pnpm: /^(?:install|i|add)$/,
  yarn: /^(?:add|global)$/,
  gem: /^install$/,
  go: /^install$/,
  cargo: /^install$/,
}

const upgrades: Record<string, RegExp> = {
  apt: /^(?:full-upgrade|dist-upgrade|upgrade)$/,
  'apt-get': /^(?:dist-upgrade|upgrade)$/,
  apk: /^upgrade$/,
  yum: /^(?:update|upgrade)$/,
  dnf: /^(?:update|upgrade)$/,
  microdnf: /^(?:update|upgrade)$/,
  zypper: /^(?:update|up|dist-upgrade|dup)$/,
}

const distribution = new Set(['apt', 'apt-get', 'aptitude', 'apk', 'yum', 'dnf', 'microdnf', 'zypper'])

/** A path, a URL or an archive: its version is not in the package's name. */
const isLocal = (name: string): boolean =>
  /^[./~]|:\/\/|^git\+|\.(?:deb|rpm|apk|whl|tgz|gz|zip|gem)$/.test(name) || name.includes('$')

const isPinned = (program: string, name: string, invocation: Invocation): boolean => {
  if (isLocal(name)) return true
  if (program === 'pip') return /[=<>~!@]/.test(name) || /^(?:pip|setuptools|wheel)$/.test(name)
  if (program === 'gem')
    return invocation.options.some((option) => /^-v$|^--version$/.test(option)) || name.includes(':')
  if (program === 'cargo')
    return invocation.options.some((option) => /^--(?:version|vers|locked|path|git)$/.test(option))
  if (program === 'go') return /@v?\d|@[0-9a-f]{7,}/.test(name) || !name.includes('@')
  if (/^(?:npm|pnpm|yarn)$/.test(program)) return /^.+@(?!latest$|next$)./.test(name)
  if (program === 'apk') return /[=<>~]/.test(name)
  return /=|-\d/.test(name)
}

const lockfileOf = ({ program, verb, options, operands }: Invocation): PackageWork['lockfile'] => {
  const global = options.some((option) => option === '-g' || option === '--global')
  const has = (pattern: RegExp): boolean => options.some((option) => pattern.test(option))
  if (global || operands.some((operand) => operand !== '.')) return 'none'
  if (program === 'npm') {
    if (/^(?:ci|clean-install|ic)$/.test(verb)) return 'kept'
    return /^(?:install|i)$/.test(verb) ? 'ignored' : 'none'
  }
  const frozen = has(/^--(?:frozen-lockfile|immutable|production-frozen)$/)
  if (program === 'yarn')
    return verb === 'install' || (verb === '' && !has(/^--?(?:v|version|help)$/))
      ? frozen
        ? 'kept'
        : 'ignored'
      : 'none'
  // pnpm holds to the lock file by itself where CI is set, which a build is not.
  if (program === 'pnpm')
    return /^(?:install|i)$/.test(verb) ? (frozen || has(/^--offline$/) ? 'kept' : 'ignored') : 'none'
  if (program === 'bun') return verb === 'ci' ? 'kept' : verb === 'install' ? (frozen ? 'kept' : 'ignored') : 'none'
  if (program === 'composer') return verb === 'update' ? 'ignored' : verb === 'install' ? 'kept' : 'none'
  return 'none'
}

/** What a command installs and upgrades. `$PACKAGES` is nothing that can be named. */
export const packageWork = (invocation: Invocation): PackageWork => {
  const { program, verb, operands, options } = invocation
  const is = (list: Record<string, RegExp>): boolean =>
    Object.hasOwn(list, program) && list[program]?.test(verb) === true
  const lockfile = lockfileOf(invocation)
  const installing = is(installs) && !options.some((option) => option === '--requirement')
  const named = operands.filter((operand, index) => !(program === 'yarn' && index === 0 && operand === 'add'))
  const packages = installing && lockfile === 'none' ? named.map((name) => name.replace(/\/\/[^/\s]*@/, '//')) : []
  return {
    packages,
    unpinned: packages.filter((name) => !isPinned(program, name, invocation)),
    lockfile,
    upgradesAll: is(upgrades) && (operands.length === 0 || !distribution.has(program)),
  }
}
