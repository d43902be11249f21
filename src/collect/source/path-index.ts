/** Things by their paths, so that those below a folder are found without a look at all the others. */
export class PathIndex<T> {
  readonly #paths: string[]
  readonly #values: T[]

  constructor(values: Iterable<T>, pathOf: (value: T) => string) {
    const entries = Array.from(values, (value) => ({ path: pathOf(value), value }))
    entries.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
    this.#paths = entries.map(({ path }) => path)
    this.#values = entries.map(({ value }) => value)
  }

  /** Everything in a folder and its folders; of the empty folder, everything. */
  below(folder: string): T[] {
    if (folder === '') return this.#values
    // Zero follows the slash in the order of characters.
    return this.#values.slice(this.#first(`${folder}/`), this.#first(`${folder}0`))
  }

  /** What has exactly this path. */
  at(path: string): T | undefined {
    const index = this.#first(path)
    return this.#paths[index] === path ? this.#values[index] : undefined
  }

  #first(path: string): number {
    let low = 0
    let high = this.#paths.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#paths[middle] ?? '') < path) low = middle + 1
      else high = middle
    }
    return low
  }
}
