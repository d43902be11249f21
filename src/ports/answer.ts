/**
 * Why a forge did not do what was asked. `unreachable` covers the network, time-outs, answers of 5xx and rate limits; `forbidden` a token
 * that may not; `rejected` everything else that asking again would not change.
 */
export interface Problem {
  kind: 'forbidden' | 'missing' | 'unreachable' | 'rejected'
  /** The HTTP status, where there was an answer. */
  status?: number
  message: string
  /** Not before then is it of use to ask again: what the forge said with its rate limit. */
  retryAt?: Date
}

/** What a forge answers: expected failures are values, so that nobody forgets them. */
export type Answer<T> = { ok: true; value: T } | { ok: false; problem: Problem }
