import type { EvidenceFormat } from '../format.ts'
import { methodIn } from '../load/access.ts'
import { readCsv, type CsvRecord } from '../load/csv.ts'
import { loadEvidence } from '../load/reading.ts'
import { Tally } from '../load/tally.ts'
import { likeness, numberOf } from '../load/text-report.ts'

const badNumber = { code: 'number', reason: 'has a value that is no number' }

/** JMeter's time: milliseconds since 1970 unless `jmeter.save.saveservice.timestamp_format` says otherwise. */
const startOf = (text: string | undefined): number | undefined => {
  const at = numberOf(text)
  return at === undefined || !Number.isFinite(at) ? undefined : at
}

/** A transaction is listed beside the samples that it is made of, which would count twice. */
const isTransaction = (record: CsvRecord): boolean =>
  record.get('responseMessage')?.startsWith('Number of samples in transaction') === true

/** JMeter's results as CSV, the default of `-l`. The method is only known where the sampler's name begins with it. */
export const jtlCsv: EvidenceFormat = {
  kind: 'load',
  name: 'jmeter-csv',
  recognise: (head) => likeness(head, [/^\uFEFF?timeStamp,elapsed,/]),
  parse: async (text) => {
    const tally = new Tally()
    let users = 0
    const refused = await readCsv(text, (record) => {
      if (isTransaction(record)) return undefined
      const milliseconds = numberOf(record.get('elapsed')) ?? Number.NaN
      const threads = numberOf(record.get('allThreads')) ?? 0
      if (!Number.isFinite(milliseconds) || !Number.isFinite(threads)) return badNumber
      users = Math.max(users, threads)
      const name = record.get('label') ?? ''
      const success = record.get('success')
      tally.add({
        milliseconds,
        failed: success !== 'true',
        name,
        method: methodIn(name),
        at: startOf(record.get('timeStamp')),
      })
      return undefined
    })
    if (refused !== undefined) return { refused }
    return loadEvidence(text.path, {
      tool: 'jmeter',
      ...tally.reading(),
      users: users === 0 ? undefined : users,
    })
  },
}
