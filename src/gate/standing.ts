import type { RepositoryRef } from '../ports/repository-ref.ts'
import { ForgeProblem, isPassing, valueOf } from './forge-problem.ts'
import { lawAt, type Law } from './law.ts'
import type { GateWorld } from './world.ts'

/** As what a commit is judged: by which law, compared with what, and whether its own comments may excuse findings. */
export interface Standing {
  ref: RepositoryRef
  sha: string
  law: Law
  /** The commit that a change is compared with. */
  mergeBase: string | undefined
  /** Where it left the branch whose law it is judged by, whether or not it is compared with that. */
  left: string | undefined
  /** `all` where the commit is part of the branch whose law it is judged by: somebody let it in. */
  trust: 'all' | 'base'
  notes: readonly string[]
}

const compare = async (world: GateWorld, ref: RepositoryRef, branch: string, sha: string) => {
  const forge = world.app.of(ref)
  const compared = await forge.commits.compare(branch, sha)
  if (compared.ok) return compared.value
  if (isPassing(compared.problem)) throw new ForgeProblem(compared.problem, `the base branch ${branch}`)
  // Histories that have nothing in common cannot be compared, and the law stands all the same.
  return { tip: valueOf(await forge.files.tip(branch), `the newest commit of ${branch}`), mergeBase: undefined }
}

/** A commit as a change to a branch: what the branch has already is known, and blocks nobody. */
export const asChange = async (
  world: GateWorld,
  ref: RepositoryRef,
  sha: string,
  branch: string,
): Promise<Standing> => {
  const { tip, mergeBase } = await compare(world, ref, branch, sha)
  const law = await lawAt(world, ref, branch, tip)
  const notes = mergeBase === undefined ? [`It has no common history with ${branch}, and is judged as a whole.`] : []
  return { ref, sha, law, mergeBase, left: mergeBase, trust: 'base', notes }
}

/** A commit as a whole: what would be deployed. */
export const asWhole = async (world: GateWorld, ref: RepositoryRef, sha: string): Promise<Standing> => {
  const branch = valueOf(await world.app.of(ref).defaultBranch(), 'the default branch')
  const { tip, mergeBase } = await compare(world, ref, branch, sha)
  const law = await lawAt(world, ref, branch, tip)
  const trust = mergeBase === sha ? 'all' : 'base'
  return { ref, sha, law, mergeBase: undefined, left: mergeBase, trust, notes: [] }
}
