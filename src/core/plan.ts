import { blocks } from './decide.ts'
import type { Environment } from './policy-file.ts'
import type { Result } from './result.ts'
import { applies, scoreOf, share } from './score.ts'
import { atLeast, weights } from './severity.ts'

export type When = 'before-deploy' | 'first-week' | 'first-month'

/** One rule to satisfy: by when, what it adds to the score's low bound, and the minutes it takes. */
export interface PlanItem {
  rule: string
  when: When
  gain: number
  effortMinutes: number
}

const repairable = new Set<Result['status']>(['fail', 'unknown', 'error'])

/**
 * What to repair, in the order to do it: first the smallest set that turns no-go into go (all that blocks, then the best
 * points for the effort until the minimum score is reached), then the rest by what it is worth for its effort.
 * @param scoreCounts false for a change that is no worse than its base, which no minimum score stops
 */
export const planFor = (results: readonly Result[], environment: Environment, scoreCounts = true): PlanItem[] => {
  const total = results.reduce((sum, result) => sum + (applies(result) ? weights[result.rule.severity] : 0), 0)
  const items = results
    .filter(({ status, undecided }) => repairable.has(status) || (status === 'pass' && undecided.length > 0))
    .map((result) => {
      const missing = weights[result.rule.severity] * (1 - share(result).low)
      return { result, points: total === 0 ? 0 : (100 * missing) / total }
    })
    .sort((a, b) => byValue(a, b))
  const must = items.filter(({ result }) => blocks(result, environment))
  const rest = items.filter((item) => !must.includes(item))
  let low = scoreOf(results).low + must.reduce((sum, { points }) => sum + points, 0)
  const before = [...must]
  for (const item of rest) {
    if (!scoreCounts || low >= environment['minimum-score']) break
    before.push(item)
    low += item.points
  }
  return [...before, ...rest.filter((item) => !before.includes(item))].map(({ result, points }) => ({
    rule: result.rule.id,
    when: before.some((item) => item.result === result) ? 'before-deploy' : laterBy(result),
    gain: Math.round(points * 10) / 10,
    effortMinutes: result.rule.effortMinutes,
  }))
}

const laterBy = ({ rule }: Result): When => (atLeast(rule.severity, 'medium') ? 'first-week' : 'first-month')

interface Item {
  result: Result
  points: number
}

const byValue = (a: Item, b: Item): number =>
  b.points / b.result.rule.effortMinutes - a.points / a.result.rule.effortMinutes ||
  (a.result.rule.id < b.result.rule.id ? -1 : 1)
