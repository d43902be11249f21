import { asMapping } from '../../shape.ts'
import type { EvidenceText, Refusal } from '../format.ts'
import { readLines } from '../text-lines.ts'

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
  const refused = await readLines(text, ({ text: line, line: number }) => {
    if (line === '' || line.trim() === '') return undefined
    // Only what is last may be incomplete.
    if (broken !== undefined) return { code: 'syntax', reason: 'is not JSON in this line', line: broken, column: 1 }
    let value: unknown
    try {
      value = JSON.parse(line)
    } catch {
      broken = number
      return undefined
    }
    const mapping = asMapping(value)
    const wrong = mapping === undefined ? { code: 'schema', reason: 'has a line that is no object' } : each(mapping)
    return wrong === undefined ? undefined : { ...wrong, line: number, column: 1 }
  })
  if (refused !== undefined) return refused
  return broken === undefined
    ? undefined
    : { code: 'truncated', reason: 'is cut off before its end', line: broken, column: 1 }
}
