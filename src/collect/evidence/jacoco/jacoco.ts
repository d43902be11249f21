import { ReportSources } from '../coverage/report.ts'
import { isLine, type SourceCoverage } from '../coverage/source.ts'
import { momentOf, wholeOf, xmlRoot } from '../coverage/xml-root.ts'
import type { EvidenceFormat, Likeness } from '../format.ts'
import { readXml, type XmlReader } from '../xml.ts'

/** Counts the lines that source files list. A line ran when any instruction of it did, as JaCoCo's own counters have it. */
class JacocoReader implements XmlReader {
  readonly sources = new ReportSources()
  createdAt: string | undefined
  #package = ''
  #current: SourceCoverage | undefined

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'package') this.#package = attributes['name'] ?? ''
    else if (name === 'sessioninfo') {
      const dumped = momentOf(attributes['dump'])
      if (dumped !== undefined && (this.createdAt === undefined || dumped < this.createdAt)) this.createdAt = dumped
    } else if (name === 'sourcefile' && attributes['name'] !== undefined)
      this.#current = this.sources.at(`${this.#package === '' ? '' : `${this.#package}/`}${attributes['name']}`)
    else if (name === 'line') this.#line(attributes)
  }

  text(): void {}

  close(name: string): void {
    if (name !== 'sourcefile') return
    this.#current?.trim()
    this.#current = undefined
  }

  #line({ nr, ci, mb, cb }: Readonly<Record<string, string>>): void {
    const line = wholeOf(nr)
    if (this.#current === undefined || !isLine(line)) return
    this.#current.line(line, (wholeOf(ci) ?? 0) > 0)
    const [missed, covered] = [wholeOf(mb) ?? 0, wholeOf(cb) ?? 0]
    if (missed + covered > 0) this.#current.branches(line, covered, missed + covered)
  }
}

/** JaCoCo's XML, of Maven, Gradle and the command line. Classes that were built without line numbers list nothing. */
export const jacoco: EvidenceFormat = {
  kind: 'coverage',
  name: 'jacoco',
  recognise: (head): Likeness => {
    const root = xmlRoot(head)
    if (root === undefined) return /^\s*</.test(head) || head.trim() === '' ? 'unclear' : 'other'
    return root === 'report' && /JACOCO|<sessioninfo\b|<package\b|<group\b|<counter\b/.test(head) ? 'this' : 'other'
  },
  parse: async (text) => {
    const reader = new JacocoReader()
    const refused = await readXml(text, reader, { what: 'coverage report', doctype: 'external' })
    const wrong = refused ?? reader.sources.refusal(1)
    if (wrong !== undefined) return { refused: wrong }
    return reader.sources.evidence(text.path, { createdAt: reader.createdAt })
  },
}
