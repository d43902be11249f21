/** Objects get every field that GitHub's description requires: what matters is written, the rest is filled in from the schema. */
import { resolve, type Schema } from './description.ts'

const deepest = 40
const places: Record<string, string> = {
  'date-time': '2026-01-01T00:00:00Z',
  date: '2026-01-01',
  uri: 'https://github.example/',
  email: 'ada@shop.example',
}

const deref = (schema: Schema): Schema => (schema.$ref === undefined ? schema : deref(resolve(schema.$ref) as Schema))

const isNull = (schema: Schema): boolean => schema.type === 'null'

const sampleString = ({ format, minLength }: Schema): string =>
  places[format ?? ''] ?? '-'.repeat(Math.max(minLength ?? 0, 0))

/** The plainest value that a schema allows. */
const sample = (given: Schema, depth: number): unknown => {
  const schema = deref(given)
  if (schema.nullable === true) return null
  if (schema.const !== undefined) return schema.const
  if (schema.enum !== undefined) return schema.enum[0]
  const variants = schema.anyOf ?? schema.oneOf
  if (variants !== undefined && schema.properties === undefined)
    return variants.some(isNull) ? null : sample(variants[0] ?? {}, depth + 1)
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type
  if (type === 'string') return sampleString(schema)
  if (type === 'integer' || type === 'number') return schema.minimum ?? 0
  if (type === 'boolean') return false
  if (type === 'array') return Array.from({ length: schema.minItems ?? 0 }, () => sample(schema.items ?? {}, depth + 1))
  return type === 'null' ? null : fill(schema, {}, depth + 1)
}

const samples = new Map<Schema, unknown>()
const sampleOf = (schema: Schema, depth: number): unknown => {
  const kept = samples.get(schema)
  if (kept !== undefined) return kept
  const made = sample(schema, depth)
  samples.set(schema, made)
  return made
}

const variantFor = (variants: readonly Schema[], value: object): Schema | undefined =>
  variants.map(deref).find((one) => !isNull(one) && (one.type === 'array') === Array.isArray(value))

/** A value with what its schema requires and it lacks. */
const fill = (given: Schema, value: unknown, depth: number): unknown => {
  if (depth > deepest || typeof value !== 'object' || value === null) return value
  const schema = deref(given)
  if (Array.isArray(value)) return value.map((item) => fill(schema.items ?? {}, item, depth + 1))
  let filled = value as Record<string, unknown>
  for (const part of schema.allOf ?? []) filled = fill(part, filled, depth + 1) as Record<string, unknown>
  const variants = schema.anyOf ?? schema.oneOf
  const variant = variants === undefined ? undefined : variantFor(variants, value)
  if (variant !== undefined) filled = fill(variant, filled, depth + 1) as Record<string, unknown>
  const { properties } = schema
  if (properties === undefined) return filled
  const whole: Record<string, unknown> = {}
  for (const [key, inner] of Object.entries(filled)) {
    const known = properties[key]
    whole[key] = known === undefined ? inner : fill(known, inner, depth + 1)
  }
  for (const key of schema.required ?? []) if (!(key in whole)) whole[key] = sampleOf(properties[key] ?? {}, depth + 1)
  return whole
}

/** @param reference where the description has the schema; undefined gives the value back as it is */
export const complete = (reference: string | undefined, value: unknown): unknown =>
  reference === undefined ? value : fill({ $ref: reference }, value, 0)
