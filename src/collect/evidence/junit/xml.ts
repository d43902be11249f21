import { SaxesParser } from 'saxes'
import type { Refusal } from '../format.ts'

/** Elements inside elements; PHPUnit, which nests the deepest, has five or so. */
const maxDepth = 100

/** What is done with a document, in the order in which it is read. Lines and columns count from 1. */
export interface XmlReader {
  open(name: string, attributes: Readonly<Record<string, string>>, line: number, column: number): void
  text(text: string): void
  close(name: string): void
}

class Refused extends Error {
  readonly refusal: Refusal

  constructor(refusal: Refusal) {
    super(refusal.reason)
    this.name = 'Refused'
    this.refusal = refusal
  }
}

/** Counts lines forwards, so that asking for the place of every element costs one pass over the text. */
const places = (text: string): ((offset: number) => { line: number; column: number }) => {
  let line = 1
  let start = 0
  return (offset) => {
    for (let at = text.indexOf('\n', start); at >= 0 && at < offset; at = text.indexOf('\n', start)) {
      line++
      start = at + 1
    }
    return { line, column: offset - start + 1 }
  }
}

const why = (error: unknown): { code: string; reason: string } => {
  const message = error instanceof Error ? error.message : ''
  if (/entity/.test(message)) return { code: 'entities', reason: 'uses an entity that XML itself does not have' }
  return { code: 'syntax', reason: 'is not valid XML' }
}

/**
 * Reads XML as a stream. Documents with a DOCTYPE are refused, and with it all entities that they could declare; so are
 * documents that end too early.
 * @returns why the document is refused; undefined when it was read to its end
 */
export const readXml = (source: string, reader: XmlReader): Refusal | undefined => {
  // Tools print terminal colours into CDATA, where XML forbids them; no element is spelt with them.
  // oxlint-disable-next-line no-control-regex
  const text = source.replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
  const parser = new SaxesParser<{ xmlns: false; position: true }>({ xmlns: false, position: true })
  const placeOf = places(text)
  const here = (): { line: number; column: number } => placeOf(Math.max(0, Math.min(parser.position, text.length) - 1))
  const refuse = (code: string, reason: string, at = here()): never => {
    throw new Refused({ code, reason, ...at })
  }
  let depth = 0
  let opened = { line: 1, column: 1 }
  parser.on('error', (error) => {
    const { code, reason } = why(error)
    refuse(code, reason)
  })
  parser.on('doctype', (content) =>
    refuse(
      'entities',
      `has a DOCTYPE${content.includes('<!ENTITY') ? ' that declares entities' : ''}, which no test result needs`,
      placeOf(text.indexOf('<!DOCTYPE')),
    ),
  )
  parser.on('opentagstart', () => {
    if (++depth > maxDepth) refuse('too-deep', `is nested deeper than ${maxDepth} elements`)
    opened = placeOf(text.lastIndexOf('<', parser.position - 1))
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
    parser.write(text)
    written = true
    parser.close()
    return undefined
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    // What is only wrong once the text is over is that it is over.
    if (written) return { code: 'truncated', reason: 'is cut off before its end', ...placeOf(text.length) }
    return error.refusal
  }
}
