import type { EvidenceFormat } from '../format.ts'
import { pathOf } from '../load/access.ts'
import { loadEvidence, refuse } from '../load/reading.ts'
import { durationOf, likeness, numberOf, readReport } from '../load/text-report.ts'

const share = (report: string, percent: number): number | undefined => {
  const text = new RegExp(`^ +${percent}(?:\\.0+)?% +([^ \\n]{1,40})`, 'm').exec(report)?.[1]
  return text === undefined ? undefined : durationOf(text)
}

/** What wrk and wrk2 print with `--latency`. Neither tells the 95th percentile of all runs, nor the method. */
export const wrk: EvidenceFormat = {
  kind: 'load',
  name: 'wrk',
  recognise: (head) => likeness(head, [/^Running [^ \n]+ test @ /m, /^ +\d+ threads and \d+ connections/m]),
  parse: async (text) => {
    const read = await readReport(text)
    if ('refused' in read) return read
    const report = read.report.replaceAll('\r\n', '\n')
    const throughput = numberOf(/^Requests\/sec: +([^ \n]{1,40})/m.exec(report)?.[1])
    const [, count, time] = /^ +([^ \n]{1,40}) requests in ([^ ,\n]{1,40}),/m.exec(report) ?? []
    if (throughput === undefined || count === undefined) return refuse('truncated', 'is cut off before its end')
    const requests = numberOf(count) ?? Number.NaN
    const sockets = /Socket errors: connect (\d{1,12}), read (\d{1,12}), write (\d{1,12}), timeout (\d{1,12})/.exec(
      report,
    )
    const broken = (sockets?.slice(1) ?? []).reduce((sum, part) => sum + Number(part), 0)
    const bad = numberOf(/Non-2xx or 3xx responses: (\d{1,15})/.exec(report)?.[1]) ?? 0
    const total = {
      requests: requests + broken,
      failed: broken + bad,
      throughput,
      p50: share(report, 50),
      p90: share(report, 90),
      p99: share(report, 99),
    }
    const url = /^Running [^ \n]+ test @ ([^ \n]{1,500})/m.exec(report)?.[1]
    return loadEvidence(text.path, {
      tool: 'wrk',
      ...total,
      users: numberOf(/ and (\d{1,12}) connections/.exec(report)?.[1]),
      seconds: durationOf(time) / 1000,
      groups: url === undefined ? [] : [{ ...total, name: pathOf(url) }],
    })
  },
}
