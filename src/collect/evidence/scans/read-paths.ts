import type * as z from 'zod'
import type { EvidenceText, Refusal } from '../format.ts'
import type { JsonShapes } from '../json/shapes.ts'
import { readJson, type JsonValue } from '../json/stream.ts'

export type Handler = (value: JsonValue) => Refusal | undefined | void

const matches = (pattern: readonly string[], path: readonly (string | number)[]): boolean =>
  pattern.length === path.length && pattern.every((step, index) => step === '*' || step === String(path[index]))

/**
 * Reads JSON as a stream, and gives the values at some paths to their handlers.
 * @param handlers by path: `Results.*.Vulnerabilities.*`
 */
export const readPaths = (
  text: EvidenceText,
  handlers: Readonly<Record<string, Handler>>,
  options: { shapes?: JsonShapes; separator?: string } = {},
): Promise<Refusal | undefined> => {
  const known = Object.entries(handlers).map(([path, handler]) => ({ pattern: path.split('.'), handler }))
  return readJson(text, {
    paths: Object.keys(handlers).map((path) => `$.${path}`),
    ...options,
    each: (value) => known.find(({ pattern }) => matches(pattern, value.path))?.handler(value),
  })
}

/** A handler of values of a schema; any other value is a refusal, which says where it stands and nothing of it. */
export const taking =
  <Schema extends z.ZodType>(
    schema: Schema,
    handle: (data: z.infer<Schema>, value: JsonValue) => Refusal | undefined | void,
  ): Handler =>
  (value) => {
    const parsed = schema.safeParse(value.value)
    if (parsed.success) return handle(parsed.data, value)
    const way = [...value.path, ...(parsed.error.issues[0]?.path ?? [])].map(String).join('.').slice(0, 120)
    return {
      code: 'schema',
      reason: `is not of the form of its tool at ${way}`,
      line: value.line,
      column: value.column,
    }
  }

/** What is wrong with a whole file. */
export const refuse = (code: string, reason: string): { refused: Refusal } => ({
  refused: { code, reason, line: 1, column: 1 },
})
