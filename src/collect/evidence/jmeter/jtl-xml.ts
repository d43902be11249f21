import type { EvidenceFormat, Likeness } from '../format.ts'
import { asMethod, methodIn } from '../load/access.ts'
import { loadEvidence, refuse } from '../load/reading.ts'
import { Tally, type Sample } from '../load/tally.ts'
import { numberOf } from '../load/text-report.ts'
import { readXml, type XmlReader } from '../xml.ts'

interface Open {
  sample: Sample
  http: boolean
  /** Whether samples inside it were counted in its place. */
  counted: boolean
}

/** Counts requests: of a transaction those inside it, of a redirect or a page with its pictures the outermost alone. */
class JtlReader implements XmlReader {
  readonly tally = new Tally()
  users = 0
  rootKnown = false
  /** The first line with a number that is none. */
  wrong: { line: number; column: number } | undefined
  readonly #open: Open[] = []
  #depth = 0
  #method: string | undefined

  open(name: string, attributes: Readonly<Record<string, string>>, line: number, column: number): void {
    if (this.#depth++ === 0) this.rootKnown = name === 'testResults'
    if (name === 'method') this.#method = ''
    if (name !== 'httpSample' && name !== 'sample') return
    const milliseconds = numberOf(attributes['t']) ?? Number.NaN
    const at = numberOf(attributes['ts'])
    const threads = numberOf(attributes['na']) ?? 0
    if (!Number.isFinite(milliseconds) || !Number.isFinite(at ?? 0) || !Number.isFinite(threads))
      this.wrong ??= { line, column }
    this.users = Math.max(this.users, Number.isFinite(threads) ? threads : 0)
    const label = attributes['lb'] ?? ''
    this.#open.push({
      sample: { milliseconds, failed: attributes['s'] !== 'true', name: label, method: methodIn(label), at },
      http: name === 'httpSample',
      counted: false,
    })
  }

  text(text: string): void {
    if (this.#method !== undefined && this.#method.length < 100) this.#method += text
  }

  close(name: string): void {
    this.#depth--
    const last = this.#open.at(-1)
    if (name === 'method') {
      if (last !== undefined) last.sample.method = asMethod(this.#method) ?? last.sample.method
      this.#method = undefined
    }
    if ((name !== 'httpSample' && name !== 'sample') || last === undefined) return
    this.#open.pop()
    const parent = this.#open.at(-1)
    const inside = this.#open.some(({ http }) => http)
    if (!inside && !last.counted && this.wrong === undefined) this.tally.add(last.sample)
    if (parent !== undefined && !parent.http) parent.counted = true
  }
}

/** JMeter's results as XML. */
export const jtlXml: EvidenceFormat = {
  kind: 'load',
  name: 'jmeter-xml',
  recognise: (head): Likeness => {
    if (/<testResults[\s>]/.test(head)) return 'this'
    return /^\s*$/.test(head) || /^\s*<\?xml[^>]*>?\s*$/.test(head) ? 'unclear' : 'other'
  },
  parse: async (text) => {
    const reader = new JtlReader()
    const refused = await readXml(text, reader, { what: 'load test result', doctype: 'refuse' })
    if (refused !== undefined) return { refused }
    if (!reader.rootKnown) return refuse('format', 'is XML, and not of JMeter’s form')
    if (reader.wrong !== undefined) return refuse('number', 'has a value that is no number', reader.wrong)
    const { tally, users } = reader
    return loadEvidence(text.path, {
      tool: 'jmeter',
      ...tally.reading(),
      users: users === 0 ? undefined : users,
    })
  },
}
