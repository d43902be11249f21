import { globMatcher } from './globs.ts'
import type { InlineIgnore } from './inline-ignores.ts'
import type { Waiver } from './policy-file.ts'
import type { Reason } from './reason-codes.ts'
import type { Finding, Result, WaivedBy } from './result.ts'

/** An exception from wherever: the policy, or a comment beside what it excuses. */
interface Exception {
  rule: string
  reason: string
  owner: string
  expires: string
  /** Whether it is about the whole rule, and so also about what is missing. */
  whole: boolean
  covers(finding: Finding): boolean
  /** How to name it to a reader. */
  name: string
}

const fromPolicy = (waiver: Waiver): Exception => {
  const matches = waiver.paths === undefined ? undefined : globMatcher(waiver.paths)
  return {
    ...waiver,
    whole: matches === undefined,
    covers: ({ place }) => matches?.(place.path) ?? true,
    name: `the waiver of ${waiver.rule} by ${waiver.owner}`,
  }
}

const fromComment = ({ path, line, target, rule, until, reason }: InlineIgnore): Exception => ({
  rule,
  reason,
  owner: `${path}:${line}`,
  expires: until,
  whole: false,
  covers: ({ place }) => place.path === path && (place.line === target || place.line === line),
  name: `the ignore of ${rule} at ${path}:${line}`,
})

/** An exception holds until the instant it names; a date without a time is that day's first instant, UTC. At the instant it no longer holds. */
export const isActive = ({ expires }: { expires: string }, now: Date): boolean => now.getTime() < Date.parse(expires)

const saidBy = ({ reason, owner, expires }: Exception): WaivedBy => ({ reason, owner, expires })

const waiveResult = (result: Result, exceptions: readonly Exception[], used: Set<Exception>): Result => {
  if (exceptions.length === 0 || (result.status !== 'fail' && result.status !== 'unknown')) return result
  const findings = result.findings.map((finding): Finding => {
    const found = exceptions.find((exception) => exception.covers(finding))
    if (found === undefined) return finding
    used.add(found)
    return { ...finding, waived: saidBy(found) }
  })
  if (result.status === 'fail') {
    const covered = findings.every(({ waived }) => waived !== undefined)
    return { ...result, findings, status: covered ? 'waived' : 'fail' }
  }
  const whole = exceptions.find((exception) => exception.whole)
  if (whole === undefined) return result
  used.add(whole)
  return { ...result, status: 'waived', waived: saidBy(whole) }
}

export interface Waived {
  results: Result[]
  /** What has run out, and what nothing needs any more. */
  reasons: Reason[]
}

/**
 * Marks what waivers and inline ignores cover. The rules ran and their findings stay; a result is `waived` when nothing of
 * it is left uncovered. An unknown result is covered only by a waiver of the whole rule, and an `error` by none.
 */
export const applyWaivers = (
  results: readonly Result[],
  waivers: readonly Waiver[],
  ignores: readonly InlineIgnore[],
  now: Date,
): Waived => {
  const exceptions = [...waivers.map(fromPolicy), ...ignores.map(fromComment)]
  const active = exceptions.filter((exception) => isActive(exception, now))
  const byRule = new Map<string, Exception[]>()
  for (const exception of active) byRule.set(exception.rule, [...(byRule.get(exception.rule) ?? []), exception])
  const used = new Set<Exception>()
  const waived = results.map((result) => waiveResult(result, byRule.get(result.rule.id) ?? [], used))
  const reasons: Reason[] = []
  for (const exception of exceptions)
    if (!isActive(exception, now))
      reasons.push({ code: 'waiver-expired', message: `${exception.name} ran out on ${exception.expires}` })
    else if (!used.has(exception))
      reasons.push({ code: 'waiver-unused', message: `${exception.name} covers nothing any more: take it away` })
  return { results: waived, reasons }
}
