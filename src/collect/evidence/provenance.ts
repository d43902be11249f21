import type { Report } from '../../core/report.ts'
import { globMatcher } from '../../core/globs.ts'
import type { EvidenceFile } from '../../ports/evidence-files.ts'
import type { EvidenceDemands } from './demands.ts'
import type { Evidence } from './format.ts'

type Item = Report['evidence'][number]

/** Where a file of evidence comes from, and who says so. */
export interface Provenance {
  sha: string | null
  shaFrom?: NonNullable<Item['shaFrom']>
  createdAt: string | null
  createdFrom?: NonNullable<Item['createdFrom']>
  /** Whether git tracks the file. */
  committed: boolean
  /** Whether the policy takes it all the same. */
  accepted: boolean
}

type Said = Pick<Evidence, 'sha' | 'createdAt'>

const commitOf = (
  file: EvidenceFile,
  said: Said,
  { commit, sha: judged }: EvidenceDemands,
): Pick<Provenance, 'sha' | 'shaFrom'> => {
  if (said.sha !== undefined) return { sha: said.sha, shaFrom: 'file' }
  // A person put it into the repository: which commit it was made from, the commit that holds it does not tell.
  if (file.committed === true) return { sha: null }
  if (file.sha !== null) return { sha: file.sha, shaFrom: file.shaFrom ?? 'artifact' }
  if (commit === 'head' && typeof judged === 'string') return { sha: judged, shaFrom: 'policy' }
  return { sha: null }
}

const timeOf = (file: EvidenceFile, said: Said): Pick<Provenance, 'createdAt' | 'createdFrom'> => {
  if (said.createdAt !== undefined) return { createdAt: said.createdAt, createdFrom: 'file' }
  if (file.createdAt === null) return { createdAt: null }
  return { createdAt: file.createdAt, createdFrom: file.createdFrom ?? 'artifact' }
}

/** Puts together what a file says of itself, what carries it says, and what the policy says of all. The file comes first. */
export const provenanceOf = (file: EvidenceFile, said: Said, demands: EvidenceDemands): Provenance => {
  const committed = file.committed === true
  return {
    ...commitOf(file, said, demands),
    ...timeOf(file, said),
    committed,
    accepted: committed && globMatcher(demands.committed ?? [])(file.path),
  }
}
