import { Worker } from 'node:worker_threads'

/** What goes to a thread and comes back. */
export type ThreadAnswer<Answer> = { answer: Answer } | { error: string }

interface Thread {
  worker: Worker
  /** Undefined where the thread waits for a question. */
  settle: ((outcome: ThreadAnswer<unknown>) => void) | undefined
}

interface Waiting {
  question: unknown
  settle: (outcome: ThreadAnswer<unknown>) => void
}

/**
 * Asks questions in threads, so that judging a large repository holds up no webhook, and a repository that is made to take for
 * ever, or all memory, ends its own thread alone.
 */
export class JudgeThreads<Question, Answer> {
  readonly #script: URL
  readonly #size: number
  readonly #time: number
  readonly #memory: number
  readonly #threads = new Set<Thread>()
  readonly #waiting: Waiting[] = []
  #closed = false

  /**
   * @param script answers each message `Question` with one `ThreadAnswer<Answer>`
   * @param size how many threads at the most
   * @param time milliseconds that one question may take, once it is its turn
   * @param memory megabytes that a thread may take; over that it ends, and only its question fails
   */
  constructor(script: URL, size: number, time: number, memory = 1024) {
    this.#script = script
    this.#size = size
    this.#time = time
    this.#memory = memory
  }

  /**
   * @throws where the question could not be answered: an error in the thread, too long, too much memory, or stopped
   */
  async ask(question: Question, signal: AbortSignal): Promise<Answer> {
    if (this.#closed || signal.aborted) throw new Error('judging was stopped')
    const outcome = await new Promise<ThreadAnswer<unknown>>((resolve) => {
      const waiting = { question, settle: resolve }
      const stop = (): void => {
        const index = this.#waiting.indexOf(waiting)
        if (index >= 0) this.#waiting.splice(index, 1)
        resolve({ error: 'judging was stopped' })
      }
      signal.addEventListener('abort', stop, { once: true })
      this.#waiting.push(waiting)
      this.#next()
    })
    if ('error' in outcome) throw new Error(outcome.error)
    return outcome.answer as Answer
  }

  async close(): Promise<void> {
    this.#closed = true
    for (const { settle } of this.#waiting.splice(0)) settle({ error: 'judging was stopped' })
    await Promise.all([...this.#threads].map(({ worker }) => worker.terminate()))
  }

  #next(): void {
    const idle = [...this.#threads].find(({ settle }) => settle === undefined)
    if (idle === undefined && this.#threads.size >= this.#size) return
    const waiting = this.#waiting.shift()
    if (waiting !== undefined) this.#run(idle ?? this.#start(), waiting)
  }

  #start(): Thread {
    const worker = new Worker(this.#script, { resourceLimits: { maxOldGenerationSizeMb: this.#memory } })
    const thread: Thread = { worker, settle: undefined }
    this.#threads.add(thread)
    const lost = (error: string): void => {
      this.#threads.delete(thread)
      thread.settle?.({ error })
      if (!this.#closed) this.#next()
    }
    worker.on('message', (outcome: ThreadAnswer<unknown>) => thread.settle?.(outcome))
    worker.on('error', ({ message }) => lost(`judging broke: ${message}`))
    worker.on('exit', () => lost('judging ended without an answer'))
    worker.unref()
    return thread
  }

  #run(thread: Thread, { question, settle }: Waiting): void {
    const timer = setTimeout(() => {
      thread.settle?.({ error: `judging took longer than ${this.#time / 1000} seconds` })
      this.#threads.delete(thread)
      void thread.worker.terminate()
      this.#next()
    }, this.#time)
    thread.settle = (outcome) => {
      clearTimeout(timer)
      thread.settle = undefined
      settle(outcome)
      this.#next()
    }
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, and no window
    thread.worker.postMessage(question)
  }
}
