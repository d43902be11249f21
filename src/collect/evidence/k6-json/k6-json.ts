import { asMapping, asNumber, asString } from '../../shape.ts'
import { instant, type EvidenceFormat, type Likeness } from '../format.ts'
import { asMethod, pathOf } from '../load/access.ts'
import { readJsonLines } from '../load/json-lines.ts'
import { loadEvidence } from '../load/reading.ts'
import { Tally } from '../load/tally.ts'

type Complaint = { code: string; reason: string } | undefined

const badNumber: Complaint = { code: 'number', reason: 'has a value that is no duration' }

/** Counts the points of a run. A request's duration and whether it failed are two points with the same tags. */
class Points {
  readonly tally = new Tally()
  failed = 0
  failures = 0
  users = 0
  #time: string | undefined
  #at: number | undefined

  take(value: Readonly<Record<string, unknown>>): Complaint {
    if (value['type'] !== 'Point') return undefined
    const { metric } = value
    if (metric !== 'http_req_duration' && metric !== 'http_req_failed' && metric !== 'vus' && metric !== 'vus_max')
      return undefined
    const data = asMapping(value['data'])
    const number = asNumber(data?.['value'])
    if (number === undefined || !Number.isFinite(number) || number < 0) return badNumber
    if (metric === 'http_req_duration') this.#request(number, data)
    else if (metric === 'http_req_failed') {
      this.failed += number === 0 ? 0 : 1
      this.failures++
    } else this.users = Math.max(this.users, number)
    return undefined
  }

  #request(milliseconds: number, data: Readonly<Record<string, unknown>> | undefined): void {
    const tags = asMapping(data?.['tags'])
    const name = asString(tags?.['name'])
    const status = Number(tags?.['status'])
    const expected = tags?.['expected_response']
    this.tally.add({
      milliseconds,
      // A status of 0 is no answer at all.
      failed: expected === undefined ? !(status >= 200 && status < 400) : expected !== 'true',
      name: name?.includes('://') === true ? pathOf(name) : name,
      method: asMethod(asString(tags?.['method'])),
      at: this.#timeOf(asString(data?.['time'])),
    })
  }

  /** Milliseconds since 1970. Points of one request come with one time. */
  #timeOf(time: string | undefined): number | undefined {
    if (time === undefined || time === this.#time) return this.#at
    const at = instant(time)
    this.#time = time
    this.#at = at === undefined ? undefined : Date.parse(at)
    return this.#at
  }
}

/**
 * The points of a run of k6, one in a line, as `--out json` writes them. Percentiles are told to 0.1 % from a histogram whose
 * memory does not grow with the run. Times in k6's points are those of the answers.
 */
export const k6Json: EvidenceFormat = {
  kind: 'load',
  name: 'k6-json',
  recognise: (head): Likeness => {
    if (/^\s*\{"(?:type|metric)":"/.test(head) && /"type":"(?:Metric|Point)"/.test(head)) return 'this'
    return /^\s*$/.test(head) ? 'unclear' : 'other'
  },
  parse: async (text) => {
    const points = new Points()
    const refused = await readJsonLines(text, (value) => points.take(value))
    if (refused !== undefined) return { refused }
    const { tally, users } = points
    const measured = tally.measured()
    return loadEvidence(text.path, {
      tool: 'k6',
      ...measured,
      ...(points.failures === measured.requests ? { failed: points.failed } : {}),
      users: users === 0 ? undefined : users,
      seconds: tally.seconds(),
      startedAt: tally.startedAt(),
      groups: tally.groups(),
    })
  },
}
