import type { Result } from './result.ts'
import { weights } from './severity.ts'

/** A score out of 100. `low` counts what is unknown as failed, `high` as passed. Low is rounded down and high up. */
export interface Score {
  low: number
  high: number
}

export interface CategoryScore extends Score {
  id: string
  confidence: number
  pass: number
  fail: number
  unknown: number
}

/** What a result earns of its weight, between 0 and 1, in both bounds. */
export const share = ({ status, passed, findings, undecided, partial }: Result): { low: number; high: number } => {
  if (status === 'pass' && undecided.length === 0) return { low: 1, high: 1 }
  if (status === 'error' || status === 'waived') return { low: 0, high: 0 }
  if (status === 'unknown' || status === 'not-applicable') return { low: 0, high: 1 }
  const total = passed + findings.length + undecided.length
  return { low: partial === true ? 0 : passed / total, high: (passed + undecided.length) / total }
}

/**
 * How much of a result was judged, between 0 and 1: the share of what the rule asks about that it decided, whether by a pass
 * or by a finding. A rule that is unknown or broke judged nothing, and a waiver judges nothing either: what it covers counts as
 * far as the rule did.
 */
export const decided = ({ status, passed, findings, undecided }: Result): number => {
  if (status === 'unknown' || status === 'error' || status === 'not-applicable') return 0
  if (status === 'pass' && undecided.length === 0) return 1
  // A waiver of the whole rule may cover one that was unknown: it has no finding.
  if (status === 'waived' && findings.length === 0) return 0
  const judged = passed + findings.length
  return judged / (judged + undecided.length)
}

/** Whether a result has a place in the score. */
export const applies = ({ status, unproven }: Result): boolean => status !== 'not-applicable' || unproven === true

// Sums of fractions miss whole numbers by an ulp or two; nine decimals decide before rounding does.
const percent = (part: number, whole: number): number => Number(((100 * part) / whole).toFixed(9))

/** The score of the rules that apply. With none there is nothing known: 0 to 100. */
export const scoreOf = (results: readonly Result[]): Score => {
  let weight = 0
  let low = 0
  let high = 0
  for (const result of results) {
    if (!applies(result)) continue
    const worth = weights[result.rule.severity]
    const earned = share(result)
    weight += worth
    low += worth * earned.low
    high += worth * earned.high
  }
  if (weight === 0) return { low: 0, high: 100 }
  return { low: Math.floor(percent(low, weight)), high: Math.ceil(percent(high, weight)) }
}

/**
 * The confidence: the share of the weight of all rules that apply that was judged, 0 to 100, rounded down. 0 where no rule
 * applies. It says how far the score can be relied on, and nothing of whether it is good.
 */
export const confidenceOf = (results: readonly Result[]): number => {
  let weight = 0
  let judged = 0
  for (const result of results) {
    if (!applies(result)) continue
    weight += weights[result.rule.severity]
    judged += weights[result.rule.severity] * decided(result)
  }
  return weight === 0 ? 0 : Math.floor(percent(judged, weight))
}

const unsettled = new Set<Result['status']>(['unknown', 'error'])

/** The score of each category that has a rule which applies, by name. */
export const categoryScores = (results: readonly Result[]): CategoryScore[] => {
  const categories = [...new Set(results.filter(applies).map(({ rule }) => rule.category))].sort()
  return categories.map((id) => {
    const own = results.filter((result) => result.rule.category === id && applies(result))
    const count = (test: (result: Result) => boolean): number => own.filter(test).length
    return {
      id,
      ...scoreOf(own),
      confidence: confidenceOf(own),
      pass: count(({ status }) => status === 'pass'),
      fail: count(({ status }) => status === 'fail' || status === 'waived'),
      unknown: count(({ status }) => unsettled.has(status)),
    }
  })
}
