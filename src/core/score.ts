import type { Result } from './result.ts'
import { weights } from './severity.ts'

/** A score out of 100. `low` counts what is unknown as failed, `high` as passed. Low is rounded down and high up. */
export interface Score {
  low: number
  high: number
}

export interface CategoryScore extends Score {
  id: string
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

/** Whether a result has a place in the score. */
export const applies = ({ status, unproven }: Result): boolean => status !== 'not-applicable' || unproven === true

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
  // Sums of fractions miss whole numbers by an ulp or two; nine decimals decide before rounding does.
  const percent = (sum: number): number => Number(((100 * sum) / weight).toFixed(9))
  return { low: Math.floor(percent(low)), high: Math.ceil(percent(high)) }
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
      pass: count(({ status }) => status === 'pass'),
      fail: count(({ status }) => status === 'fail' || status === 'waived'),
      unknown: count(({ status }) => unsettled.has(status)),
    }
  })
}
