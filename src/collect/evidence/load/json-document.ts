import type * as z from 'zod'
import { wholeText, type EvidenceText, type Refusal } from '../format.ts'
import { readJson } from '../json/stream.ts'
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
  let document: unknown
  const refused = await readJson(again(text.path, whole), {
    paths: ['$'],
    each: ({ value }) => void (document = value),
  })
  if (refused !== undefined) return { refused }
  const shaped = schema.safeParse(document)
  if (shaped.success) return { document: shaped.data }
  return misshapen(shaped.error, tool, await placesOf(again(text.path, whole)))
}

const again = (path: string, whole: string): EvidenceText => ({
  path,
  // oxlint-disable-next-line require-await -- a text that is there already, as one that is read
  chunks: (async function* () {
    yield whole
  })(),
})

/** Where the values of the upper two levels stand; only asked for where a document is refused. */
const placesOf = async (text: EvidenceText): Promise<ReadonlyMap<string, { line: number; column: number }>> => {
  const places = new Map<string, { line: number; column: number }>()
  await readJson(text, {
    paths: ['$.*.*', '$.*'],
    each: ({ path, line, column }) => void places.set(path.join('/'), { line, column }),
  })
  return places
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
