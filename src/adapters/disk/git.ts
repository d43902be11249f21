import { execFileSync } from 'node:child_process'

// The evaluated checkout is untrusted: none of its hooks or monitors may run.
const safely = ['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null', '-c', 'core.quotePath=false']

/** The arguments of a git command in a directory. */
export const gitArguments = (directory: string, ...args: string[]): string[] => [...safely, '-C', directory, ...args]

/** What git prints, or undefined where there is no git, no checkout, or an error. */
export const git = (directory: string, ...args: string[]): string | undefined => {
  try {
    return execFileSync('git', gitArguments(directory, ...args), {
      encoding: 'utf8',
      maxBuffer: 256_000_000,
      timeout: 60_000,
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { ...process.env, GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0' },
    })
  } catch {
    return undefined
  }
}

const ownerAndName = /[/:]([^/:]+\/[^/]+?)(?:\.git)?\/?\s*$/

/** `owner/name` of the origin remote, and HEAD's commit where the work tree holds exactly that commit. */
export const checkoutOf = (directory: string): { repository: string | null; sha: string | null } => {
  const sha = git(directory, 'rev-parse', '--verify', '--quiet', 'HEAD')?.trim()
  if (sha === undefined || sha === '') return { repository: null, sha: null }
  const clean =
    git(directory, 'status', '--porcelain', '--untracked-files=normal', '--ignore-submodules=all')?.trim() === ''
  const origin = git(directory, 'config', '--get', 'remote.origin.url')
  return {
    repository: (origin === undefined ? undefined : ownerAndName.exec(origin)?.[1]) ?? null,
    sha: clean ? sha : null,
  }
}
