import type { EvidenceFormat } from '../format.ts'
import { loadEvidence, refuse } from '../load/reading.ts'
import { durationOf, likeness, numberOf, readReport } from '../load/text-report.ts'

/** The values of a line such as `Requests      [total, rate, throughput]  100, 10.0, 9.9` by what its brackets name. */
const row = (report: string, name: string): ReadonlyMap<string, string> => {
  const [, heads = '', values = ''] =
    new RegExp(`^${name} +\\[([^\\]\\n]{1,200})\\] +([^\\n]{1,400})$`, 'm').exec(report) ?? []
  const parts = values.split(',')
  return new Map(heads.split(',').map((head, index) => [head.trim(), parts[index]?.trim() ?? '']))
}

const milliseconds = (values: ReadonlyMap<string, string>, head: string): number | undefined =>
  values.has(head) ? durationOf(values.get(head)) : undefined

/** What `vegeta report` prints. */
export const vegetaText: EvidenceFormat = {
  kind: 'load',
  name: 'vegeta-text',
  recognise: (head) => likeness(head, [/^Requests +\[total, rate/m, /^Latencies +\[/m]),
  parse: async (text) => {
    const read = await readReport(text)
    if ('refused' in read) return read
    const report = read.report.replaceAll('\r\n', '\n')
    const requests = row(report, 'Requests')
    const success = /^Success +\[ratio\] +([\d.]{1,20})%/m.exec(report)?.[1]
    if (success === undefined) return refuse('truncated', 'is cut off before its end')
    const total = numberOf(requests.get('total')) ?? Number.NaN
    const latencies = row(report, 'Latencies')
    const attack = milliseconds(row(report, 'Duration'), 'attack')
    return loadEvidence(text.path, {
      tool: 'vegeta',
      requests: total,
      failed: Math.round(total * (1 - (numberOf(success) ?? Number.NaN) / 100)),
      throughput: numberOf(requests.get('throughput')),
      seconds: attack === undefined ? undefined : attack / 1000,
      p50: milliseconds(latencies, '50') ?? milliseconds(latencies, '50th'),
      p90: milliseconds(latencies, '90') ?? milliseconds(latencies, '90th'),
      p95: milliseconds(latencies, '95') ?? milliseconds(latencies, '95th'),
      p99: milliseconds(latencies, '99') ?? milliseconds(latencies, '99th'),
      groups: [],
    })
  },
}
