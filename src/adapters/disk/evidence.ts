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

const paths = (listed: string | undefined): string[] => (listed ?? '').split('\0').filter((path) => path !== '')

/** What git knows of a directory's files: which stand as they were committed, and when HEAD was, in milliseconds. */
const tracking = async (root: string): Promise<{ tracked: ReadonlySet<string>; committedAt: number | undefined }> => {
  const [listed, modified, time] = await Promise.all([
    gitMeanwhile(root, 'ls-files', '-z', '--cached'),
    // What a run has written over is the run's.
    gitMeanwhile(root, 'ls-files', '-z', '--modified'),
    gitMeanwhile(root, 'show', '--no-patch', '--no-show-signature', '--format=%ct', 'HEAD'),
  ])
  const seconds = Number(time?.trim() || Number.NaN)
  const written = new Set(paths(modified))
  return {
    tracked: new Set(paths(listed).filter((path) => !written.has(path))),
    committedAt: Number.isNaN(seconds) ? undefined : seconds * 1000,
  }
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
 */
export const diskEvidence = (root: string, origin: DiskOrigin): EvidenceFiles => ({
  list: async () => {
    const { tracked, committedAt } = await tracking(root)
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
