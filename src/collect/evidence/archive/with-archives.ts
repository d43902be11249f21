import { globMatcher } from '../../../core/globs.ts'
import type { EvidenceFile, EvidenceFiles } from '../../../ports/evidence-files.ts'
import { maxArchiveSize } from './bounds.ts'

/** More archives than the jobs of one run leave. */
const maxArchives = 500

/** So much is read of all archives together. Bytes. */
const maxTogether = 256_000_000

/** Where archives with evidence are found when the policy does not say. */
const defaultArchiveGlobs: readonly string[] = ['**/*.zip']

const sealed = (file: EvidenceFile, code: string, reason: string): EvidenceFile => {
  const { path, size, createdAt, sha } = file
  return { path, size, createdAt, sha, refused: { code, reason, names: undefined } }
}

/**
 * The same files, and those inside archives among them: `artifact.zip!/junit.xml`. They are as old as the archive, and of its
 * commit. An archive is read when its files are listed and again when they are opened, so that one is in memory at a time.
 * @param globs where archives are; the usual places where it is undefined, but for those that git tracks
 * @param ignore paths where the usual archives are no evidence
 */
export const withArchives = (
  files: EvidenceFiles,
  globs: readonly string[] | undefined,
  ignore: readonly string[],
): EvidenceFiles => {
  const matches = globMatcher(globs ?? defaultArchiveGlobs)
  const ignored = globMatcher(ignore)
  const isArchive = ({ path, committed }: EvidenceFile): boolean =>
    matches(path) && (globs !== undefined || (committed !== true && !ignored(path)))
  const holders = new Map<string, EvidenceFile>()
  let current: { path: string; inside: Promise<EvidenceFiles> } | undefined
  const read = async ({ path, createdAt, sha, createdFrom, shaFrom, committed }: EvidenceFile) => {
    const { archiveEvidence } = await import('./archive.ts')
    return archiveEvidence(files.open(path), {
      name: path,
      createdAt,
      sha,
      ...(createdFrom === undefined ? {} : { createdFrom }),
      ...(shaFrom === undefined ? {} : { shaFrom }),
      ...(committed === undefined ? {} : { committed }),
    })
  }
  const inside = (archive: EvidenceFile): Promise<EvidenceFiles> => {
    if (current?.path !== archive.path) current = { path: archive.path, inside: read(archive) }
    return current.inside
  }
  const listed = async (archive: EvidenceFile): Promise<readonly EvidenceFile[]> => {
    if (archive.size > maxArchiveSize)
      return [sealed(archive, 'archive-too-large', `is larger than ${maxArchiveSize / 1_000_000} MB`)]
    const found = await (await inside(archive)).list()
    for (const { path } of found) holders.set(path, archive)
    return found
  }
  return {
    list: async () => {
      const all = await files.list()
      const archives = all.filter(isArchive)
      if (archives.length === 0) return all
      const plain = all.filter((file) => !isArchive(file))
      let together = 0
      for (const [index, archive] of archives.entries()) {
        together += archive.size
        if (index < maxArchives && together <= maxTogether) plain.push(...(await listed(archive)))
        else plain.push(sealed(archive, 'too-many', 'is one of too many archives and was not read'))
      }
      return plain
    },
    open: async function* (path) {
      const archive = holders.get(path)
      yield* archive === undefined ? files.open(path) : (await inside(archive)).open(path)
    },
  }
}
