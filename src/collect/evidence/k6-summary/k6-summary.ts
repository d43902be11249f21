import * as z from 'zod'
import { defined } from '../../shape.ts'
import { instant, type EvidenceFormat, type Likeness } from '../format.ts'
import { access, asMethod, methodIn } from '../load/access.ts'
import { readDocument, tooShortToTell } from '../load/json-document.ts'
import { loadEvidence, refuse, type Group, type Percentiles, type Reading, type Threshold } from '../load/reading.ts'
import { MachineSummary, Summary, type Metric, type Values } from './shapes.ts'

type Metrics = Readonly<Record<string, Metric>>

const percentiles = (values: Values | undefined): Percentiles => ({
  p50: values?.['p(50)'] ?? values?.p50 ?? values?.med,
  p90: values?.['p(90)'] ?? values?.p90,
  p95: values?.['p(95)'] ?? values?.p95,
  p99: values?.['p(99)'] ?? values?.p99,
})

/** Failed requests: `http_req_failed` counts those for which "failed" is true as its passes. */
const failedOf = (values: Values | undefined, requests: number): number | undefined => {
  if (values === undefined) return undefined
  const { rate = values.value, matches, passes } = values
  return matches ?? passes ?? (rate === undefined ? undefined : rate * requests)
}

const tag = /^([^:]{1,40}):\s*(.{1,200})$/

/** `http_req_duration{method:GET}` and the like, which k6 keeps where a threshold asks for it. */
const groupOf = (name: string, metrics: Metrics): Group[] => {
  const [, selector = ''] = /^http_req_duration\{(.*)\}$/.exec(name) ?? []
  const tags = new Map(
    selector.split(',').flatMap((part) => {
      const [, key, value] = tag.exec(part.trim()) ?? []
      return key === undefined || value === undefined ? [] : [[key.trim(), value.trim()] as const]
    }),
  )
  // Answers that were expected are what the total has too, without its failures.
  if (tags.size === 0 || tags.has('expected_response')) return []
  const label = [...tags]
    .map(([key, value]) => (key === 'name' || key === 'url' ? value : `${key} ${value}`))
    .join(', ')
  const requests = metrics[`http_reqs{${selector}}`]?.values
  const count = requests?.count
  return [
    {
      name: label,
      method: asMethod(tags.get('method')) ?? methodIn(tags.get('name') ?? ''),
      requests: count,
      failed: count === undefined ? undefined : failedOf(metrics[`http_req_failed{${selector}}`]?.values, count),
      throughput: requests?.rate,
      ...percentiles(metrics[name]?.values),
    },
  ]
}

/** Unless both reads and writes are told apart, all requests are one more group: what is in no group is not left out. */
const withRest = (groups: readonly Group[], total: Group): Group[] => {
  const told = new Set(groups.map(({ method }) => access(method)))
  return groups.length === 0 || (told.has('read') && told.has('write')) ? [...groups] : [...groups, total]
}

const readingOf = (metrics: Metrics, about: Partial<Reading>, thresholds: readonly Threshold[]): Reading => {
  const total = metrics['http_reqs']?.values
  const requests = total?.count ?? 0
  const { seconds } = about
  const users = (metrics['vus_max'] ?? metrics['vus'])?.values
  const measured = {
    requests,
    failed: failedOf(metrics['http_req_failed']?.values, requests),
    throughput: total?.rate ?? (seconds === undefined || seconds === 0 ? undefined : requests / seconds),
    ...percentiles(metrics['http_req_duration']?.values),
  }
  const groups = Object.keys(metrics).flatMap((name) => groupOf(name, metrics))
  return {
    tool: 'k6',
    ...measured,
    // The export has no duration; what it divided the requests by to tell their rate is one.
    seconds: seconds ?? (total?.rate === undefined || total.rate === 0 ? undefined : requests / total.rate),
    users: users?.max ?? users?.value,
    groups: withRest(groups, { name: 'all requests', ...measured }),
    thresholds,
    ...defined(about),
  }
}

/** The end-of-test summary of k6: of `--summary-export`, of `handleSummary` and of `--new-machine-readable-summary`. */
export const k6Summary: EvidenceFormat = {
  kind: 'load',
  name: 'k6-summary',
  recognise: (head): Likeness => {
    if (!/^\s*\{/.test(head)) return /^\s*$/.test(head) ? 'unclear' : 'other'
    if (/"k6_version"|"testRunDurationMs"|"root_group"/.test(head)) return 'this'
    if (/"metrics"\s*:/.test(head) && /"(?:http_req|iteration)s?_?/.test(head)) return 'this'
    return tooShortToTell(head) ? 'unclear' : 'other'
  },
  parse: async (text) => {
    const read = await readDocument(text, z.union([MachineSummary, Summary]), 'k6')
    if ('refused' in read) return read
    const { document } = read
    if ('results' in document) {
      const { results, config, metadata, version } = document
      if (!version.startsWith('1.'))
        return refuse('version', `is of version ${version.slice(0, 20)} of k6’s summary; version 1 is read`)
      const thresholds = (results.thresholds ?? []).flatMap(({ metric, name, source, ok }) =>
        ok === undefined ? [] : [{ metric: metric ?? name ?? '', condition: source ?? '', met: ok }],
      )
      const { metrics } = results
      return loadEvidence(
        text.path,
        readingOf(
          metrics,
          { seconds: config?.duration, version: metadata?.k6_version, startedAt: instant(metadata?.generated_at) },
          thresholds,
        ),
      )
    }
    const { metrics, state } = document
    const thresholds = Object.entries(metrics).flatMap(([metric, own]) =>
      own.thresholds.map((threshold) => ({ metric, ...threshold })),
    )
    const milliseconds = state?.testRunDurationMs
    return loadEvidence(
      text.path,
      readingOf(metrics, milliseconds === undefined ? {} : { seconds: milliseconds / 1000 }, thresholds),
    )
  },
}
