import { archiveEvidence } from '../../collect/evidence/archive/archive.ts'
import type { OpenArchives } from '../../judge-question.ts'
import type { EvidenceFile, EvidenceFiles } from '../../ports/evidence-files.ts'
import type { JudgedArchive } from '../../ports/judge.ts'

const open = ({ name, sha, createdAt, content }: JudgedArchive): Promise<EvidenceFiles> => {
  if ('bytes' in content) return archiveEvidence(content.bytes, { name, sha, createdAt })
  const refused = { code: 'unreadable', reason: content.unreadable, names: undefined }
  const file: EvidenceFile = { path: name, size: 0, sha, createdAt, refused }
  return Promise.resolve({
    list: () => Promise.resolve([file]),
    // oxlint-disable-next-line require-yield -- it is refused in the list, and never opened
    open: async function* () {
      throw new Error(content.unreadable)
    },
  })
}

/** The artifacts of workflow runs as evidence. One that cannot be opened is in the list, and refused. */
export const openArtifacts: OpenArchives = async (archives) => {
  const opened = await Promise.all(archives.map(open))
  const carriers = new Map<string, EvidenceFiles>()
  const listed = await Promise.all(opened.map((files) => files.list()))
  for (const [index, files] of listed.entries())
    for (const { path } of files) {
      const carrier = opened[index]
      if (carrier !== undefined) carriers.set(path, carrier)
    }
  return {
    list: () => Promise.resolve(listed.flat()),
    open: (path) => {
      const carrier = carriers.get(path)
      if (carrier === undefined) throw new Error(`there is no ${path}`)
      return carrier.open(path)
    },
  }
}
