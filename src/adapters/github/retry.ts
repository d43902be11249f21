import type { Problem } from '../../ports/answer.ts'

/** How often one request is sent at the most. */
export const maxAttempts = 4

/** How long one wait may be where nobody says otherwise: more is not worth the minutes of a workflow's job. Milliseconds. */
export const longestWait = 30_000

/** What GitHub's documentation says to wait after a secondary limit that names no time. Milliseconds. */
const secondaryWait = 60_000

/** How long to wait before a request is sent again. `limited`: it is GitHub's limit that says so, for all of the token's requests. */
export interface Wait {
  milliseconds: number
  limited: boolean
}

const numberOf = (value: unknown): number | undefined => {
  const number = typeof value === 'string' || typeof value === 'number' ? Number(value) : Number.NaN
  return value !== '' && Number.isFinite(number) && number >= 0 ? number : undefined
}

/** When the hour of the primary limit is over, where that is what stopped the request. Milliseconds from now. */
const primaryWait = (headers: Record<string, unknown>, now: number): number | undefined => {
  const reset = numberOf(headers['x-ratelimit-reset'])
  if (numberOf(headers['x-ratelimit-remaining']) !== 0 || reset === undefined) return undefined
  return Math.max(reset * 1000 - now, 0) + 1000
}

/**
 * Whether it is of use to send a request again, and after how long; undefined where it is not. Faults of the network and 5xx
 * back off from one second. A rate limit is a 403 or 429 that says `retry-after`, that has no requests left until
 * `x-ratelimit-reset`, or that names the secondary limit.
 * @param attempt counts from 1
 * @param now milliseconds since 1970
 */
export const waitOf = (
  problem: Problem,
  headers: Record<string, unknown>,
  attempt: number,
  now: number,
): Wait | undefined => {
  const growth = 2 ** (attempt - 1)
  const asked = numberOf(headers['retry-after'])
  const named = asked === undefined ? undefined : { milliseconds: asked * 1000, limited: true }
  if (problem.kind === 'unreachable') return named ?? { milliseconds: 1000 * growth, limited: false }
  if (problem.kind !== 'forbidden') return undefined
  const reset = primaryWait(headers, now)
  const secondary = problem.status === 429 || /\bsecondary rate\b|\babuse detection\b/i.test(problem.message)
  if (named !== undefined) return named
  if (reset !== undefined) return { milliseconds: reset, limited: true }
  return secondary ? { milliseconds: secondaryWait * growth, limited: true } : undefined
}
