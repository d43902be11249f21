import { globMatcher } from './globs.ts'
import type { Waiver } from './policy-file.ts'
import type { Finding, Result } from './result.ts'

/** A waiver holds until the instant it names; a date without a time is that day's first instant, UTC. At the instant it no longer holds. */
export const isActive = (waiver: Waiver, now: Date): boolean => now.getTime() < Date.parse(waiver.expires)

const waiveResult = (result: Result, waivers: readonly Waiver[]): Result => {
  if (waivers.length === 0 || (result.status !== 'fail' && result.status !== 'unknown')) return result
  const scoped = waivers.map((waiver) => ({ waiver, covers: waiver.paths ? globMatcher(waiver.paths) : () => true }))
  const findings = result.findings.map((finding): Finding => {
    const found = scoped.find(({ covers }) => covers(finding.place.path))?.waiver
    if (found === undefined) return finding
    return { ...finding, waived: { reason: found.reason, owner: found.owner, expires: found.expires } }
  })
  const whole = waivers.some(({ paths }) => paths === undefined)
  const covered = result.status === 'fail' ? findings.every(({ waived }) => waived !== undefined) : whole
  return { ...result, findings, status: covered ? 'waived' : result.status }
}

/**
 * Marks what the active waivers cover. The rules ran and their findings stay; a result is `waived` when nothing of it is
 * left uncovered. An unknown result is covered only by a waiver of the whole rule. An `error` is covered by none.
 */
export const applyWaivers = (results: readonly Result[], waivers: readonly Waiver[], now: Date): Result[] => {
  const active = waivers.filter((waiver) => isActive(waiver, now))
  return results.map((result) =>
    waiveResult(
      result,
      active.filter(({ rule }) => rule === result.rule.id),
    ),
  )
}
