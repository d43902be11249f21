import type { Gate } from '../ports/store.ts'
import { askGate } from './ask-judge.ts'
import { retryFailedDeliveries } from './lost-deliveries.ts'
import type { GateWorld } from './world.ts'

/** An answer that GitHub does not know after this long was lost on its way. Milliseconds. */
const answerTime = 10_000

/** A job that was to handle a delivery or a gate by then may be gone; that two do it is harmless. Milliseconds. */
const jobTime = 20_000

/** What could not be handled for as long as this never will be. Milliseconds. */
const givenUp = 2 * 86_400_000

const minute = 60_000

/**
 * Whether this minute is one to try again what is so old: each of the first hour, every tenth of the first day, then one of
 * each hour. An installation that was suspended does not come back within the minute.
 */
const isItsTurn = (since: Date, now: Date): boolean => {
  const age = now.getTime() - since.getTime()
  const every = age < 60 * minute ? 1 : age < 24 * 60 * minute ? 10 : 60
  return Math.floor(now.getTime() / minute) % every === 0
}

/** Whether a gate that nobody looks at should be looked at. */
export const needsLook = (gate: Gate, now: Date): boolean => {
  const time = now.getTime()
  const age = time - gate.requestedAt.getTime()
  if (gate.state === 'answering') return age > answerTime && isItsTurn(gate.requestedAt, now)
  if (gate.deadline === null) return age > jobTime
  return gate.deadline.getTime() <= time || (gate.wake !== null && gate.wake.getTime() <= time)
}

const lookAtGates = async (world: GateWorld, now: Date): Promise<void> => {
  for (const gate of await world.store.gates.unanswered())
    // oxlint-disable-next-line no-await-in-loop -- one insert each
    if (needsLook(gate, now)) await askGate(world, gate.id)
}

const lookAtDeliveries = async (world: GateWorld, now: Date): Promise<void> => {
  const time = now.getTime()
  const open = await world.store.deliveries.unhandled(new Date(time - givenUp), new Date(time - jobTime))
  for (const { guid, receivedAt } of open)
    // oxlint-disable-next-line no-await-in-loop -- one insert each
    if (isItsTurn(receivedAt, now)) await world.queue.send('delivery', { guid }, { key: guid })
}

/** One thing that goes wrong holds the others up as little as it can. */
const each = async (
  world: GateWorld,
  signal: AbortSignal,
  work: Record<string, () => Promise<void>>,
): Promise<void> => {
  for (const [name, step] of Object.entries(work))
    try {
      if (signal.aborted) return
      // oxlint-disable-next-line no-await-in-loop -- in the order of what matters
      await step()
    } catch (error) {
      world.log.error({ err: error, step: name }, 'a part of reconciling failed')
    }
}

/**
 * Looks for what was lost: gates that are late or should be looked at again, deliveries whose jobs are gone, checks that were
 * left in progress, deliveries that never arrived. Each minute, and at start.
 */
export const reconcile = async (world: GateWorld, signal: AbortSignal): Promise<void> => {
  const now = world.clock.now()
  await each(world, signal, {
    gates: () => lookAtGates(world, now),
    deliveries: () => lookAtDeliveries(world, now),
    lost: () => retryFailedDeliveries(world, now),
    prune: () => world.store.prune(now),
  })
}
