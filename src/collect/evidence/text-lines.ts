import type { EvidenceText, Refusal } from './format.ts'

/** A longer line is nothing that a tool wrote; go test cuts its output at every newline. Characters. */
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
 * Reads the lines of a text that comes in pieces; nothing for the emptiness after the last line break.
 * @param take may return why the text is refused, which ends the reading
 * @returns why the text is refused; undefined when it was read to its end
 */
export const readLines = async (
  { chunks }: EvidenceText,
  take: (line: TextLine) => Refusal | undefined,
): Promise<Refusal | undefined> => {
  let line = 0
  const parts: string[] = []
  let length = 0
  for await (const chunk of chunks) {
    const pieces = chunk.split('\n')
    const rest = pieces.pop() ?? ''
    for (const piece of pieces) {
      const whole = parts.length === 0 ? piece : parts.join('') + piece
      parts.length = 0
      length = 0
      line++
      const refused = take({ text: whole.endsWith('\r') ? whole.slice(0, -1) : whole, line, ended: true })
      if (refused !== undefined) return refused
    }
    length += rest.length
    if (length > maxLine)
      return {
        code: 'too-large',
        reason: `has a line that is longer than ${maxLine / 1_000_000} million characters`,
        line: line + 1,
        column: 1,
      }
    if (rest !== '') parts.push(rest)
  }
  return parts.length === 0 ? undefined : take({ text: parts.join(''), line: line + 1, ended: false })
}
