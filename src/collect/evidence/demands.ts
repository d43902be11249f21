import type { Refusal } from './format.ts'

/** What evidence has to meet before it counts. What is left out is not asked for. */
export interface EvidenceDemands {
  now?: Date
  /** Milliseconds. */
  maxAge?: number
  /** The commit that is judged; null where no commit holds exactly these files. */
  sha?: string | null
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

/** Why evidence of this age and commit does not count, if it does not. What is not known of it is not held against it. */
export const unmet = (
  demands: EvidenceDemands,
  { createdAt, sha }: { createdAt: string | null; sha: string | null },
): Refusal | undefined => {
  const { now, maxAge } = demands
  if (sha !== null && typeof demands.sha === 'string' && sha.toLowerCase() !== demands.sha.toLowerCase())
    return refuse('commit', `is of commit ${sha.slice(0, 12)} and not of ${demands.sha.slice(0, 12)}, which is judged`)
  if (createdAt === null || now === undefined || maxAge === undefined) return undefined
  const age = now.getTime() - Date.parse(createdAt)
  if (age > maxAge) return refuse('stale', `is ${span(age)} old; the policy takes evidence of at most ${span(maxAge)}`)
  if (age < -maxAhead) return refuse('future', `says that it was made at ${createdAt}, which is still to come`)
  return undefined
}
