import type { EvidenceFile } from '../../ports/evidence-files.ts'
import type { Refusal } from './format.ts'
import type { Provenance } from './provenance.ts'

/** What evidence has to meet before it counts. What is left out is not asked for. */
export interface EvidenceDemands {
  now?: Date
  /** Milliseconds. */
  maxAge?: number
  /** The commit that is judged; null where no commit holds exactly these files. */
  sha?: string | null
  /** `head`: what has no commit of its own was made by the run that judges. `known`: nothing of an unknown commit counts. */
  commit?: 'any' | 'head' | 'known'
  /** Globs of evidence that counts though git tracks it. */
  committed?: readonly string[]
}

/** How far a clock, or a time without a zone, may be ahead of ours. Milliseconds. */
const maxAhead = 24 * 3_600_000

const span = (milliseconds: number): string => {
  const minutes = Math.floor(milliseconds / 60_000)
  if (minutes < 120) return `${minutes} minutes`
  const hours = Math.floor(minutes / 60)
  return hours < 72 ? `${hours} hours` : `${Math.floor(hours / 24)} days`
}

const refuse = (code: string, reason: string): Refusal => ({ code, reason, line: 1, column: 1 })

const otherCommit = (sha: string | null, judged: string | null | undefined): Refusal | undefined =>
  sha !== null && typeof judged === 'string' && sha.toLowerCase() !== judged.toLowerCase()
    ? refuse('commit', `is of commit ${sha.slice(0, 12)} and not of ${judged.slice(0, 12)}, which is judged`)
    : undefined

const otherTime = (
  { now, maxAge }: EvidenceDemands,
  { createdAt, createdFrom }: Pick<Provenance, 'createdAt' | 'createdFrom'>,
): Refusal | undefined => {
  if (now === undefined) return undefined
  // What is not known of it is not held against it.
  if (createdAt === null) return undefined
  const age = now.getTime() - Date.parse(createdAt)
  // The disk's time is no claim of the file: a judgement as of an earlier moment finds files that are younger.
  if (age < -maxAhead && createdFrom !== 'mtime')
    return refuse('future', `says that it was made at ${createdAt}, which is still to come`)
  if (maxAge !== undefined && age > maxAge)
    return refuse('stale', `is ${span(age)} old; the policy takes evidence of at most ${span(maxAge)}`)
  return undefined
}

/**
 * Why evidence of this origin does not count, if it does not.
 * @param carrier the file as its carrier lists it: where the two disagree on the commit, neither is trusted more
 */
export const unmet = (demands: EvidenceDemands, origin: Provenance, carrier: EvidenceFile): Refusal | undefined => {
  const carried = carrier.committed === true ? null : carrier.sha
  const refused =
    otherCommit(origin.sha, demands.sha) ?? otherCommit(carried, demands.sha) ?? otherTime(demands, origin)
  if (refused !== undefined) return refused
  if (demands.commit === 'known' && origin.sha === null)
    return refuse(
      'commit-unknown',
      'does not say of which commit it is, and the policy takes none of an unknown commit',
    )
  if (origin.committed && !origin.accepted)
    return refuse('committed', 'is committed to the repository: a claim, and not the product of this commit’s pipeline')
  return undefined
}
