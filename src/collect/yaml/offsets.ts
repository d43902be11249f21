/** Maps with more keys than this are looked up through an index: a search through them all would be quadratic. */
const searchable = 16

/** Where one map or list starts, and where each of its keys or items does. Offsets count UTF-16 units from the text's start. */
class Holder {
  readonly self: number
  readonly #keys: readonly string[] | undefined
  readonly #starts: readonly number[]
  #index: Map<string, number> | undefined

  constructor(self: number, keys: readonly string[] | undefined, starts: readonly number[]) {
    this.self = self
    this.#keys = keys
    this.#starts = starts
  }

  of(part: string | number): number | undefined {
    const keys = this.#keys
    if (keys === undefined) return typeof part === 'number' ? this.#starts[part] : undefined
    const key = String(part)
    // The last of a key that stands twice, as its value is the one that is kept.
    if (keys.length <= searchable) return this.#starts[keys.lastIndexOf(key)]
    this.#index ??= new Map(keys.map((name, at) => [name, this.#starts[at] ?? this.self]))
    return this.#index.get(key)
  }
}

/** The offsets at which maps and lists start, and their keys and items, by the object that holds them. */
export class Offsets {
  readonly #holders = new Map<object, Holder>()

  map(holder: object, self: number, keys: readonly string[], starts: readonly number[]): void {
    this.#holders.set(holder, new Holder(self, keys, starts))
  }

  list(holder: object, self: number, starts: readonly number[]): void {
    this.#holders.set(holder, new Holder(self, undefined, starts))
  }

  /** Where the part of a holder starts; where the holder does, if it has no such part; undefined for what is no holder. */
  of(holder: unknown, part?: string | number): number | undefined {
    if (typeof holder !== 'object' || holder === null) return undefined
    const known = this.#holders.get(holder)
    return (part === undefined ? undefined : known?.of(part)) ?? known?.self
  }
}
