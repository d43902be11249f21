/** Narrowing for plain data that came from a file: what is not of the shape is undefined, and never throws. */
export type Mapping = Record<string, unknown>

export const asMapping = (value: unknown): Mapping | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Mapping) : undefined

export const asList = (value: unknown): readonly unknown[] | undefined => (Array.isArray(value) ? value : undefined)

export const asString = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

export const asNumber = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined)

export const asBoolean = (value: unknown): boolean | undefined => (typeof value === 'boolean' ? value : undefined)

/** A scalar as its text, as most formats take `8080` and `"8080"` for the same. */
export const asText = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined

/** The strings of a list, or of a single string where a format allows both. */
export const asStrings = (value: unknown): string[] => {
  if (typeof value === 'string') return [value]
  return (asList(value) ?? []).flatMap((item) => asText(item) ?? [])
}

/** A copy without the keys whose value is undefined, so that `has()` in rules tells the truth. */
export const defined = <T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } => {
  // A loop, since this is called for every fact.
  const copy: Record<string, unknown> = {}
  for (const key of Object.keys(value)) {
    const part = (value as Record<string, unknown>)[key]
    if (part !== undefined) copy[key] = part
  }
  return copy as { [K in keyof T]: Exclude<T[K], undefined> }
}
