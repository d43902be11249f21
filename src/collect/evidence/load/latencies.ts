/**
 * Buckets grow by this factor, so that a value told from its bucket's middle is at most 0.1 % off: the logarithmic histogram
 * of DDSketch (Masson, Rim, Lee, 2019), in memory that does not grow with the number of values.
 */
const growth = 1.002
const logGrowth = Math.log(growth)

/** Shorter ones are told apart no further, and longer ones neither. Milliseconds: a tenth of a microsecond, and a day. */
const shortest = 0.0001
const longest = 86_400_000

/** The percentiles of a stream of durations, in milliseconds. */
export class Latencies {
  readonly #buckets = new Map<number, number>()
  count = 0
  max = 0

  add(milliseconds: number): void {
    const value = Math.min(Math.max(milliseconds, shortest), longest)
    const bucket = Math.ceil(Math.log(value) / logGrowth)
    this.#buckets.set(bucket, (this.#buckets.get(bucket) ?? 0) + 1)
    this.count++
    if (milliseconds > this.max) this.max = milliseconds
  }

  /** The durations that these shares (percent) of the values do not exceed, by nearest rank; for shares that rise. */
  percentiles(shares: readonly number[]): number[] {
    const buckets = [...this.#buckets].sort(([a], [b]) => a - b)
    let at = 0
    let seen = buckets[0]?.[1] ?? 0
    return shares.map((share) => {
      const rank = Math.max(1, Math.ceil((share / 100) * this.count))
      while (seen < rank && at + 1 < buckets.length) seen += buckets[++at]?.[1] ?? 0
      const [bucket = 0] = buckets[at] ?? []
      return Math.min((2 * growth ** bucket) / (1 + growth), this.max)
    })
  }
}
