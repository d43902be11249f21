/**
 * Why a commit is judged: it is `new`, and no pipeline can have left anything yet; there may be `evidence`; somebody `asked`;
 * the check was `rerequested`, and has to be completed once more; it may have been left `unfinished`; it may have `soaked`,
 * run elsewhere for as long as an environment asks; or the `law` of its base is another one.
 */
export type JudgeReason = 'new' | 'evidence' | 'asked' | 'rerequested' | 'unfinished' | 'soaked' | 'law'

/** The App's jobs, by queue. */
export interface Jobs {
  /** Handle one delivery. */
  delivery: { guid: string }
  /** Judge a commit and tell the verdict. */
  judge: { repository: number; installation: number; owner: string; name: string; sha: string; why: JudgeReason }
  /** Judge the open pull requests to a branch again, where a push changed its law; without `change`, all of the repository. */
  pulls: {
    repository: number
    installation: number
    owner: string
    name: string
    change?: { branch: string; before: string; after: string }
  }
  /** Decide one gate, or deliver its answer. */
  gate: { id: string }
  /** Look for what was lost. */
  reconcile: Record<string, never>
}
export type JobName = keyof Jobs

export interface SendOptions {
  /** While a job with this key waits, another is not added. One that runs already does not count. */
  key?: string
  startAfter?: Date
}

/** Work that survives the process. A job that throws is tried again with growing pauses, and in the end is a dead letter. */
export interface Queue {
  send<Name extends JobName>(name: Name, job: Jobs[Name], options?: SendOptions): Promise<void>
  /** How many jobs are due, run and failed for good, and for how long the oldest has been due, in seconds. */
  depth(): Promise<readonly { name: string; waiting: number; active: number; dead: number; oldestSeconds: number }[]>
}

/** What a job's handler is told beside the job. */
export interface JobContext {
  /** Counts from 1. */
  attempt: number
  /** Whether no attempt follows this one. */
  last: boolean
  /** Ends when the job has to stop. */
  signal: AbortSignal
}

export type JobHandlers = { [Name in JobName]: (job: Jobs[Name], context: JobContext) => Promise<void> }
