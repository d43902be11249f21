import { Latencies } from './latencies.ts'
import { maxGroups, type Group, type Measured, type Percentiles, type Reading } from './reading.ts'

/** One request. */
export interface Sample {
  milliseconds: number
  failed: boolean
  name?: string | undefined
  method?: string | undefined
  /** When it started, in milliseconds since 1970. */
  at?: number | undefined
}

/** Names are told apart by their beginning. Characters. */
const maxName = 200

const shares = [50, 90, 95, 99] as const

/** The percentiles of durations. */
export const percentilesOf = (latencies: Latencies): Percentiles => {
  if (latencies.count === 0) return {}
  const [p50, p90, p95, p99] = latencies.percentiles(shares)
  return { p50, p90, p95, p99 }
}

interface Bin {
  name: string
  method: string | undefined
  latencies: Latencies
  failed: number
}

/** Counts single requests, all together and by name and method. Its memory does not grow with their number. */
export class Tally {
  readonly #all = new Latencies()
  readonly #bins = new Map<string, Bin>()
  #failed = 0
  #first = Number.POSITIVE_INFINITY
  #last = 0

  add({ milliseconds, failed, name, method, at }: Sample): void {
    this.#all.add(milliseconds)
    if (failed) this.#failed++
    if (at !== undefined) {
      if (at < this.#first) this.#first = at
      if (at + milliseconds > this.#last) this.#last = at + milliseconds
    }
    if (name === undefined && method === undefined) return
    const key = `${method ?? ''} ${(name ?? '').slice(0, maxName)}`
    let bin = this.#bins.get(key)
    if (bin === undefined) {
      if (this.#bins.size >= maxGroups) return
      // Cut from the key and not from the text, which would be kept as long as its part is.
      bin = {
        name: name === undefined ? (method ?? '') : key.slice((method ?? '').length + 1),
        method,
        latencies: new Latencies(),
        failed: 0,
      }
      this.#bins.set(key, bin)
    }
    bin.latencies.add(milliseconds)
    if (failed) bin.failed++
  }

  /** From the first request's start to the last one's end, where times are known. */
  seconds(): number | undefined {
    return Number.isFinite(this.#first) ? (this.#last - this.#first) / 1000 : undefined
  }

  startedAt(): string | undefined {
    return timeOf(this.#first)
  }

  measured(seconds = this.seconds()): Measured {
    const { count } = this.#all
    return {
      requests: count,
      failed: this.#failed,
      throughput: seconds === undefined || seconds === 0 ? undefined : count / seconds,
      ...percentilesOf(this.#all),
    }
  }

  groups(seconds = this.seconds()): Group[] {
    return [...this.#bins.values()].map(({ name, method, latencies, failed }) => ({
      name: method === undefined || name.startsWith(method) ? name : `${method} ${name}`,
      method,
      requests: latencies.count,
      failed,
      throughput: seconds === undefined || seconds === 0 ? undefined : latencies.count / seconds,
      ...percentilesOf(latencies),
    }))
  }

  /** Everything that was counted. */
  reading(): Omit<Reading, 'tool'> {
    return { ...this.measured(), seconds: this.seconds(), startedAt: this.startedAt(), groups: this.groups() }
  }
}

/** Milliseconds since 1970 as ISO 8601; undefined for what is no time that a test could have been run at. */
export const timeOf = (milliseconds: number | undefined): string | undefined =>
  milliseconds !== undefined && milliseconds > 0 && milliseconds < 8e15
    ? new Date(milliseconds).toISOString()
    : undefined

/** Whether an HTTP status is an answer that was asked for: of 2xx and 3xx, as k6 and vegeta have it. */
export const isGood = (status: number): boolean => status >= 200 && status < 400
