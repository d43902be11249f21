import { createReadStream, statSync } from 'node:fs'
import { join } from 'node:path'
import type { EvidenceFile, EvidenceFiles } from '../../ports/evidence-files.ts'
import { gitMeanwhile } from './git.ts'
import { walk } from './walk.ts'
import { keepYoungSpaceSmall } from './young-space.ts'

/** Which commit the files of a directory were made from, as far as anybody outside of them says so. */
export interface DiskOrigin {
  /** HEAD's commit where the work tree holds exactly that commit. */
  clean: string | null
  /** The commit that the CI service says this run is about. */
  ci?: string | null
}

/** What git knows of a directory's files. */
export interface Tracking {
  /** The files that stand as they were committed. */
  tracked: ReadonlySet<string>
  /** When HEAD was committed, in milliseconds. */
  committedAt: number | undefined
}

// `<tag> SP <path>`, as `git ls-files -t` writes it: a file that was changed is listed once more, with a C.
const tag = /^(\w) (.+)$/s

/** Asks git about the files of a directory. */
export const trackingOf = async (root: string): Promise<Tracking> => {
  const [listed, time] = await Promise.all([
    gitMeanwhile(root, 'ls-files', '-z', '-t', '--cached', '--modified'),
    gitMeanwhile(root, 'show', '--no-patch', '--no-show-signature', '--format=%ct', 'HEAD'),
  ])
  const seconds = Number(time?.trim() || Number.NaN)
  const tracked = new Set<string>()
  // What a run has written over is the run's.
  const written = new Set<string>()
  for (const line of (listed ?? '').split('\0')) {
    const [, kind, path = ''] = tag.exec(line) ?? []
    if (kind === 'C') written.add(path)
    else if (kind !== undefined) tracked.add(path)
  }
  for (const path of written) tracked.delete(path)
  return { tracked, committedAt: Number.isNaN(seconds) ? undefined : seconds * 1000 }
}

const commitFor = (
  { clean, ci = null }: DiskOrigin,
  written: number,
  committedAt: number | undefined,
): Pick<EvidenceFile, 'sha' | 'shaFrom'> => {
  // What was written before the commit was made is not the commit's: left behind by an earlier run, or by a person.
  // The commit's time has whole seconds.
  if (committedAt !== undefined && written + 1000 <= committedAt) return { sha: null }
  if (ci !== null) return { sha: ci, shaFrom: 'ci' }
  return clean === null ? { sha: null } : { sha: clean, shaFrom: 'git' }
}

/**
 * Every file below a directory, also those that git ignores: pipelines write their results there. What git tracks is told
 * apart: the commit holds it, so no run for that commit made it, and a fresh checkout gives it a time that means nothing.
 * @param asked what git knows, where it was asked before
 */
export const diskEvidence = (root: string, origin: DiskOrigin, asked?: Promise<Tracking>): EvidenceFiles => ({
  list: async () => {
    const { tracked, committedAt } = await (asked ?? trackingOf(root))
    return walk(root, (name) => name !== '.git' && name !== 'node_modules')
      .filter(({ link }) => !link)
      .map(({ path }): EvidenceFile => {
        // Thousands of files are listed and few are evidence: the disk is asked for those alone.
        const stat = (): { size: number; mtimeMs: number } | undefined =>
          statSync(join(root, path), { throwIfNoEntry: false })
        return lazily(path, tracked.has(path), stat, (written) => commitFor(origin, written, committedAt))
      })
  },
  open: (path) => {
    keepYoungSpaceSmall(statSync(join(root, path), { throwIfNoEntry: false })?.size ?? 0)
    return createReadStream(join(root, path))
  },
})

/** One listed file whose size and times are asked for when somebody wants them. */
const lazily = (
  path: string,
  committed: boolean,
  ask: () => { size: number; mtimeMs: number } | undefined,
  commit: (written: number) => Pick<EvidenceFile, 'sha' | 'shaFrom'>,
): EvidenceFile => {
  let asked: { size: number; mtimeMs: number } | undefined
  const stat = (): { size: number; mtimeMs: number } => (asked ??= ask() ?? { size: 0, mtimeMs: Number.NaN })
  const own = (): Pick<EvidenceFile, 'sha' | 'shaFrom'> => (committed ? { sha: null } : commit(stat().mtimeMs))
  return {
    path,
    committed,
    createdFrom: 'mtime',
    get size() {
      return stat().size
    },
    get createdAt() {
      const { mtimeMs } = stat()
      return committed || Number.isNaN(mtimeMs) ? null : new Date(mtimeMs).toISOString()
    },
    get sha() {
      return own().sha
    },
    get shaFrom() {
      return own().shaFrom ?? 'git'
    },
  }
}
