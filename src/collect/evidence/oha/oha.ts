import * as z from 'zod'
import type { EvidenceFormat, Likeness } from '../format.ts'
import { readDocument, tooShortToTell } from '../load/json-document.ts'
import { loadEvidence } from '../load/reading.ts'
import { isGood } from '../load/tally.ts'

const measure = z.number().nonnegative()
const seconds = measure.transform((value) => value * 1000).nullish()

const Report = z.object({
  summary: z.object({ total: measure, requestsPerSec: measure.nullish() }),
  latencyPercentiles: z.object({ p50: seconds, p90: seconds, p95: seconds, p99: seconds }),
  statusCodeDistribution: z.record(z.string(), measure),
  errorDistribution: z.record(z.string(), measure).default({}),
})

/** What oha writes as JSON. Durations are seconds. */
export const oha: EvidenceFormat = {
  kind: 'load',
  name: 'oha',
  recognise: (head): Likeness => {
    if (/^\s*\{\s*"summary"\s*:/.test(head) && head.includes('"requestsPerSec"')) return 'this'
    return /^\s*$/.test(head) || (/^\s*\{/.test(head) && tooShortToTell(head)) ? 'unclear' : 'other'
  },
  parse: async (text) => {
    const read = await readDocument(text, Report, 'oha')
    if ('refused' in read) return read
    const { summary, latencyPercentiles, statusCodeDistribution, errorDistribution } = read.document
    const statuses = Object.entries(statusCodeDistribution)
    const answers = statuses.reduce((sum, [, count]) => sum + count, 0)
    const bad = statuses.reduce((sum, [status, count]) => sum + (isGood(Number(status)) ? 0 : count), 0)
    // What was still under way when the time was over is no failure.
    const errors = Object.entries(errorDistribution).reduce(
      (sum, [message, count]) => sum + (message === 'aborted due to deadline' ? 0 : count),
      0,
    )
    const { p50, p90, p95, p99 } = latencyPercentiles
    return loadEvidence(text.path, {
      tool: 'oha',
      requests: answers + errors,
      failed: bad + errors,
      throughput: summary.requestsPerSec ?? undefined,
      seconds: summary.total,
      p50: p50 ?? undefined,
      p90: p90 ?? undefined,
      p95: p95 ?? undefined,
      p99: p99 ?? undefined,
      groups: [],
    })
  },
}
