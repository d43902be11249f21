import { ReportSources } from '../coverage/report.ts'
import { isLine, type SourceCoverage } from '../coverage/source.ts'
import { momentOf, wholeOf, xmlRoot } from '../coverage/xml-root.ts'
import type { EvidenceFormat, Likeness } from '../format.ts'
import { readXml, type XmlReader } from '../xml.ts'

const conditions = /\((\d{1,6})\/(\d{1,6})\)/

/** Counts the lines that classes list; the rates at the top are not looked at. */
class CoberturaReader implements XmlReader {
  readonly sources = new ReportSources()
  createdAt: string | undefined
  known = false
  #roots: string[] = []
  #root: string | undefined
  #current: SourceCoverage | undefined
  #depth = 0
  /** Lines of methods are those of the class again, except with Istanbul, which lists where each function begins. */
  #inMethod = false

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (this.#depth++ === 0) {
      this.known = name === 'coverage'
      this.createdAt = momentOf(attributes['timestamp'])
    } else if (name === 'source') this.#root = ''
    else if (name === 'class') this.#class(attributes['filename'])
    else if (name === 'method') this.#inMethod = true
    else if (name === 'line' && !this.#inMethod) this.#line(attributes)
  }

  text(text: string): void {
    if (this.#root !== undefined && this.#root.length < 4096) this.#root += text
  }

  close(name: string): void {
    this.#depth--
    if (name === 'class') {
      this.#current?.trim()
      this.#current = undefined
    } else if (name === 'method') this.#inMethod = false
    else if (name === 'source' && this.#root !== undefined) {
      if (this.#roots.length < 2) this.#roots.push(this.#root.trim())
      this.#root = undefined
    }
  }

  #class(file: string | undefined): void {
    if (file === undefined || file === '') return
    const [root, another] = this.#roots
    const absolute = /^(?:\/|[A-Za-z]:)/.test(file)
    const inRoot = absolute || root === undefined || another !== undefined || !root.startsWith('/')
    this.#current = this.sources.at(inRoot ? file : `${root.replace(/\/$/, '')}/${file}`)
  }

  #line(attributes: Readonly<Record<string, string>>): void {
    const line = wholeOf(attributes['number'])
    if (this.#current === undefined || !isLine(line)) return
    const hits = wholeOf(attributes['hits'])
    this.#current.line(line, hits !== undefined && hits > 0)
    const [, covered, total] = conditions.exec((attributes['condition-coverage'] ?? '').slice(0, 100)) ?? []
    if (total !== undefined) this.#current.branches(line, Number(covered), Number(total))
  }
}

/**
 * Cobertura's XML, as coverage.py, Istanbul, coverlet, gocover-cobertura and others write it. Its DOCTYPE names a
 * definition on the network, which is never fetched.
 */
export const cobertura: EvidenceFormat = {
  kind: 'coverage',
  name: 'cobertura',
  recognise: (head): Likeness => {
    const root = xmlRoot(head)
    if (root === undefined) return /^\s*</.test(head) || head.trim() === '' ? 'unclear' : 'other'
    return root === 'coverage' && !/<coverage\s[^>]*\b(?:clover|generated)=/.test(head) ? 'this' : 'other'
  },
  parse: async (text) => {
    const reader = new CoberturaReader()
    const refused = await readXml(text, reader, { what: 'coverage report', doctype: 'external' })
    const wrong = refused ?? reader.sources.refusal(1)
    if (wrong !== undefined) return { refused: wrong }
    return reader.sources.evidence(text.path, { createdAt: reader.createdAt })
  },
}
