import type { Place } from './facts/place.ts'
import type { Rule } from './rule.ts'

/** What a rule says of the whole repository. */
export type Status = 'pass' | 'fail' | 'unknown' | 'not-applicable' | 'waived' | 'error'

/** What a waiver says of itself. */
export interface WaivedBy {
  reason: string
  owner: string
  expires: string
}

/** One fact that breaks a rule. `fingerprint` stays the same when lines above it come and go. */
export interface Finding {
  place: Place
  subject: string
  message: string
  fingerprint: string
  /** The waiver that covers it, where one does. */
  waived?: WaivedBy
  /** Whether the base of the pull request has it too. */
  known?: boolean
}

/** One fact that a rule could not resolve, and why. */
export interface Undecided {
  place: Place
  subject: string
  reason: string
}

export interface Result {
  rule: Rule
  status: Status
  /** Why a result is unknown or an error. */
  reason?: string
  /** Unknown because something is missing altogether, and not only because single facts could not be resolved. */
  missing: boolean
  /** The waiver of the whole rule, where it was unknown. */
  waived?: WaivedBy
  /** It fails by what was seen, and not all evidence was seen: what passed of it earns nothing. */
  partial?: boolean
  /** Not applicable for want of evidence: it stays in the score, so that nobody gains by taking evidence away. */
  unproven?: boolean
  passed: number
  findings: Finding[]
  undecided: Undecided[]
}
