import type { PolicyOutline } from './policy-outline.ts'
import type { Report } from './report.ts'
import { nextChange } from './windows.ts'
import type { Window } from './policy-file.ts'

const day = 86_400_000

/**
 * The first instant at which judging the same again may come to something else: a waiver or an ignore runs out, evidence
 * gets too old, a soak is long enough, a window opens or closes, or the UTC day ends, on which dates in facts depend. At that instant it no longer holds.
 */
export const validUntil = (
  report: Report,
  {
    waiversEnd,
    evidenceMaxAge,
    soaked,
  }: Pick<PolicyOutline, 'waiversEnd' | 'evidenceMaxAge'> & { /** When a soak is met. */ soaked?: Date | undefined },
  windows: readonly Window[],
  now: Date,
): Date => {
  const midnight = (Math.floor(now.getTime() / day) + 1) * day
  const waived = report.results.flatMap(({ findings, waived: whole }) => [
    ...findings.map((finding) => finding.waived?.expires),
    whole?.expires,
  ])
  const ends = [...waiversEnd, ...waived].map((expires) => Date.parse(expires ?? ''))
  const stale =
    evidenceMaxAge === undefined
      ? []
      : // One millisecond more: evidence of exactly that age still counts.
        report.evidence.map(({ createdAt }) => Date.parse(createdAt ?? '') + evidenceMaxAge + 1)
  const change = nextChange(windows, now, midnight - now.getTime())?.getTime() ?? midnight
  const later = [...ends, ...stale, soaked?.getTime() ?? midnight, change].filter((time) => time > now.getTime())
  return new Date(Math.min(midnight, ...later))
}
