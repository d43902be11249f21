import { randomUUID } from 'node:crypto'
import { PgBoss, type ConstructorOptions, type Job } from 'pg-boss'
import type { Log } from '../../ports/log.ts'
import type { JobHandlers, JobName, Jobs, Queue } from '../../ports/queue.ts'
import type { Database, Sql } from './sql.ts'

interface QueueWork {
  /** Tries after the first. */
  retryLimit: number
  /** The pause before the second try; it doubles. Seconds. */
  retryDelay: number
  /** The time that one may take. Seconds. */
  expireInSeconds: number
  /** Jobs that a worker takes together: it takes no other before the slowest of them is done. */
  batch: number
  /** Workers, which wait for no other. */
  workers: number
}

/** How each queue works. Where one job may take minutes and others are in a hurry, there are more workers than one. */
const queues: Record<JobName, QueueWork> = {
  delivery: { retryLimit: 8, retryDelay: 2, expireInSeconds: 120, batch: 10, workers: 2 },
  judge: { retryLimit: 5, retryDelay: 5, expireInSeconds: 300, batch: 1, workers: 2 },
  pulls: { retryLimit: 5, retryDelay: 10, expireInSeconds: 120, batch: 1, workers: 1 },
  // A gate is tried again until its deadline, which reconciliation watches over, each minute: tries of its own end before.
  gate: { retryLimit: 4, retryDelay: 2, expireInSeconds: 180, batch: 3, workers: 4 },
  reconcile: { retryLimit: 0, retryDelay: 0, expireInSeconds: 300, batch: 1, workers: 1 },
}
const names = Object.keys(queues) as JobName[]

/** A worker that was not heard of for this long is dead, and its jobs are tried again. Seconds; the least that there is. */
const heartbeat = 10

/** How often dead workers' jobs are looked for. Seconds. */
const supervision = 5

/** A dead letter is kept for people to look at. Seconds. */
const deadFor = 14 * 86_400

type BossDatabase = NonNullable<ConstructorOptions['db']>

const asBossDatabase = (sql: Sql): BossDatabase => ({
  executeSql: async (text, values) => {
    const rows = await sql.query(text, values === undefined || values.length === 0 ? undefined : values)
    return { rows: [...rows] }
  },
})

export interface JobQueue extends Queue {
  /** Adds jobs inside a transaction of the caller's, each with its key. */
  sendWithin<Name extends JobName>(
    name: Name,
    jobs: readonly { job: Jobs[Name]; key: string }[],
    sql: Sql,
  ): Promise<void>
  /** Starts to work on the jobs, and to reconcile every minute. */
  work(handlers: JobHandlers): Promise<void>
  /** Waits for the jobs that run, at most so many milliseconds, and stops. */
  stop(timeout: number): Promise<void>
}

/** Jobs on pg-boss, in the database that holds everything else. */
export const startQueue = async (database: Database, log: Log): Promise<JobQueue> => {
  const boss = new PgBoss({
    db: { ...asBossDatabase(database), listen: (...how) => database.listen(...how) },
    backend: database.kind,
    schema: 'prodgate_jobs',
    useListenNotify: true,
    superviseIntervalSeconds: supervision,
    monitorIntervalSeconds: supervision,
    monitorVacuum: false,
    reindex: false,
  })
  boss.on('error', (error) => log.error({ err: error }, 'the queue'))
  boss.on('warning', (warning) => log.warn({ warning }, 'the queue'))
  await boss.start()
  for (const name of names) {
    const { batch: _, workers: __, ...times } = queues[name]
    const dead = `${name}_dead`
    // oxlint-disable-next-line no-await-in-loop -- a queue's dead letters need to be there before it
    await boss.createQueue(dead, { retentionSeconds: deadFor })
    const kept = { deleteAfterSeconds: 3600, heartbeatSeconds: heartbeat }
    const options = { ...times, ...kept, retryBackoff: true, retryDelayMax: 300, notify: true }
    // `short`: of the jobs with one key, one may wait; what runs already was given what was known before.
    // oxlint-disable-next-line no-await-in-loop -- as above
    await boss.createQueue(name, { ...options, policy: 'short', deadLetter: dead })
    // oxlint-disable-next-line no-await-in-loop -- options of a queue that was there before
    await boss.updateQueue(name, options)
  }
  // One process alone has the embedded database: what was running in it before runs nowhere now.
  if (database.kind === 'pglite')
    await database.query(
      `update prodgate_jobs.job set state = 'retry', start_after = now(), started_on = null, heartbeat_on = null
       where state = 'active' and name = any($1::text[])`,
      [names],
    )
  const settle = async <Name extends JobName>(job: Job<Jobs[Name]>, name: Name, handle: JobHandlers[Name]) => {
    const attempt = job.retryCount + 1
    try {
      await handle(job.data, { attempt, last: attempt > queues[name].retryLimit, signal: job.signal })
      return { id: job.id, status: 'completed' as const }
    } catch (error) {
      log.error({ err: error, job: name, attempt }, 'a job failed')
      return { id: job.id, status: 'failed' as const, output: { message: String(error) } }
    }
  }
  const workOn = async <Name extends JobName>(name: Name, handle: JobHandlers[Name]): Promise<void> => {
    await boss.work(
      name,
      {
        batchSize: queues[name].batch,
        localConcurrency: queues[name].workers,
        // A worker sleeps after each batch that was not full, unless it is told of a new job.
        burstWhenBatchFull: true,
        pollingIntervalSeconds: 0.5,
        notifyPollingIntervalSeconds: 1,
        perJobResults: true,
      },
      async (jobs: Job<Jobs[Name]>[]) => await Promise.all(jobs.map((job) => settle(job, name, handle))),
    )
  }
  return {
    send: async (name, job, { key, startAfter } = {}) => {
      await boss.send(name, job, {
        // To pg-boss all jobs without a key have the same one, and of those but one may wait.
        singletonKey: key ?? randomUUID(),
        ...(startAfter === undefined ? {} : { startAfter }),
      })
    },
    sendWithin: async (name, jobs, sql) => {
      await boss.insert(
        name,
        jobs.map(({ job: data, key: singletonKey }) => ({ data, singletonKey })),
        { db: asBossDatabase(sql) },
      )
    },
    depth: async () => {
      const rows = await database.query(
        `select name,
           count(*) filter (where state in ('created', 'retry') and start_after <= now())::int as waiting,
           count(*) filter (where state = 'active')::int as active,
           count(*) filter (where state = 'failed')::int as dead,
           coalesce(extract(epoch from now() - min(start_after) filter (where state in ('created', 'retry') and start_after <= now())), 0)::float8 as oldest
         from prodgate_jobs.job where name = any($1::text[]) group by name`,
        [names],
      )
      return names.map((name) => {
        const row = rows.find((found) => found['name'] === name)
        return {
          name,
          waiting: Number(row?.['waiting'] ?? 0),
          active: Number(row?.['active'] ?? 0),
          dead: Number(row?.['dead'] ?? 0),
          oldestSeconds: Math.max(0, Number(row?.['oldest'] ?? 0)),
        }
      })
    },
    work: async (handlers) => {
      for (const name of names)
        // oxlint-disable-next-line no-await-in-loop -- in the order of the table
        await workOn(name, handlers[name])
      await boss.schedule('reconcile', '* * * * *', {}, { singletonKey: 'reconcile' })
    },
    stop: async (timeout) => await boss.stop({ graceful: true, timeout, close: false }),
  }
}
