import { SaxesParser } from 'saxes'
import type { EvidenceText, Refusal } from './format.ts'
import { Refused } from './refused.ts'
import { XmlPlaces } from './xml-places.ts'

/** Elements inside elements; PHPUnit and JaCoCo, which nest the deepest, have five or so. */
const maxDepth = 100

/** What is done with a document, in the order in which it is read. Lines and columns count from 1. */
export interface XmlReader {
  open(name: string, attributes: Readonly<Record<string, string>>, line: number, column: number): void
  text(text: string): void
  close(name: string): void
}

export interface XmlLaw {
  /** What the documents are, for refusals: "test result". */
  what: string
  /** Whether a DOCTYPE may name a definition elsewhere, which is never read. One that declares anything is always refused. */
  doctype: 'refuse' | 'external'
}

const why = (error: unknown): { code: string; reason: string } => {
  const message = error instanceof Error ? error.message : ''
  if (/entity/.test(message)) return { code: 'entities', reason: 'uses an entity that XML itself does not have' }
  return { code: 'syntax', reason: 'is not valid XML' }
}

// Tools print terminal colours into CDATA, where XML forbids them; no element is spelt with them.
// oxlint-disable-next-line no-control-regex
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g

/**
 * Reads XML as a stream. Entities that a document declares are refused, and with the default law every DOCTYPE; so are
 * documents that end too early.
 * @returns why the document is refused; undefined when it was read to its end
 */
export const readXml = async (
  text: EvidenceText,
  reader: XmlReader,
  law: XmlLaw = { what: 'test result', doctype: 'refuse' },
): Promise<Refusal | undefined> => {
  const parser = new SaxesParser<{ xmlns: false; position: true }>({ xmlns: false, position: true })
  const places = new XmlPlaces()
  const refuse = (code: string, reason: string, at = places.before(parser.position)): never => {
    throw new Refused({ code, reason, ...at })
  }
  let depth = 0
  let opened = { line: 1, column: 1 }
  parser.on('error', (error) => {
    const { code, reason } = why(error)
    refuse(code, reason)
  })
  parser.on('doctype', (content) => {
    if (law.doctype === 'external' && !content.includes('[')) return
    const declares = content.includes('<!ENTITY') ? ' that declares entities' : ''
    refuse(
      'entities',
      `has a DOCTYPE${declares}, which no ${law.what} needs`,
      places.startOf('<!DOCTYPE', parser.position),
    )
  })
  parser.on('opentagstart', () => {
    if (++depth > maxDepth) refuse('too-deep', `is nested deeper than ${maxDepth} elements`)
    opened = places.startOf('<', parser.position)
  })
  parser.on('opentag', ({ name, attributes }) => reader.open(name, attributes, opened.line, opened.column))
  parser.on('text', (part) => reader.text(part))
  parser.on('cdata', (part) => reader.text(part))
  parser.on('closetag', ({ name }) => {
    depth--
    reader.close(name)
  })
  let written = false
  try {
    for await (const chunk of text.chunks) {
      const clean = chunk.replaceAll(forbidden, '\ufffd')
      places.take(clean)
      parser.write(clean)
    }
    written = true
    parser.close()
    return undefined
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    // What is only wrong once the text is over is that it is over.
    if (written) return { code: 'truncated', reason: 'is cut off before its end', ...places.end() }
    return error.refusal
  }
}
