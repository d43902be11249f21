import type { Answered } from './answer.ts'
import { badCredentials, failure, invalid } from './answer.ts'

export type FaultKind =
  | 'latency'
  | 'bad-gateway'
  | 'drop'
  | 'hang'
  | 'secondary-limit'
  | 'primary-limit'
  | 'expired-token'
  | 'invalid'
  | 'answer'

/** A rule for what goes wrong. */
export interface Fault {
  kind: FaultKind
  /** Method and path template as in GitHub's description; `*` stands for any text. All routes without it. */
  route?: string
  /** Goes wrong from the nth matching request on; 1 is the first. */
  nth?: number
  /** How many times: once without it, or without end where there is a probability or it is latency. */
  times?: number
  /** 0 to 1: each matching request goes wrong with this probability. */
  probability?: number
  /** The request was carried out all the same: only its answer is lost. */
  carriedOut?: boolean
  /** Of latency. */
  milliseconds?: number
  /** Of limits, in seconds. */
  retryAfter?: number
  /** Of the kind `answer`. */
  answer?: Answered
}

interface Armed extends Fault {
  pattern: RegExp
  seen: number
  left: number
}

/** What a rule does to one request. */
export interface Struck {
  delay: number
  fault: Fault | undefined
}

const patternOf = (route = '*'): RegExp =>
  new RegExp(
    `^${route
      .split('*')
      .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
  )

/** The same seed gives the same numbers, each at least 0 and below 1 (mulberry32). */
export const seeded = (seed: number): (() => number) => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** The rules of what goes wrong, in the order of being given. */
export class Faults {
  #rules: Armed[] = []
  #random = seeded(1)
  readonly struck: Record<string, number> = {}

  add(fault: Fault): void {
    const endless = fault.probability !== undefined || fault.kind === 'latency'
    const left = fault.times ?? (endless ? Number.POSITIVE_INFINITY : 1)
    this.#rules.push({ ...fault, pattern: patternOf(fault.route), seen: 0, left })
  }

  seed(seed: number): void {
    this.#random = seeded(seed)
  }

  clear(): void {
    this.#rules = []
  }

  /** @param route method and path template */
  strike(route: string): Struck {
    let delay = 0
    for (const rule of this.#rules) {
      if (rule.left <= 0 || !rule.pattern.test(route)) continue
      rule.seen += 1
      if (rule.seen < (rule.nth ?? 1)) continue
      if (rule.probability !== undefined && this.#random() >= rule.probability) continue
      rule.left -= 1
      this.struck[rule.kind] = (this.struck[rule.kind] ?? 0) + 1
      if (rule.kind !== 'latency') return { delay, fault: rule }
      delay += rule.milliseconds ?? 0
    }
    return { delay, fault: undefined }
  }
}

const defaultWait = 1

/** The answer that a rule gives; undefined where it gives none at all. */
export const answerOf = ({ kind, retryAfter = defaultWait, answer }: Fault, now: number): Answered | undefined => {
  if (kind === 'bad-gateway')
    return { status: 502, body: '<html><body>502 Bad Gateway</body></html>', headers: { 'content-type': 'text/html' } }
  if (kind === 'secondary-limit')
    return failure(403, 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.', {
      'retry-after': String(retryAfter),
    })
  if (kind === 'primary-limit')
    return failure(403, 'API rate limit exceeded for installation.', {
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': String(Math.ceil(now / 1000) + retryAfter),
    })
  if (kind === 'expired-token') return badCredentials
  if (kind === 'invalid') return invalid('Validation Failed', ['injected'])
  return kind === 'answer' ? answer : undefined
}
