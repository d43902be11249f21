import { blocks } from './decide.ts'
import { fewest, type Choice } from './fewest.ts'
import type { Environment } from './policy-file.ts'
import type { Result } from './result.ts'
import { applies, share } from './score.ts'
import { atLeast, weights } from './severity.ts'

export type When = 'before-deploy' | 'first-week' | 'first-month'

/**
 * One rule to satisfy: by when, what it adds to the score's low bound, and the minutes it takes. Rules that one and the same
 * thing keeps from being judged follow each other, and the first of them takes all the minutes.
 */
export interface PlanItem {
  rule: string
  when: When
  gain: number
  effortMinutes: number
}

/** The base of a change: a change that scores no lower by the results that count is held up by no minimum. */
export interface BaseScore {
  low: number
  counts: (result: Result) => boolean
}

/** One repair, and what it settles. */
interface Item extends Choice {
  results: readonly Result[]
}

const repairable = ({ status, undecided }: Result): boolean =>
  status === 'fail' || status === 'unknown' || status === 'error' || (status === 'pass' && undecided.length > 0)

const weightOf = ({ rule }: Result): number => weights[rule.severity]

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)

/** What is left to earn with a result. */
const worthOf = (result: Result): number => weightOf(result) * (1 - share(result).low)

const itemOf = (results: readonly Result[]): Item => ({
  results,
  worth: sum(results.map(worthOf)),
  // Each rule counts the way until it passes, and the cheapest of these ways settles what they have in common.
  minutes: Math.min(...results.map(({ rule }) => rule.effortMinutes)),
})

/** The repairs: one for each rule, and one for all that the same missing tool, file or evidence keeps from being judged. */
const itemsOf = (results: readonly Result[]): Item[] => {
  const byCause = new Map<string, Result[]>()
  for (const result of results) {
    const { status, reason, rule } = result
    const cause = status === 'unknown' && reason !== undefined ? `because ${reason}` : rule.id
    byCause.set(cause, [...(byCause.get(cause) ?? []), result])
  }
  return [...byCause.values()].map((list) => itemOf(list.sort((a, b) => worthOf(b) - worthOf(a) || byId(a, b))))
}

const byId = (a: Result, b: Result): number => (a.rule.id < b.rule.id ? -1 : 1)

const byValue = (a: Item, b: Item): number =>
  b.worth / b.minutes - a.worth / a.minutes || byId(a.results[0] as Result, b.results[0] as Result)

/** What has to be repaired, beside `must`, so that the results that count score `minimum`; undefined where nothing can. */
const toReach = (
  minimum: number,
  counts: (result: Result) => boolean,
  { results, must, rest }: { results: readonly Result[]; must: readonly Item[]; rest: readonly Item[] },
): Item[] | undefined => {
  const counted = results.filter(counts)
  const weight = sum(counted.map(weightOf))
  // Where nothing is to be judged, nothing can be repaired either.
  if (weight === 0) return minimum > 0 ? undefined : []
  const low = sum(counted.map((result) => weightOf(result) * share(result).low))
  const gained = sum(must.flatMap((item) => item.results.filter(counts).map(worthOf)))
  // The low bound is rounded down after nine decimals, so a minimum of 79.5 asks for 80.
  const need = (Math.ceil(minimum) / 100) * weight - low - gained
  const tolerance = weight * 4e-12
  const pool = rest
    .filter((item) => item.results.some(counts))
    .map((item) => ({ ...item, worth: sum(item.results.filter(counts).map(worthOf)) }))
  // A waiver forgives a finding and not its points. What it covers is asked for only where nothing else is enough.
  const waived = counted.filter(({ status }) => status === 'waived').map((result) => itemOf([result]))
  return fewest(pool, need, tolerance) ?? fewest([...pool, ...waived], need, tolerance)
}

const laterBy = ({ results }: Item): When =>
  results.some(({ rule }) => atLeast(rule.severity, 'medium')) ? 'first-week' : 'first-month'

/**
 * What to repair, in the order to do it: first the smallest set that turns no-go into go, then the rest by what it is worth
 * for its effort. The smallest set is all that blocks, and the fewest others that lift the low bound to the minimum; of
 * sets of the same size, the one with the least effort.
 * @param base for a change that is judged by what it adds: catching up with its base is enough where that takes less
 */
export const planFor = (all: readonly Result[], environment: Environment, base?: BaseScore): PlanItem[] => {
  const results = all.filter(applies)
  const total = sum(results.map(weightOf))
  const items = itemsOf(results.filter(repairable)).sort(byValue)
  const must = items.filter((item) => item.results.some((result) => blocks(result, environment)))
  const rest = items.filter((item) => !must.includes(item))
  const parts = { results, must, rest }
  const minutes = (way: Item[]): number => sum(way.map((item) => item.minutes))
  const [further = []] = [
    toReach(environment['minimum-score'], () => true, parts),
    base === undefined ? undefined : toReach(base.low, base.counts, parts),
  ]
    .filter((way) => way !== undefined)
    .sort((a, b) => a.length - b.length || minutes(a) - minutes(b))
  const before = [...must, ...further.sort(byValue)]
  const planned = new Set(before.flatMap((item) => item.results))
  const later = rest.filter((item) => !item.results.some((result) => planned.has(result)))
  const worth = (result: Result): number => (total === 0 ? 0 : Math.round((1000 * worthOf(result)) / total) / 10)
  const told = (item: Item, when: When): PlanItem[] =>
    item.results.map((result, at) => ({
      rule: result.rule.id,
      when,
      gain: worth(result),
      effortMinutes: at === 0 ? item.minutes : 0,
    }))
  return [
    ...before.flatMap((item) => told(item, 'before-deploy')),
    ...later.flatMap((item) => told(item, laterBy(item))),
  ]
}
