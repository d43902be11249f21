import * as z from 'zod'
import { instant, type EvidenceFormat, type Likeness } from '../format.ts'
import { readDocument, tooShortToTell } from '../load/json-document.ts'
import { loadEvidence } from '../load/reading.ts'

const measure = z.number().nonnegative()
const nanoseconds = measure.transform((value) => value / 1e6).optional()

const Report = z.object({
  latencies: z.object({ '50th': nanoseconds, '90th': nanoseconds, '95th': nanoseconds, '99th': nanoseconds }),
  earliest: z.string().optional(),
  duration: measure.optional(),
  wait: measure.optional(),
  requests: measure,
  rate: measure.optional(),
  throughput: measure.optional(),
  success: measure.max(1),
})

/** What `vegeta report -type=json` writes. Durations are nanoseconds. */
export const vegetaJson: EvidenceFormat = {
  kind: 'load',
  name: 'vegeta-json',
  recognise: (head): Likeness => {
    if (/^\s*\{\s*"latencies"\s*:/.test(head)) return 'this'
    return /^\s*$/.test(head) || (/^\s*\{/.test(head) && tooShortToTell(head)) ? 'unclear' : 'other'
  },
  parse: async (text) => {
    const read = await readDocument(text, Report, 'vegeta')
    if ('refused' in read) return read
    const { latencies, earliest, duration, requests, throughput, success } = read.document
    return loadEvidence(text.path, {
      tool: 'vegeta',
      requests,
      failed: Math.round(requests * (1 - success)),
      throughput,
      seconds: duration === undefined ? undefined : duration / 1e9,
      startedAt: instant(earliest),
      p50: latencies['50th'],
      p90: latencies['90th'],
      p95: latencies['95th'],
      p99: latencies['99th'],
      groups: [],
    })
  },
}
