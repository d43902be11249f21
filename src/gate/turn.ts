import type { RepositoryRef } from '../ports/repository-ref.ts'
import type { GateWorld } from './world.ts'

/** Whose turn it is to tell of a commit. */
export interface Turn {
  isMine(): Promise<boolean>
}

/**
 * Takes the turn to judge a commit. Of two who judge it at once the one who began later tells: he has read what the other one
 * may not have, and an older verdict must not be shown over a newer one.
 */
export const takeTurn = async (world: GateWorld, { id }: RepositoryRef, sha: string): Promise<Turn> => {
  const { memory } = world.store
  const key = `${id}/${sha}`
  const mine: string = globalThis.crypto.randomUUID()
  await memory.put('turn', key, mine)
  return { isMine: async () => (await memory.get('turn', key)) === mine }
}
