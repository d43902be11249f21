import type { Fact } from '../../../core/facts/index.ts'
import { defined } from '../../shape.ts'

type Run = Fact<'load.run'>

const isRun = (fact: Fact): fact is Run => fact.kind === 'load.run'

/** Locust writes a run's course beside its results: `till_stats_history.csv` beside `till_stats.csv`. */
const resultsBeside = (path: string): string => path.replace(/_history(\.[^./]*)$/, '$1')

const most = (values: readonly (number | undefined)[]): number | undefined => {
  const known = values.filter((value) => value !== undefined)
  return known.length === 0 ? undefined : Math.max(...known)
}

const least = (values: readonly (number | undefined)[]): number | undefined => {
  const known = values.filter((value) => value !== undefined)
  return known.length === 0 ? undefined : Math.min(...known)
}

/** Unknown where any of the runs does not know: what is not told is not good. */
const ofAll = (
  runs: readonly Run[],
  get: (run: Run) => number | undefined,
  choose: (values: readonly number[]) => number,
): number | undefined => {
  const values = runs.map(get)
  return values.every((value) => value !== undefined) ? choose(values) : undefined
}

/** One fact for all load tests together. Of several files the worst counts, so that a fast one hides no slow one. */
export const loadTotal = (facts: readonly Fact[]): Fact[] => {
  const all = facts.filter(isRun)
  const paths = new Set(all.map(({ place }) => place.path))
  const runs = all.filter(({ value, place }) => !value.timeline || !paths.has(resultsBeside(place.path)))
  const [first] = runs
  if (first === undefined) return []
  const worst = (get: (run: Run) => number | undefined): number | undefined =>
    ofAll(runs, get, (values) => values.reduce((a, b) => Math.max(a, b), 0))
  const requests = runs.reduce((sum, { value }) => sum + value.requests, 0)
  const failed = ofAll(
    runs,
    ({ value }) => (value.errorRate === undefined ? undefined : value.errorRate * value.requests),
    (values) => values.reduce((a, b) => a + b, 0),
  )
  const thresholds = facts.filter((fact): fact is Fact<'load.threshold'> => fact.kind === 'load.threshold')
  const starts = all.flatMap(({ value }) => value.startedAt ?? []).sort()
  return [
    {
      kind: 'load.total',
      subject: 'all load tests',
      place: first.place,
      value: {
        requests,
        files: runs.length,
        thresholds: thresholds.length,
        missedThresholds: thresholds.flatMap(({ subject, value }) =>
          value.met ? [] : [subject.slice('threshold '.length)],
        ),
        tools: [...new Set(runs.map(({ value }) => value.tool))].sort(),
        ...defined({
          errorRate: failed === undefined ? undefined : Number((failed / requests).toFixed(4)),
          throughput: ofAll(
            runs,
            ({ value }) => value.throughput,
            (values) => least(values) ?? 0,
          ),
          p50: worst(({ value }) => value.p50),
          p90: worst(({ value }) => value.p90),
          p95: worst(({ value }) => value.p95),
          p99: worst(({ value }) => value.p99),
          users: most(all.map(({ value }) => value.users)),
          seconds: most(all.map(({ value }) => value.seconds)),
          startedAt: starts[0],
        }),
      },
    },
  ]
}
