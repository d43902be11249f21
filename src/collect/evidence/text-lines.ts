import type { EvidenceText } from './format.ts'

/** A longer line is nothing that a tool wrote about tests or coverage; go test cuts its output at every newline. Characters. */
const maxLine = 4_000_000

/** One line of a text, without its end. */
export interface TextLine {
  text: string
  /** Counts from 1. */
  line: number
  /** Whether the file goes on or ends with a line break: a line without one may be cut off. */
  ended: boolean
}

/**
 * The lines of a text that comes in pieces; nothing for the emptiness after the last line break.
 * @throws LongLine for one that is longer than any tool writes
 */
export const textLines = async function* ({ chunks }: EvidenceText): AsyncGenerator<TextLine[]> {
  let line = 0
  const parts: string[] = []
  let length = 0
  for await (const chunk of chunks) {
    const pieces = chunk.split('\n')
    const rest = pieces.pop() ?? ''
    const lines: TextLine[] = []
    for (const piece of pieces) {
      const whole = parts.length === 0 ? piece : parts.join('') + piece
      parts.length = 0
      length = 0
      line++
      lines.push({ text: whole.endsWith('\r') ? whole.slice(0, -1) : whole, line, ended: true })
    }
    length += rest.length
    if (length > maxLine) throw new LongLine(line + 1)
    if (rest !== '') parts.push(rest)
    yield lines
  }
  if (parts.length > 0) yield [{ text: parts.join(''), line: line + 1, ended: false }]
}

export class LongLine extends Error {
  readonly line: number

  constructor(line: number) {
    super('has a line that is longer than 4 million characters')
    this.name = 'LongLine'
    this.line = line
  }
}
