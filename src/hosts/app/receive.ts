import { setTimeout as pause } from 'node:timers/promises'
import type { Clock } from '../../ports/clock.ts'
import type { Delivery, Store } from '../../ports/store.ts'

/**
 * Probot answers 202 after nine seconds, whatever happens later. A delivery that is not kept by then must be a failure, so that
 * GitHub has it as failed and it can be sent again. Milliseconds.
 */
const patience = 7000

/** What a verified delivery has, as Octokit's webhooks give it. */
export interface Event {
  id: string
  name: string
  payload: object
}

const deliveryOf = ({ id, name, payload }: Event, receivedAt: Date): Delivery => {
  const action: unknown = 'action' in payload ? payload.action : null
  return { guid: id, event: name, action: typeof action === 'string' ? action : null, payload, receivedAt }
}

/**
 * Keeps one verified delivery. Nothing else happens before GitHub has its answer.
 * @throws where the delivery was not kept in time; it may be kept all the same, and its GUID makes the next attempt harmless
 */
export const receive = async (
  event: Event,
  { deliveries }: Pick<Store, 'deliveries'>,
  clock: Clock,
): Promise<'new' | 'known'> => {
  const late = new AbortController()
  try {
    return await Promise.race([
      deliveries.receive(deliveryOf(event, clock.now())),
      pause(patience, undefined, { signal: late.signal }).then(() => {
        throw new Error(`the delivery ${event.id} was not kept within ${patience} ms`)
      }),
    ])
  } finally {
    late.abort()
  }
}
