import type { EvidenceFormat } from '../format.ts'
import { pathOf } from '../load/access.ts'
import { loadEvidence, refuse } from '../load/reading.ts'
import { likeness, numberOf, readReport } from '../load/text-report.ts'

const field = (report: string, name: string): string | undefined =>
  new RegExp(`^${name}: +([^ \\n]{1,300})`, 'm').exec(report)?.[1]

const share = (report: string, percent: number): number | undefined =>
  numberOf(new RegExp(`^ +${percent}% +([^ \\n]{1,40})`, 'm').exec(report)?.[1])

/** Requests without an answer. Answers of another length than the first are what pages that change give, and no failure. */
const unanswered = (report: string): number | undefined => {
  const failed = numberOf(field(report, 'Failed requests'))
  const parts = /\(Connect: (\d{1,12}), Receive: (\d{1,12}), Length: \d{1,12}, Exceptions: (\d{1,12})\)/.exec(report)
  return parts === null ? failed : Number(parts[1]) + Number(parts[2]) + Number(parts[3])
}

/** What ApacheBench prints. It does not print the method. */
export const apacheBench: EvidenceFormat = {
  kind: 'load',
  name: 'apache-bench',
  recognise: (head) => likeness(head, [/^This is ApacheBench, Version /m]),
  parse: async (text) => {
    const read = await readReport(text)
    if ('refused' in read) return read
    const report = read.report.replaceAll('\r\n', '\n')
    const requests = numberOf(field(report, 'Complete requests'))
    if (requests === undefined) return refuse('truncated', 'is cut off before its end')
    if (requests > 1 && share(report, 100) === undefined) return refuse('truncated', 'is cut off before its end')
    const bad = numberOf(field(report, 'Non-2xx responses')) ?? 0
    const failed = unanswered(report)
    const total = {
      requests,
      failed: failed === undefined ? undefined : Math.min(failed + bad, requests),
      throughput: numberOf(field(report, 'Requests per second')),
      p50: share(report, 50),
      p90: share(report, 90),
      p95: share(report, 95),
      p99: share(report, 99),
    }
    const path = field(report, 'Document Path')
    return loadEvidence(text.path, {
      tool: 'ab',
      version: /ApacheBench, Version ([\d.]{1,20})/.exec(report)?.[1],
      ...total,
      users: numberOf(field(report, 'Concurrency Level')),
      seconds: numberOf(field(report, 'Time taken for tests')),
      groups: path === undefined ? [] : [{ ...total, name: pathOf(path) }],
    })
  },
}
