/** What the App counts and times. Names and labels are a closed list: no repository's name becomes a label. */
export interface Metrics {
  delivery(event: string, outcome: 'new' | 'known' | 'refused'): void
  /** From a delivery's arrival to GitHub's acknowledgement. Seconds. */
  acknowledged(seconds: number): void
  verdict(decision: 'go' | 'conditional' | 'no-go' | 'failed', from: 'judged' | 'kept'): void
  /** How long judging one commit took. Seconds. */
  judged(seconds: number): void
  answer(state: 'approved' | 'rejected' | 'held'): void
  /** From a deployment's request to its final answer. Seconds. */
  answered(seconds: number): void
  apiCall(route: string, status: number): void
  /** What is left of an installation's hourly limit, at the last answer. */
  remaining(limit: number): void
}
