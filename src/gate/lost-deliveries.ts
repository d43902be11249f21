import { valueOf } from './forge-problem.ts'
import type { GateWorld } from './world.ts'

/** GitHub can send a delivery again for three days. Milliseconds. */
const redeliverable = 3 * 86_400_000

/** One that fails as often as this is not going to be taken. */
const maxTries = 3

/** Has deliveries that failed sent again, each a few times, the oldest first. */
export const retryFailedDeliveries = async (world: GateWorld, now: Date): Promise<void> => {
  const { memory, deliveries } = world.store
  const since = new Date(now.getTime() - redeliverable)
  const failed = valueOf(await world.app.failedDeliveries(since), 'the failed deliveries')
  // Each attempt has a line of its own in the log; what counts is the delivery.
  const byGuid = new Map(failed.filter(({ ok }) => !ok).map((delivery) => [delivery.guid, delivery]))
  for (const { guid, id, event } of [...byGuid.values()].reverse()) {
    // oxlint-disable-next-line no-await-in-loop -- few
    if ((await deliveries.get(guid)) !== undefined) continue
    // oxlint-disable-next-line no-await-in-loop -- few
    const tries = ((await memory.get('redelivered', guid)) as number | undefined) ?? 0
    if (tries >= maxTries) continue
    // oxlint-disable-next-line no-await-in-loop -- few
    await memory.put('redelivered', guid, tries + 1)
    // oxlint-disable-next-line no-await-in-loop -- GitHub asks for writes to come one after the other
    const asked = await world.app.redeliver(id)
    if (asked.ok) world.log.info({ delivery: guid, event }, 'a delivery that failed is sent again')
    else world.log.warn({ delivery: guid, event, problem: asked.problem }, 'a delivery could not be sent again')
  }
}
