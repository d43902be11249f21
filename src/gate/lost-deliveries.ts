import { isPassing, valueOf } from './forge-problem.ts'
import type { GateWorld } from './world.ts'

/** GitHub can send a delivery again for three days. Milliseconds. */
const redeliverable = 3 * 86_400_000

/** The pause before a delivery is asked for once more doubles from the first to the last of these. Milliseconds. */
const shortest = 60_000
const longest = 4 * 3_600_000

/** So many at once: GitHub counts each as a write, and the rest has the next minute. */
const atOnce = 50

interface Tried {
  times: number
  at: number
}

const isDue = ({ times, at }: Tried, now: Date): boolean =>
  now.getTime() - at >= Math.min(longest, shortest * 2 ** (times - 1))

/** Has deliveries that failed sent again, with growing pauses for as long as GitHub has them, the oldest first. */
export const retryFailedDeliveries = async (world: GateWorld, now: Date): Promise<void> => {
  const { memory, deliveries } = world.store
  const since = new Date(now.getTime() - redeliverable)
  const failed = valueOf(await world.app.failedDeliveries(since), 'the failed deliveries')
  // Each attempt has a line of its own in the log; what counts is the delivery.
  const byGuid = new Map(failed.filter(({ ok }) => !ok).map((delivery) => [delivery.guid, delivery]))
  const known = await deliveries.known([...byGuid.keys()])
  let asked = 0
  for (const { guid, id, event } of [...byGuid.values()].reverse()) {
    if (known.has(guid)) continue
    // oxlint-disable-next-line no-await-in-loop -- few
    const tried = (await memory.get('redelivered', guid)) as Tried | undefined
    if (tried !== undefined && !isDue(tried, now)) continue
    if (++asked > atOnce) return
    // oxlint-disable-next-line no-await-in-loop -- GitHub asks for writes to come one after the other
    const answer = await world.app.redeliver(id)
    if (!answer.ok)
      world.log.warn({ delivery: guid, event, problem: answer.problem }, 'a delivery could not be sent again')
    // What GitHub does not do now it does not do for the next one either, and it costs none of them a try.
    if (!answer.ok && isPassing(answer.problem)) return
    // oxlint-disable-next-line no-await-in-loop -- few
    await memory.put('redelivered', guid, { times: (tried?.times ?? 0) + 1, at: now.getTime() } satisfies Tried)
    if (answer.ok) world.log.info({ delivery: guid, event }, 'a delivery that failed is sent again')
  }
}
