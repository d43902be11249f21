import type { RepositoryRef } from './repository-ref.ts'

/** One delivery of a webhook, as it arrived and was verified. */
export interface Delivery {
  guid: string
  event: string
  action: string | null
  payload: unknown
  receivedAt: Date
}

/** Deliveries on durable storage. What is received is handled at least once, however often the process dies. */
export interface Deliveries {
  /** Keeps a delivery and queues its handling in one transaction. A GUID that is there already changes nothing. */
  receive(delivery: Delivery): Promise<'new' | 'known'>
  get(guid: string): Promise<Delivery | undefined>
  /** Which of these were received. */
  known(guids: readonly string[]): Promise<ReadonlySet<string>>
  handled(guid: string): Promise<void>
  /** Those that came between two instants and were not handled, newest first, bounded: their jobs may be lost. */
  unhandled(after: Date, before: Date): Promise<readonly { guid: string; receivedAt: Date }[]>
}

/** What makes two requests the same request. */
export interface GateKey {
  repository: number
  run: number
  attempt: number
  environment: string
  sha: string
}

export interface GateAnswer {
  state: 'approved' | 'rejected'
  comment: string
}

/** One deployment that waits for an answer, or has one. */
export interface Gate extends GateKey {
  id: string
  ref: RepositoryRef
  requestedAt: Date
  /** Never later than this; then it is rejected. Null until the policy was read. */
  deadline: Date | null
  /** When to look again though nothing happened: a window that opens. */
  wake: Date | null
  /** `deciding`: nothing is settled. `answering`: the answer stands and GitHub may not know it yet. `answered`: it does. */
  state: 'deciding' | 'answering' | 'answered'
  answer: GateAnswer | null
  /** Status reports that were sent. */
  reports: number
  lastReport: string | null
}

/** Gates, on durable storage. Every change is conditional on the state before it, so that two workers cannot both make it. */
export interface Gates {
  /** The request's gate, made where there is none. */
  open(key: GateKey, ref: RepositoryRef, requestedAt: Date): Promise<{ gate: Gate; fresh: boolean }>
  get(id: string): Promise<Gate | undefined>
  /** Gates without an answer at GitHub: of a commit, of a repository, or all. */
  unanswered(of?: { repository: number; sha?: string }): Promise<readonly Gate[]>
  hold(id: string, until: { deadline: Date; wake: Date | null }): Promise<void>
  /** Settles the answer, once: the first one stands. Returns the one that stands. */
  settle(id: string, answer: GateAnswer): Promise<GateAnswer>
  /**
   * Takes it upon the caller to tell GitHub the answer that was settled, until then: what is not told by then may be told by
   * another. False where another has it, or GitHub knows the answer.
   */
  tell(id: string, now: Date, until: Date): Promise<boolean>
  /** Leaves it to others again. */
  untold(id: string): Promise<void>
  answered(id: string): Promise<void>
  /** Takes one of the status reports that a request may have; false where none is left or the text is the last one's. */
  takeReport(id: string, text: string, budget: number): Promise<boolean>
}

/** A person's approval of one commit for one environment in a role. */
export interface SignOff {
  repository: number
  sha: string
  environment: string
  role: string
  login: string
  at: Date
}

export interface SignOffs {
  add(signOff: SignOff): Promise<void>
  of(repository: number, sha: string, environment: string): Promise<readonly SignOff[]>
}

/** What is kept so that nothing is done twice: verdicts, laws, baselines, ids of what was published. JSON by key. */
export interface Memory {
  get(kind: string, key: string): Promise<unknown>
  put(kind: string, key: string, value: unknown): Promise<void>
  /** Puts only where there is nothing yet; returns what is there afterwards. */
  claim(kind: string, key: string, value: unknown): Promise<unknown>
  /** Adds a number to the list that is kept there, once, whoever else adds at the same time. */
  add(kind: string, key: string, item: number): Promise<void>
  forget(kind: string, key: string): Promise<void>
}

export interface Store {
  deliveries: Deliveries
  gates: Gates
  signOffs: SignOffs
  memory: Memory
  /** Removes what is older than it is of use: handled deliveries, old verdicts. */
  prune(now: Date): Promise<void>
  /** Rejects where the database does not answer. */
  ping(): Promise<void>
}
