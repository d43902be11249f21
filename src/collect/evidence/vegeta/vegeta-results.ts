import { asNumber, asString } from '../../shape.ts'
import { instant, type EvidenceFormat, type Likeness } from '../format.ts'
import { asMethod, pathOf } from '../load/access.ts'
import { readJsonLines } from '../load/json-lines.ts'
import { loadEvidence } from '../load/reading.ts'
import { isGood, Tally } from '../load/tally.ts'

/** Single results, as `vegeta encode` writes them: a JSON object in each line, its latency in nanoseconds. */
export const vegetaResults: EvidenceFormat = {
  kind: 'load',
  name: 'vegeta-results',
  recognise: (head): Likeness => {
    if (/^\s*\{"attack":/.test(head) && head.includes('"latency"')) return 'this'
    return /^\s*$/.test(head) ? 'unclear' : 'other'
  },
  parse: async (text) => {
    const tally = new Tally()
    const refused = await readJsonLines(text, (value) => {
      const latency = asNumber(value['latency'])
      const code = asNumber(value['code'])
      if (latency === undefined || code === undefined || !Number.isFinite(latency) || latency < 0)
        return { code: 'number', reason: 'has a latency or a status that is no number' }
      const time = instant(asString(value['timestamp']))
      const url = asString(value['url'])
      tally.add({
        milliseconds: latency / 1e6,
        failed: !isGood(code) || (asString(value['error']) ?? '') !== '',
        name: url === undefined || url === '' ? undefined : pathOf(url),
        method: asMethod(asString(value['method'])),
        at: time === undefined ? undefined : Date.parse(time),
      })
      return undefined
    })
    if (refused !== undefined) return { refused }
    return loadEvidence(text.path, {
      tool: 'vegeta',
      ...tally.reading(),
    })
  },
}
