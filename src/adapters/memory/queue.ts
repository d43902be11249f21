import type { JobContext, JobHandlers, JobName, Jobs, Queue, SendOptions } from '../../ports/queue.ts'

interface Waiting {
  name: JobName
  job: Jobs[JobName]
  key: string | undefined
  startAfter: Date | undefined
  attempt: number
}

/** A queue that forgets everything with the process, for tests: jobs are done when they are asked to be. */
export class MemoryQueue implements Queue {
  readonly waiting: Waiting[] = []
  readonly dead: { name: JobName; error: unknown }[] = []
  readonly attempts: number

  /** @param attempts how often a job is tried */
  constructor(attempts = 3) {
    this.attempts = attempts
  }

  send<Name extends JobName>(name: Name, job: Jobs[Name], { key, startAfter }: SendOptions = {}): Promise<void> {
    const known = key !== undefined && this.waiting.some((one) => one.name === name && one.key === key)
    if (!known) this.waiting.push({ name, job: structuredClone(job), key, startAfter, attempt: 1 })
    return Promise.resolve()
  }

  depth(): ReturnType<Queue['depth']> {
    return Promise.resolve([])
  }

  /** Does one job that is due; false where there is none. `pick` says which of them, by its index. */
  async one(handlers: JobHandlers, now: Date, pick: (count: number) => number = () => 0): Promise<boolean> {
    const due = this.waiting.filter(({ startAfter }) => startAfter === undefined || startAfter <= now)
    const next = due[pick(due.length)]
    if (next === undefined) return false
    this.waiting.splice(this.waiting.indexOf(next), 1)
    const { name, job, attempt } = next
    const context: JobContext = { attempt, last: attempt >= this.attempts, signal: new AbortController().signal }
    try {
      const handle = handlers[name] as (job: Jobs[JobName], context: JobContext) => Promise<void>
      await handle(job, context)
    } catch (error) {
      if (context.last) this.dead.push({ name, error })
      else this.waiting.push({ ...next, attempt: attempt + 1 })
    }
    return true
  }

  /** Does what is due until nothing is. */
  async all(handlers: JobHandlers, now: () => Date, most = 1000): Promise<void> {
    for (let count = 0; count < most; count++)
      // oxlint-disable-next-line no-await-in-loop -- one after the other is the point
      if (!(await this.one(handlers, now()))) return
    throw new Error(`more than ${most} jobs`)
  }
}
