/** One answer, or status report, that an app gave to a deployment protection rule. */
export interface GateAnswer {
  at: string
  repository: string
  run: number
  environment: string
  app: string
  /** Undefined: a status report. */
  state: 'approved' | 'rejected' | undefined
  comment: string
  /** What GitHub answered: 204 where it was taken. */
  status: number
  /** The answer was taken, but the app was told otherwise or nothing. */
  answerLost: boolean
}

const mostRequests = 200_000

/** What was asked and answered, for tests and for scripts that measure. */
export class Journal {
  /** Method and path template of each request, in order. */
  readonly requests: string[] = []
  readonly counts: Record<string, number> = {}
  readonly answers: GateAnswer[] = []

  request(route: string): void {
    this.counts[route] = (this.counts[route] ?? 0) + 1
    if (this.requests.length < mostRequests) this.requests.push(route)
  }

  /** Starts anew. */
  clear(): void {
    this.requests.length = 0
    this.answers.length = 0
    for (const route of Object.keys(this.counts)) Reflect.deleteProperty(this.counts, route)
  }
}
