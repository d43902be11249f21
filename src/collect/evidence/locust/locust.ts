import type { EvidenceFormat } from '../format.ts'
import { asMethod } from '../load/access.ts'
import { readCsv, type CsvRecord } from '../load/csv.ts'
import { loadEvidence, maxGroups, refuse, type Group, type Measured } from '../load/reading.ts'
import { timeOf } from '../load/tally.ts'
import { likeness, numberOf } from '../load/text-report.ts'

/** Locust writes N/A where there was no request yet. */
const value = (record: CsvRecord, heading: string): number | undefined => {
  const text = record.get(heading)
  return text === undefined || text === 'N/A' ? undefined : numberOf(text)
}

const percentiles = (record: CsvRecord): Omit<Measured, 'requests'> => ({
  p50: value(record, '50%'),
  p90: value(record, '90%'),
  p95: value(record, '95%'),
  p99: value(record, '99%'),
})

const isTotal = (record: CsvRecord): boolean => record.get('Name') === 'Aggregated'

/** The results of a run of Locust: `--csv` writes them to `…_stats.csv`. */
export const locustStats: EvidenceFormat = {
  kind: 'load',
  name: 'locust-stats',
  recognise: (head) => likeness(head, [/^"?Type"?,"?Name"?,"?Request Count"?,/]),
  parse: async (text) => {
    const groups: Group[] = []
    let total: Measured | undefined
    const refused = await readCsv(text, (record) => {
      const measured = {
        requests: value(record, 'Request Count') ?? Number.NaN,
        failed: value(record, 'Failure Count'),
        throughput: value(record, 'Requests/s'),
        ...percentiles(record),
      }
      const method = asMethod(record.get('Type'))
      const name = record.get('Name') ?? ''
      if (isTotal(record)) total = measured
      else if (groups.length < maxGroups)
        groups.push({ ...measured, name: method === undefined ? name : `${method} ${name}`, method, line: record.line })
      return undefined
    })
    if (refused !== undefined) return { refused }
    if (total === undefined) return refuse('truncated', 'has no line for all requests together, which comes last')
    return loadEvidence(text.path, { tool: 'locust', ...total, groups })
  },
}

/** The course of a run of Locust: `…_stats_history.csv`. Its last line for all requests has the numbers of the run. */
export const locustHistory: EvidenceFormat = {
  kind: 'load',
  name: 'locust-history',
  recognise: (head) => likeness(head, [/^"?Timestamp"?,"?User Count"?,"?Type"?,/]),
  parse: async (text) => {
    let users = 0
    let first = Number.POSITIVE_INFINITY
    let last = 0
    let total: Measured | undefined
    const refused = await readCsv(text, (record) => {
      const at = value(record, 'Timestamp') ?? Number.NaN
      const count = value(record, 'User Count') ?? Number.NaN
      if (!Number.isFinite(at) || !Number.isFinite(count))
        return { code: 'number', reason: 'has a value that is no number' }
      users = Math.max(users, count)
      first = Math.min(first, at)
      last = Math.max(last, at)
      if (isTotal(record))
        total = {
          requests: value(record, 'Total Request Count') ?? Number.NaN,
          failed: value(record, 'Total Failure Count'),
          ...percentiles(record),
        }
      return undefined
    })
    if (refused !== undefined) return { refused }
    if (total === undefined) return refuse('empty', 'has no line for all requests together')
    const seconds = last - first
    return loadEvidence(text.path, {
      tool: 'locust',
      ...total,
      throughput: seconds > 0 ? total.requests / seconds : undefined,
      users,
      seconds,
      startedAt: timeOf(first * 1000),
      groups: [],
      timeline: true,
    })
  },
}
