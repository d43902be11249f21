import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { Metrics } from '../../ports/metrics.ts'
import type { Queue } from '../../ports/queue.ts'

const short = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
const long = [0.1, 0.25, 0.5, 1, 1.5, 2.5, 5, 10, 30, 60, 300, 900, 3600, 21_600, 86_400]

/** How long a scrape waits for the database. Milliseconds. */
const depthTime = 3000

/** The App's metrics in Prometheus' text format, and the port by which the App counts. */
export interface AppMetrics extends Metrics {
  /** What the self-test found missing, over all installations. */
  missingGrants(kind: 'permission' | 'event', count: number): void
  contentType: string
  text(): Promise<string>
}

const queueGauges = (registry: Registry, queue: Pick<Queue, 'depth'>): void => {
  const gaugeOf = (name: string, help: string): Gauge<'queue'> =>
    new Gauge({ name, help, labelNames: ['queue'], registers: [registry] })
  const waiting = gaugeOf('prodgate_queue_waiting_jobs', 'Jobs that are due and wait for a worker')
  const active = gaugeOf('prodgate_queue_active_jobs', 'Jobs that run')
  const dead = gaugeOf('prodgate_queue_dead_jobs', 'Jobs that failed for good and are still kept')
  const age = gaugeOf('prodgate_queue_oldest_seconds', 'How long the oldest waiting job has been due')
  const ask = async (): Promise<void> => {
    const depths = await Promise.race([
      queue.depth(),
      new Promise<never>((_, reject) => setTimeout(() => reject(new Error('the database is slow')), depthTime).unref()),
    ])
    for (const { name, ...depth } of depths) {
      waiting.set({ queue: name }, depth.waiting)
      active.set({ queue: name }, depth.active)
      dead.set({ queue: name }, depth.dead)
      age.set({ queue: name }, depth.oldestSeconds)
    }
  }
  // prom-client calls the `collect` of each at each scrape, all at once: one question fills them, and each waits for it.
  let asked: Promise<void> | undefined
  const collect = (): Promise<void> => (asked ??= ask().finally(() => (asked = undefined)))
  for (const gauge of [waiting, active, dead, age]) Object.assign(gauge, { collect })
}

/** Makes the App's metrics, those of the process included. */
export const appMetrics = (queue: Pick<Queue, 'depth'>): AppMetrics => {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  queueGauges(registry, queue)
  const counter = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Counter({ name, help, labelNames, registers })
  const histogram = (name: string, help: string, buckets: number[]) => new Histogram({ name, help, buckets, registers })
  const deliveries = counter('prodgate_deliveries_total', 'Webhook deliveries', ['event', 'outcome'])
  const acknowledged = histogram('prodgate_acknowledge_seconds', 'From arrival to acknowledgement of a delivery', short)
  const verdicts = counter('prodgate_verdicts_total', 'Verdicts by decision', ['decision', 'from'])
  const judged = histogram('prodgate_judge_seconds', 'How long judging one commit took', long)
  const answers = counter('prodgate_answers_total', 'Answers to deployment requests', ['state'])
  const answered = histogram('prodgate_answer_seconds', 'From a deployment request to its final answer', long)
  const calls = counter('prodgate_github_requests_total', 'Requests to GitHub', ['route', 'status'])
  const remaining = new Gauge({
    name: 'prodgate_github_rate_limit_remaining',
    help: 'Requests left in the hour, as the last answer said',
    registers,
  })
  const missing = new Gauge({
    name: 'prodgate_missing_grants',
    help: 'Permissions and events that installations lack, as the last self-test found',
    labelNames: ['kind'],
    registers,
  })
  return {
    missingGrants: (kind, count) => missing.set({ kind }, count),
    delivery: (event, outcome) => deliveries.inc({ event, outcome }),
    acknowledged: (seconds) => acknowledged.observe(seconds),
    verdict: (decision, from) => verdicts.inc({ decision, from }),
    judged: (seconds) => judged.observe(seconds),
    answer: (state) => answers.inc({ state }),
    answered: (seconds) => answered.observe(seconds),
    apiCall: (route, status) => calls.inc({ route, status: String(status) }),
    remaining: (limit) => remaining.set(limit),
    contentType: registry.contentType,
    text: () => registry.metrics(),
  }
}
