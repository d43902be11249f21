import type { Environment } from '../../core/policy-file.ts'
import { isMeant, soakOf } from '../../core/policy-outline.ts'
import { isLongEnough, type SoakProof } from '../../core/soak.ts'
import { staysOf, type Deployed, type DeployedStatus, type Stay } from '../../core/stays.ts'
import type { Deployment } from '../../ports/deployments.ts'
import type { Standing } from '../standing.ts'
import type { GateWorld } from '../world.ts'
import { othersIn } from './others.ts'
import { rememberSoak } from './waiting.ts'
import { isSame, recorded, SoakUnknown, statusesOf } from './record.ts'

type Soak = NonNullable<Environment['soak']>

/** A commit that was deployed to one environment more often is not looked through. */
const mostDeployments = 20

const keyOf = ({ from, to = '' }: Stay): string => `${from}/${to}`

/** Stays that are looked into. */
const mostStays = 5

/** The stays of a commit in one environment. What others did there is asked for only where it matters. */
const staysIn = async (
  world: GateWorld,
  { ref, sha }: Standing,
  own: readonly Deployment[],
  soak: Soak,
): Promise<Stay[]> => {
  if (own.length > mostDeployments) throw new SoakUnknown(`it was deployed there more than ${mostDeployments} times`)
  const now = world.clock.now()
  const deployed: Deployed[] = await Promise.all(
    own.map(async (one) => ({ id: one.id, statuses: await statusesOf(world, ref, one) })),
  )
  const names = own.map(({ environment }) => environment)
  const meant = names.some((name) => isSame(name, soak.environment)) ? [soak.environment] : []
  const environments = [...new Set([...names, ...meant])]
  const others: DeployedStatus[] = []
  const looked = new Set<string>()
  for (;;) {
    const stays = staysOf(deployed, others)
    const may = stays.filter((one) => one.to === undefined || isLongEnough(one, soak, now))
    if (may.some((one) => looked.has(keyOf(one)) && isLongEnough(one, soak, now))) return stays
    // What ends one stay may begin another, which nobody has looked into.
    const next = may.findLast((one) => !looked.has(keyOf(one)))
    if (next === undefined) return stays
    if (looked.size >= mostStays) throw new SoakUnknown(`it came and went there more than ${mostStays} times`)
    looked.add(keyOf(next))
    // oxlint-disable-next-line no-await-in-loop -- nearly always one
    others.push(...(await othersIn(world, ref, { sha, environments, stay: next })))
  }
}

const byEnvironment = (deployments: readonly Deployment[]): Deployment[][] => {
  const places = new Map<string, Deployment[]>()
  for (const one of deployments) {
    const name = one.environment.trim().toLowerCase()
    places.set(name, [...(places.get(name) ?? []), one])
  }
  return [...places.values()]
}

/**
 * Where a commit ran before it is to run in an environment that asks for that, by the forge's record of deployments; undefined
 * where the environment asks nothing. GitHub's own `inactive` is believed, and its absence proves nothing: it is not set in
 * production environments, nor where a workflow turns it off.
 * @throws ForgeProblem where the forge does not answer now and may later
 */
export const soakProof = async (world: GateWorld, standing: Standing, name: string): Promise<SoakProof | undefined> => {
  const { ref, sha, law } = standing
  const { outline } = law
  const soak = soakOf(outline, name)
  if (soak === undefined || outline === undefined) return undefined
  await rememberSoak(world, ref, sha, outline)
  try {
    const all = recorded(await world.app.of(ref).deployments.ofCommit(sha))
    const own = all.filter((one) => one.sha === sha && isMeant(outline.environments, soak.environment, one.environment))
    const stays: Stay[] = []
    for (const there of byEnvironment(own))
      // oxlint-disable-next-line no-await-in-loop -- nearly always one
      stays.push(...(await staysIn(world, standing, there, soak)))
    return { stays }
  } catch (error) {
    if (error instanceof SoakUnknown) return { unknown: error.message }
    throw error
  }
}
