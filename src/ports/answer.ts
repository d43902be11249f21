/**
 * Why a forge did not do what was asked. `unreachable` covers the network, time-outs and answers of 5xx; `forbidden` a token
 * that may not; `rejected` everything else that asking again would not change.
 */
export interface Problem {
  kind: 'forbidden' | 'missing' | 'unreachable' | 'rejected'
  /** The HTTP status, where there was an answer. */
  status?: number
  message: string
  /** Where the forge said from when on it may be asked again. */
  retryAt?: Date
}

/** What a forge answers: expected failures are values, so that nobody forgets them. */
export type Answer<T> = { ok: true; value: T } | { ok: false; problem: Problem }
