import { asMapping } from '../../shape.ts'
import type { EvidenceText, Refusal } from '../format.ts'
import { linesOf, LongLine, maxLineLength } from './lines.ts'

/**
 * Reads JSON lines: each is an object.
 * @param each may return why the text is refused, which ends the reading; the line is added to that
 * @returns why the text is refused; undefined when it was read to its end
 */
export const readJsonLines = async (
  text: EvidenceText,
  each: (value: Readonly<Record<string, unknown>>) => { code: string; reason: string } | undefined,
): Promise<Refusal | undefined> => {
  let broken: number | undefined
  try {
    for await (const lines of linesOf(text))
      for (const { text: line, number } of lines) {
        if (line === '' || line.trim() === '') continue
        // Only what is last may be incomplete.
        if (broken !== undefined) return { code: 'syntax', reason: 'is not JSON in this line', line: broken, column: 1 }
        let value: unknown
        try {
          value = JSON.parse(line)
        } catch {
          broken = number
          continue
        }
        const mapping = asMapping(value)
        const refused =
          mapping === undefined ? { code: 'schema', reason: 'has a line that is no object' } : each(mapping)
        if (refused !== undefined) return { ...refused, line: number, column: 1 }
      }
  } catch (error) {
    if (error instanceof LongLine)
      return {
        code: 'too-large',
        reason: `has a line of more than ${maxLineLength / 1_000_000} million characters`,
        line: error.line,
        column: 1,
      }
    throw error
  }
  return broken === undefined
    ? undefined
    : { code: 'truncated', reason: 'is cut off before its end', line: broken, column: 1 }
}
