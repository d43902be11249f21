import type { RepositoryRef } from '../ports/repository-ref.ts'
import { askJudge } from './ask-judge.ts'
import type { GateWorld } from './world.ts'

/** Whoever shows a check in progress for longer has died. Milliseconds. */
const patience = 600_000

const keyOf = ({ id }: RepositoryRef, sha: string): string => `${id}/${sha}`

/** Keeps that checks are shown in progress, and has somebody look whether they still are when that should be over. */
export const begin = async (world: GateWorld, ref: RepositoryRef, sha: string): Promise<void> => {
  await world.store.memory.put('in-progress', keyOf(ref, sha), true)
  await askJudge(world, ref, sha, 'unfinished', new Date(world.clock.now().getTime() + patience))
}

export const finish = (world: GateWorld, ref: RepositoryRef, sha: string): Promise<void> =>
  world.store.memory.forget('in-progress', keyOf(ref, sha))

/** Whether checks of a commit were left in progress. */
export const isUnfinished = async (world: GateWorld, ref: RepositoryRef, sha: string): Promise<boolean> =>
  (await world.store.memory.get('in-progress', keyOf(ref, sha))) !== undefined
