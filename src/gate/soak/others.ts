import type { DeployedStatus, Stay } from '../../core/stays.ts'
import type { Deployment } from '../../ports/deployments.ts'
import type { RepositoryRef } from '../../ports/repository-ref.ts'
import type { GateWorld } from '../world.ts'
import { recorded, SoakUnknown, statusesOf } from './record.ts'

/** Deployments of others that are looked through for one stay. */
const most = 60

/** So many are asked about at once. */
const together = 5

/** A deployment may be made before the stay began and succeed in it: so many of the last ones before it are looked at. */
const before = 5

interface Place {
  sha: string
  /** The environment, in each spelling that is in use. */
  environments: readonly string[]
  stay: Stay
}

const listed = async (world: GateWorld, ref: RepositoryRef, { environments, stay }: Place): Promise<Deployment[]> => {
  const { deployments } = world.app.of(ref)
  const lists = await Promise.all(environments.map((name) => deployments.to(name, new Date(stay.from))))
  return [...new Map(lists.flatMap((list) => recorded(list)).map((one) => [one.id, one])).values()]
}

/** The deployments of other commits that may have succeeded in a stay, in the order in which they were made. */
const rivalsOf = (all: readonly Deployment[], { sha, stay }: Place): Deployment[] => {
  const from = Date.parse(stay.from)
  const others = all
    .filter((one) => one.sha !== sha)
    .sort((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt) || a.id - b.id)
  const older = others.filter(({ createdAt }) => Date.parse(createdAt) < from)
  const last = new Set(older.slice(-before))
  return others.filter((one) => Date.parse(one.createdAt) >= from || Date.parse(one.updatedAt) >= from || last.has(one))
}

/**
 * The successes of other commits in an environment while a commit ran there, as far as they may have ended that: those after
 * the first one do not matter.
 */
export const othersIn = async (world: GateWorld, ref: RepositoryRef, place: Place): Promise<DeployedStatus[]> => {
  const { environments, stay } = place
  const from = Date.parse(stay.from)
  let end = stay.to === undefined ? Number.POSITIVE_INFINITY : Date.parse(stay.to)
  const rivals = rivalsOf(await listed(world, ref, place), place)
  const found: DeployedStatus[] = []
  for (let at = 0; at < rivals.length; at += together) {
    // What was made after the stay ended has not ended it.
    const some = rivals.slice(at, at + together).filter(({ createdAt }) => Date.parse(createdAt) <= end)
    if (some.length === 0) break
    if (at >= most)
      throw new SoakUnknown(`more than ${most} other deployments were made to ${environments.join(', ')} meanwhile`)
    // oxlint-disable-next-line no-await-in-loop -- the first success makes the rest needless
    const said = (await Promise.all(some.map((one) => statusesOf(world, ref, one)))).flat()
    const successes = said.filter(
      (status) => status.state === 'success' && Date.parse(status.at) >= from && Date.parse(status.at) <= end,
    )
    found.push(...successes)
    end = Math.min(end, ...successes.map((status) => Date.parse(status.at)))
  }
  return found
}
