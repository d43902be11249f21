import { execFile, execFileSync } from 'node:child_process'
import { lstatSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'

// The evaluated checkout is untrusted: none of its hooks or monitors may run.
const safely = ['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null', '-c', 'core.quotePath=false']

/** The arguments of a git command in a directory. */
export const gitArguments = (directory: string, ...args: string[]): string[] => [...safely, '-C', directory, ...args]

const options = () =>
  ({
    encoding: 'utf8',
    maxBuffer: 256_000_000,
    timeout: 60_000,
    env: { ...process.env, GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0' },
  }) as const

const exists = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false }) !== undefined

/**
 * Whether git could find a repository around a directory; it says for itself whether it is one. To start git for an answer
 * that a look at the folders gives takes a tenth of the time that judging a small directory does.
 */
const mayBeInRepository = (directory: string): boolean => {
  if (process.env['GIT_DIR'] !== undefined) return true
  try {
    // A bare repository has a HEAD in the place of a .git.
    for (let folder = realpathSync(directory); ; folder = dirname(folder)) {
      if (exists(join(folder, '.git')) || exists(join(folder, 'HEAD'))) return true
      if (dirname(folder) === folder) return false
    }
  } catch {
    return true
  }
}

/** What git prints, or undefined where there is no git, no checkout, or an error. */
export const git = (directory: string, ...args: string[]): string | undefined => {
  if (!mayBeInRepository(directory)) return undefined
  try {
    return execFileSync('git', gitArguments(directory, ...args), { ...options(), stdio: ['ignore', 'pipe', 'ignore'] })
  } catch {
    return undefined
  }
}

/** The same, while the program goes on: several commands at once take as long as the slowest. */
export const gitMeanwhile = (directory: string, ...args: string[]): Promise<string | undefined> =>
  new Promise((done) => {
    if (!mayBeInRepository(directory)) return done(undefined)
    const child = execFile('git', gitArguments(directory, ...args), options(), (error, stdout) =>
      done(error === null ? stdout : undefined),
    )
    child.stdin?.end()
  })

const ownerAndName = /[/:]([^/:]+\/[^/]+?)(?:\.git)?\/?\s*$/

/** Where a directory stands in git. */
export interface Checkout {
  /** `owner/name` of the origin remote. */
  repository: string | null
  /** HEAD's commit, where the work tree holds exactly that commit. */
  sha: string | null
  /** HEAD's commit, whatever the work tree holds. */
  head: string | null
  /** The directory's path from the root of the checkout; `.` for the root itself, and outside of any. */
  directory: string
}

/** Asks git about a directory. */
export const checkoutOf = async (directory: string): Promise<Checkout> => {
  const [status, origin, prefix] = await Promise.all([
    gitMeanwhile(
      directory,
      'status',
      '--porcelain=v2',
      '--branch',
      '--untracked-files=normal',
      '--ignore-submodules=all',
    ),
    gitMeanwhile(directory, 'config', '--get', 'remote.origin.url'),
    gitMeanwhile(directory, 'rev-parse', '--show-prefix'),
  ])
  const where = { directory: prefix?.trim().replace(/\/$/, '') || '.' }
  const [head = '', ...rest] = (status ?? '').split('\n')
  const sha = /^# branch\.oid ([0-9a-f]{40,64})$/.exec(head)?.[1]
  if (sha === undefined) return { repository: null, sha: null, head: null, ...where }
  const clean = rest.every((line) => line === '' || line.startsWith('# '))
  return {
    repository: (origin === undefined ? undefined : ownerAndName.exec(origin)?.[1]) ?? null,
    sha: clean ? sha : null,
    head: sha,
    ...where,
  }
}

/** The commit where HEAD left another commit's history; undefined where the clone does not tell. */
export const mergeBase = (directory: string, commit: string): string | undefined => {
  const found = git(directory, 'merge-base', '--end-of-options', commit, 'HEAD')?.trim()
  return found === '' ? undefined : found
}
