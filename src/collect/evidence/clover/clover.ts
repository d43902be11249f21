import { ReportSources } from '../coverage/report.ts'
import { isLine, type SourceCoverage } from '../coverage/source.ts'
import { momentOf, wholeOf, xmlRoot } from '../coverage/xml-root.ts'
import type { EvidenceFormat, Likeness } from '../format.ts'
import { readXml, type XmlReader } from '../xml.ts'

/** Counts the lines that files list. Methods are not lines: PHPUnit lists them beside their first statement. */
class CloverReader implements XmlReader {
  readonly sources = new ReportSources()
  createdAt: string | undefined
  #current: SourceCoverage | undefined

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'coverage') this.createdAt = momentOf(attributes['generated'])
    else if (name === 'file') {
      const path = attributes['path'] ?? attributes['name'] ?? ''
      this.#current = path === '' ? undefined : this.sources.at(path)
    } else if (name === 'line' && attributes['type'] !== 'method') {
      const line = wholeOf(attributes['num'])
      if (isLine(line)) this.#current?.line(line, (wholeOf(attributes['count']) ?? 0) > 0)
    }
  }

  text(): void {}

  close(name: string): void {
    if (name !== 'file') return
    this.#current?.trim()
    this.#current = undefined
  }
}

/**
 * Clover's XML, as Istanbul and PHPUnit write it. Lines alone: what `truecount` and `falsecount` of a condition mean is not
 * the same with both.
 */
export const clover: EvidenceFormat = {
  kind: 'coverage',
  name: 'clover',
  recognise: (head): Likeness => {
    const root = xmlRoot(head)
    if (root === undefined) return /^\s*</.test(head) || head.trim() === '' ? 'unclear' : 'other'
    return root === 'coverage' && /<coverage\s[^>]*\b(?:clover|generated)=/.test(head) ? 'this' : 'other'
  },
  parse: async (text) => {
    const reader = new CloverReader()
    const refused = await readXml(text, reader, { what: 'coverage report', doctype: 'external' })
    const wrong = refused ?? reader.sources.refusal(1)
    if (wrong !== undefined) return { refused: wrong }
    return reader.sources.evidence(text.path, { createdAt: reader.createdAt })
  },
}
