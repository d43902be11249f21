import type { Token } from '../state/types.ts'

interface Window {
  used: number
  resetAt: number
}
const hour = 3_600_000

/** How often each installation has asked in its hour, and how much is left. */
export class RateLimits {
  limit: number
  readonly #windows = new Map<string, Window>()

  constructor(limit: number) {
    this.limit = limit
  }

  /** Counts a request; `exceeded` where none was left. `now` is in milliseconds. */
  count(token: Token | undefined, now: number): { headers: Record<string, string>; exceeded: boolean } {
    const key = token?.installation === undefined ? (token?.account.login ?? 'nobody') : String(token.installation.id)
    const kept = this.#windows.get(key)
    const window = kept === undefined || kept.resetAt <= now ? { used: 0, resetAt: now + hour } : kept
    this.#windows.set(key, window)
    const exceeded = window.used >= this.limit
    if (!exceeded) window.used += 1
    const headers = {
      'x-ratelimit-limit': String(this.limit),
      'x-ratelimit-remaining': String(this.limit - window.used),
      'x-ratelimit-used': String(window.used),
      'x-ratelimit-reset': String(Math.ceil(window.resetAt / 1000)),
      'x-ratelimit-resource': 'core',
    }
    return { headers, exceeded }
  }
}
