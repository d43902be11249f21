import { isMeant, type PolicyOutline } from '../../core/policy-outline.ts'
import type { RepositoryRef } from '../../ports/repository-ref.ts'
import { askJudge } from '../ask-judge.ts'
import type { Verdict } from '../verdict.ts'
import type { GateWorld } from '../world.ts'

const keyOf = ({ id }: RepositoryRef, sha: string): string => `${id}/${sha}`

/** Where a commit has to run first, and what the policy's environments are called. */
interface Awaited {
  meant: string[]
  environments: Record<string, { names?: string[] }>
}

/** Whether what becomes of a deployment to an environment concerns a commit: it has to run there first. */
export const awaitsSoak = async (
  world: GateWorld,
  ref: RepositoryRef,
  sha: string,
  environment: string,
): Promise<boolean> => {
  const kept = (await world.store.memory.get('awaits-soak', keyOf(ref, sha))) as Awaited | undefined
  return kept?.meant.some((meant) => isMeant(kept.environments, meant, environment)) === true
}

/** Keeps where a commit has to run first, so that events about deployments there concern it. */
export const rememberSoak = async (
  world: GateWorld,
  ref: RepositoryRef,
  sha: string,
  { environments }: PolicyOutline,
): Promise<void> => {
  const all = Object.entries(environments)
  const awaited: Awaited = {
    meant: all.flatMap(([, { soak }]) => (soak === undefined ? [] : [soak.environment])),
    environments: Object.fromEntries(all.map(([name, { names }]) => [name, names === undefined ? {} : { names }])),
  }
  await world.store.memory.put('awaits-soak', keyOf(ref, sha), awaited)
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
