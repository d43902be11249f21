import type { EvidenceFormat } from '../format.ts'
import { loadEvidence, refuse, type Percentiles } from '../load/reading.ts'
import { likeness, numberOf, readReport } from '../load/text-report.ts'
import { isGood } from '../load/tally.ts'

const field = (report: string, name: string): string | undefined =>
  new RegExp(`^ {2}${name}:[ \\t]*([^ \\t\\n]{1,40})`, 'm').exec(report)?.[1]

const percentile = (report: string, share: number): number | undefined => {
  const value = numberOf(new RegExp(`^ {2}${share}%{1,2} in ([^ \\n]{1,40}) secs`, 'm').exec(report)?.[1])
  return value === undefined ? undefined : value * 1000
}

const percentilesOf = (report: string): Percentiles => ({
  p50: percentile(report, 50),
  p90: percentile(report, 90),
  p95: percentile(report, 95),
  p99: percentile(report, 99),
})

/** What a list such as `[200]  2625 responses` counts. */
const listed = (report: string, heading: string): { label: number; count: number }[] => {
  const from = report.indexOf(`${heading}:\n`)
  if (from < 0) return []
  const lines = report.slice(from + heading.length + 2).split('\n')
  const found: { label: number; count: number }[] = []
  for (const line of lines) {
    const [, label, count] = /^ {2}\[(\d{1,12})\]\t *(?:(\d{1,12}) responses)?/.exec(line) ?? []
    if (label === undefined) break
    found.push({ label: Number(label), count: Number(count ?? 0) })
  }
  return found
}

/** hey keeps no more results than these, and goes on counting. */
const maxResults = 1_000_000

/** Whether statuses are missing from the end of the report: it has a rate and a time, rounded to 0.1 ms, to compare with. */
const isCut = (requests: number, throughput: number, seconds: number): boolean =>
  requests < maxResults && requests + 1 + throughput * 0.0001 < throughput * seconds

/** What hey prints. It does not tell methods; errors are requests without an answer. */
export const hey: EvidenceFormat = {
  kind: 'load',
  name: 'hey',
  recognise: (head) => likeness(head, [/^Summary:\r?\n {2}Total:/m, /^ {2}Requests\/sec:/m]),
  parse: async (text) => {
    const read = await readReport(text)
    if ('refused' in read) return read
    const report = read.report.replaceAll('\r\n', '\n')
    if (!report.includes('Status code distribution:')) return refuse('truncated', 'is cut off before its end')
    const statuses = listed(report, 'Status code distribution')
    // Of an error the number is what stands in the brackets.
    const errors = listed(report, 'Error distribution').reduce((sum, { label }) => sum + label, 0)
    const answers = statuses.reduce((sum, { count }) => sum + count, 0)
    const throughput = numberOf(field(report, 'Requests/sec'))
    const seconds = numberOf(field(report, 'Total'))
    if (isCut(answers + errors, throughput ?? 0, seconds ?? 0)) return refuse('truncated', 'is cut off before its end')
    const bad = statuses.reduce((sum, { label, count }) => sum + (isGood(label) ? 0 : count), 0)
    return loadEvidence(text.path, {
      tool: 'hey',
      requests: answers + errors,
      failed: bad + errors,
      throughput,
      seconds,
      ...percentilesOf(report),
      groups: [],
    })
  },
}
