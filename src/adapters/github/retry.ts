import type { Problem } from '../../ports/answer.ts'

/** How often one request is sent at the most. */
export const maxAttempts = 4

/** A longer wait than this is not worth a job's minutes. Milliseconds. */
export const longestWait = 30_000

const seconds = (value: unknown): number | undefined => {
  const number = typeof value === 'string' || typeof value === 'number' ? Number(value) : Number.NaN
  return Number.isFinite(number) && number >= 0 ? number : undefined
}

/**
 * How long to wait before a request is sent again, in milliseconds; undefined where it should not be. Faults of the network
 * and 5xx back off from one second. A rate limit is a 403 or 429 which says `retry-after`, or names the secondary limit
 * (wait a minute, says GitHub's documentation: more than a job should, so it is given up).
 */
export const retryAfter = (problem: Problem, headers: Record<string, unknown>, attempt: number): number | undefined => {
  if (attempt >= maxAttempts) return undefined
  const asked = seconds(headers['retry-after'])
  const wait = asked === undefined ? 1000 * 2 ** (attempt - 1) : asked * 1000
  if (wait > longestWait) return undefined
  if (problem.kind === 'unreachable') return wait
  return problem.kind === 'forbidden' && asked !== undefined ? wait : undefined
}
