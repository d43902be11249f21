import * as z from 'zod'
import type { EvidenceFormat, Likeness } from '../format.ts'
import { readJson } from '../json/stream.ts'
import { methodIn } from '../load/access.ts'
import { misshapen, tooShortToTell } from '../load/json-document.ts'
import { loadEvidence, maxGroups, refuse, type Group } from '../load/reading.ts'
import { timeOf } from '../load/tally.ts'

const measure = z.number().nonnegative()

const summary = z.object({
  count: measure.optional(),
  p50: measure.optional(),
  median: measure.optional(),
  p90: measure.optional(),
  p95: measure.optional(),
  p99: measure.optional(),
})
type Summary = z.infer<typeof summary>

const Aggregate = z.object({
  counters: z.record(z.string(), z.number()),
  rates: z.record(z.string(), measure).default({}),
  summaries: z.record(z.string(), z.unknown()).default({}),
  firstMetricAt: measure.optional(),
  firstCounterAt: measure.optional(),
  lastMetricAt: measure.optional(),
  lastCounterAt: measure.optional(),
})
type Aggregate = z.infer<typeof Aggregate>

const percentiles = ({ p50, median, p90, p95, p99 }: Summary) => ({ p50: p50 ?? median, p90, p95, p99 })

const summed = (counters: Readonly<Record<string, number>>, is: (name: string) => boolean): number =>
  Object.entries(counters).reduce((sum, [name, count]) => sum + (is(name) ? count : 0), 0)

const byEndpoint = 'plugins.metrics-by-endpoint.'

/** What the plugin metrics-by-endpoint tells apart. */
const groupsOf = ({ counters, summaries }: Aggregate): Group[] =>
  Object.entries(summaries).flatMap(([key, given]): Group[] => {
    const prefix = `${byEndpoint}response_time.`
    const parsed = summary.safeParse(given)
    if (!key.startsWith(prefix) || !parsed.success) return []
    const name = key.slice(prefix.length)
    const codes = `${byEndpoint}${name}.codes.`
    const errors = summed(counters, (counter) => counter.startsWith(`${byEndpoint}${name}.errors.`))
    const requests = summed(counters, (counter) => counter.startsWith(codes)) + errors
    const failed = summed(counters, (counter) => counter.startsWith(codes) && /[145]\d\d$/.test(counter)) + errors
    return [{ name, method: methodIn(name), requests, failed, ...percentiles(parsed.data) }]
  })

/** The report that `artillery run --output` writes, of Artillery 2. It does not say how many virtual users there were at once. */
export const artillery: EvidenceFormat = {
  kind: 'load',
  name: 'artillery',
  recognise: (head): Likeness => {
    if (!/^\s*\{/.test(head)) return /^\s*$/.test(head) ? 'unclear' : 'other'
    if (/^\s*\{\s*"aggregate"\s*:/.test(head)) return 'this'
    return tooShortToTell(head) ? 'unclear' : 'other'
  },
  parse: async (text) => {
    let aggregate: unknown
    const refused = await readJson(text, {
      // Periods are named to be dropped one by one: there is one for every ten seconds.
      paths: ['$.aggregate', '$.intermediate.*'],
      each: ({ value, path }) => {
        if (path[0] === 'aggregate') aggregate = value
      },
    })
    if (refused !== undefined) return { refused }
    const parsed = Aggregate.safeParse(aggregate)
    if (!parsed.success) return misshapen(parsed.error, 'Artillery 2')
    const { counters, rates, summaries, firstMetricAt, firstCounterAt, lastMetricAt, lastCounterAt } = parsed.data
    const times = summary.safeParse(summaries['http.response_time'] ?? {})
    if (!times.success) return misshapen(times.error, 'Artillery 2')
    const requests = counters['http.requests'] ?? 0
    const errors = summed(counters, (name) => name.startsWith('errors.'))
    const bad = summed(counters, (name) => /^http\.codes\.[145]\d\d$/.test(name))
    const [from, to] = [firstMetricAt ?? firstCounterAt, lastMetricAt ?? lastCounterAt]
    const seconds = from === undefined || to === undefined ? undefined : (to - from) / 1000
    if (errors + bad < 0 || requests < 0)
      return refuse('number', 'has numbers that no load test gives, in its counters')
    return loadEvidence(text.path, {
      tool: 'artillery',
      requests,
      // An error that came before a request was sent is none of the requests.
      failed: Math.min(errors + bad, requests),
      throughput: seconds === undefined || seconds === 0 ? rates['http.request_rate'] : requests / seconds,
      seconds,
      startedAt: timeOf(from),
      ...percentiles(times.data),
      groups: groupsOf(parsed.data).slice(0, maxGroups),
    })
  },
}
