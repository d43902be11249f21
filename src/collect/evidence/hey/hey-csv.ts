import { type EvidenceFormat } from '../format.ts'
import { readCsv } from '../load/csv.ts'
import { loadEvidence } from '../load/reading.ts'
import { isGood, Tally } from '../load/tally.ts'
import { likeness, numberOf } from '../load/text-report.ts'

/** What `hey -o csv` writes: a line for each answer. Requests without an answer are not in it, so its error rate is of answers. */
export const heyCsv: EvidenceFormat = {
  kind: 'load',
  name: 'hey-csv',
  recognise: (head) => likeness(head, [/^response-time,DNS\+dialup,DNS,/]),
  parse: async (text) => {
    const tally = new Tally()
    const refused = await readCsv(text, (record) => {
      const took = numberOf(record.get('response-time')) ?? Number.NaN
      const offset = numberOf(record.get('offset')) ?? Number.NaN
      const status = numberOf(record.get('status-code')) ?? Number.NaN
      if (!Number.isFinite(took + offset + status)) return { code: 'number', reason: 'has a value that is no number' }
      // Offsets are from the start of the run.
      tally.add({ milliseconds: took * 1000, failed: !isGood(status), at: offset * 1000 })
      return undefined
    })
    if (refused !== undefined) return { refused }
    return loadEvidence(text.path, { tool: 'hey', ...tally.measured(), seconds: tally.seconds(), groups: [] })
  },
}
