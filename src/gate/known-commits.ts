import type { RepositoryRef } from '../ports/repository-ref.ts'
import { valueOf } from './forge-problem.ts'
import type { GateWorld } from './world.ts'

/** An open pull request whose head a commit is. */
export interface Head {
  number: number
  base: string
}

/** What events said of a pull request; `at` is the pull request's own time of change. */
interface KnownPull {
  head: string
  base: string
  open: boolean
  at: string
}

/** What events said of a commit. */
interface KnownCommit {
  pulls: number[]
  /** The branch of a merge queue that the commit waits for. */
  queuedFor?: string
}

const pullKey = (ref: RepositoryRef, number: number): string => `${ref.id}/${number}`
const commitKey = (ref: RepositoryRef, sha: string): string => `${ref.id}/${sha}`

/** Keeps what an event says of a pull request, unless something newer is known: deliveries come in any order. */
export const rememberPull = async (
  world: GateWorld,
  ref: RepositoryRef,
  number: number,
  pull: KnownPull,
): Promise<void> => {
  const { memory } = world.store
  const known = (await memory.get('pull', pullKey(ref, number))) as KnownPull | undefined
  if (known === undefined || known.at <= pull.at) await memory.put('pull', pullKey(ref, number), pull)
  const commit = (await memory.get('commit', commitKey(ref, pull.head))) as KnownCommit | undefined
  if (commit?.pulls.includes(number) !== true)
    await memory.put('commit', commitKey(ref, pull.head), { ...commit, pulls: [...(commit?.pulls ?? []), number] })
}

/** Keeps which branch a merge queue's commit is for. */
export const rememberQueued = (world: GateWorld, ref: RepositoryRef, sha: string, branch: string): Promise<void> =>
  world.store.memory.put('commit', commitKey(ref, sha), { pulls: [], queuedFor: branch } satisfies KnownCommit)

/** Keeps that a commit is the newest of the default branch: from now on it is judged as a whole. */
export const rememberMerged = (world: GateWorld, ref: RepositoryRef, sha: string): Promise<void> =>
  world.store.memory.put('commit', commitKey(ref, sha), { pulls: [] } satisfies KnownCommit)

/** The pull requests whose head a commit is now, and the merge queue that it waits in. */
export const headsAt = async (
  world: GateWorld,
  ref: RepositoryRef,
  sha: string,
): Promise<{ heads: Head[]; queuedFor: string | undefined; moved: boolean }> => {
  const { memory } = world.store
  const commit = (await memory.get('commit', commitKey(ref, sha))) as KnownCommit | undefined
  if (commit === undefined) {
    const found = valueOf(await world.app.of(ref).pullRequests.withHead(sha), 'the pull requests of the commit')
    const open = found.filter((pull) => pull.open && pull.head.sha === sha)
    return {
      heads: open.map(({ number, base }) => ({ number, base: base.branch })),
      queuedFor: undefined,
      moved: false,
    }
  }
  const numbers = [...commit.pulls].sort((a, b) => a - b)
  const pulls = await Promise.all(numbers.map((number) => memory.get('pull', pullKey(ref, number))))
  const heads = numbers.flatMap((number, index) => {
    const pull = pulls[index] as KnownPull | undefined
    return pull !== undefined && pull.open && pull.head === sha ? [{ number, base: pull.base }] : []
  })
  return { heads, queuedFor: commit.queuedFor, moved: numbers.length > 0 && heads.length === 0 }
}
