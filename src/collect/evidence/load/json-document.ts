import type * as z from 'zod'
import { wholeText, type EvidenceText, type Refusal } from '../format.ts'
import { parseJson } from '../json/whole.ts'
import { refuse } from './reading.ts'

/** Longer summaries are refused: tools write some kilobytes. Characters. */
const maxLength = 16_000_000

/**
 * A short JSON document of a shape.
 * @param tool whose document it is, for refusals
 */
export const readDocument = async <Schema extends z.ZodType>(
  text: EvidenceText,
  schema: Schema,
  tool: string,
): Promise<{ document: z.infer<Schema> } | { refused: Refusal }> => {
  const whole = await wholeText(text, maxLength)
  if (whole === undefined) return refuse('too-large', `is longer than ${maxLength / 1_000_000} million characters`)
  const parsed = parseJson(whole, 3)
  if ('refused' in parsed) return parsed
  const shaped = schema.safeParse(parsed.value)
  if (shaped.success) return { document: shaped.data }
  return misshapen(shaped.error, tool, parsed.places)
}

/** What is said of JSON that is not of a tool's shape. */
export const misshapen = (
  error: z.ZodError,
  tool: string,
  places?: ReadonlyMap<string, { line: number; column: number }>,
): { refused: Refusal } => {
  const keys = error.issues[0]?.path.map(String) ?? []
  const at = places?.get(keys.slice(0, 2).join('/')) ?? places?.get(keys[0] ?? '')
  return refuse(
    'schema',
    `is not of the form that ${tool} writes, at ${keys.join('.').slice(0, 120) || 'its root'}`,
    at,
  )
}

/** Whether the beginning of a text is that of a JSON object, and nothing more is known. */
export const tooShortToTell = (head: string): boolean =>
  /^\s*$/.test(head) || (head.length < 200 && /^\s*[{[]/.test(head))
