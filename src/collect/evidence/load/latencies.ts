/**
 * Buckets grow by this factor, so that a value told from its bucket's middle is at most 0.1 % off: the logarithmic histogram
 * of DDSketch (Masson, Rim, Lee, 2019), in memory that does not grow with the number of values.
 */
const growth = 1.002
const logGrowth = Math.log(growth)

/** Shorter ones are told apart no further, and longer ones neither. Milliseconds: a tenth of a microsecond, and a day. */
const shortest = 0.0001
const longest = 86_400_000

const bucketOf = (milliseconds: number): number => Math.ceil(Math.log(milliseconds) / logGrowth)
const firstBucket = bucketOf(shortest)

/** Buckets that are made room for at once: a service's durations lie in a few pages, and nobody's in more than thirty. */
const pageSize = 512

/** The percentiles of a stream of durations, in milliseconds. */
export class Latencies {
  readonly #pages = new Map<number, Uint32Array>()
  count = 0
  max = 0

  add(milliseconds: number): void {
    const bucket = bucketOf(Math.min(Math.max(milliseconds, shortest), longest)) - firstBucket
    const index = Math.floor(bucket / pageSize)
    let page = this.#pages.get(index)
    if (page === undefined) this.#pages.set(index, (page = new Uint32Array(pageSize)))
    page[bucket % pageSize]!++
    this.count++
    if (milliseconds > this.max) this.max = milliseconds
  }

  /** The durations that these shares (percent) of the values do not exceed, by nearest rank; for shares that rise. */
  percentiles(shares: readonly number[]): number[] {
    const found: number[] = []
    let seen = 0
    // No list of buckets is made: there are thousands in each of hundreds of histograms.
    for (const [index, page] of [...this.#pages].sort(([a], [b]) => a - b))
      for (let at = 0; at < pageSize; at++) {
        seen += page[at] ?? 0
        while (found.length < shares.length && seen >= this.#rank(shares[found.length] ?? 100))
          found.push(this.#middleOf(index * pageSize + at + firstBucket))
      }
    return found
  }

  #rank(share: number): number {
    return Math.max(1, Math.ceil((share / 100) * this.count))
  }

  #middleOf(bucket: number): number {
    return Math.min((2 * growth ** bucket) / (1 + growth), this.max)
  }
}
