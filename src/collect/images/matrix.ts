import { asList, asMapping, asText, type Mapping } from '../shape.ts'

/** A job with more combinations is judged by its first ones. */
const maxCombinations = 40

/** `matrix.service` and, of an object, `matrix.service.name`. */
const flatten = (name: string, value: unknown): Record<string, string> => {
  const map = asMapping(value)
  if (map === undefined) {
    const text = asText(value)
    return text === undefined ? {} : { [name]: text }
  }
  return Object.fromEntries(
    Object.entries(map).flatMap(([key, part]) => {
      const text = asText(part)
      return text === undefined ? [] : [[`${name}.${key}`.toLowerCase(), text]]
    }),
  )
}

const includes = (list: unknown): Record<string, string>[] =>
  (asList(list) ?? []).flatMap((item) => {
    const map = asMapping(item)
    if (map === undefined) return []
    return [Object.assign({}, ...Object.entries(map).map(([key, value]) => flatten(key.toLowerCase(), value)))]
  })

/** The values that a job's matrix takes, one record for each run; one empty record where it has none or computes it. */
export const combinationsOf = (job: Mapping): Readonly<Record<string, string>>[] => {
  const matrix = asMapping(asMapping(job['strategy'])?.['matrix'])
  if (matrix === undefined) return [{}]
  let found: Record<string, string>[] = [{}]
  for (const [name, values] of Object.entries(matrix)) {
    if (name === 'include' || name === 'exclude') continue
    const list = asList(values)
    if (list === undefined || list.length === 0) continue
    found = found
      .flatMap((one) => list.map((value) => ({ ...one, ...flatten(name.toLowerCase(), value) })))
      .slice(0, maxCombinations)
  }
  const plain = found.length > 1 || Object.keys(found[0] ?? {}).length > 0
  for (const extra of includes(matrix['include'])) {
    // What agrees with a combination adds to it; what does not is a run of its own.
    const keys = new Set(found.flatMap((one) => Object.keys(one)))
    const matching = found.filter((one) =>
      Object.entries(extra).every(([key, value]) => !keys.has(key) || one[key] === value),
    )
    if (plain && matching.length > 0) for (const one of matching) Object.assign(one, { ...extra, ...one })
    else found.push(extra)
  }
  if (!plain && found.length > 1) found.shift()
  return found.slice(0, maxCombinations)
}
