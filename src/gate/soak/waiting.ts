import type { RepositoryRef } from '../../ports/repository-ref.ts'
import { askJudge } from '../ask-judge.ts'
import type { Verdict } from '../verdict.ts'
import type { GateWorld } from '../world.ts'

const keyOf = ({ id }: RepositoryRef, sha: string): string => `${id}/${sha}`

/** Whether a commit was seen to wait until it has run elsewhere. */
export const awaitsSoak = async (world: GateWorld, ref: RepositoryRef, sha: string): Promise<boolean> =>
  (await world.store.memory.get('awaits-soak', keyOf(ref, sha))) !== undefined

/** Keeps that a commit waits until it has run elsewhere, so that events about deployments concern it. */
export const rememberSoak = async (world: GateWorld, ref: RepositoryRef, sha: string): Promise<void> => {
  await world.store.memory.put('awaits-soak', keyOf(ref, sha), true)
}

/** Has the checks of a commit shown again when it has run elsewhere for long enough: no event says so. */
export const judgeWhenSoaked = async (
  world: GateWorld,
  ref: RepositoryRef,
  sha: string,
  verdicts: readonly Verdict[],
): Promise<void> => {
  const times = verdicts.flatMap(({ soaked }) => (soaked === undefined ? [] : [Date.parse(soaked)]))
  if (times.length > 0) await askJudge(world, ref, sha, 'soaked', new Date(Math.min(...times)))
}
