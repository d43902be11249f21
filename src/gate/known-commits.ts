import type { RepositoryRef } from '../ports/repository-ref.ts'
import { valueOf } from './forge-problem.ts'
import type { GateWorld } from './world.ts'

/** An open pull request whose head a commit is. */
export interface Head {
  number: number
  base: string
}

/** What events said of a pull request; `at` is the pull request's own time of change. */
export interface KnownPull {
  head: string
  base: string
  open: boolean
  at: string
}

/** What events said of a commit. The pull requests that it was ever the head of are a list of their own. */
interface KnownCommit {
  /** The branch of a merge queue that the commit waits for. */
  queuedFor?: string
  /** Whether the default branch has it. */
  merged?: true
}

const pullKey = (ref: RepositoryRef, number: number): string => `${ref.id}/${number}`
const commitKey = (ref: RepositoryRef, sha: string): string => `${ref.id}/${sha}`

/**
 * Keeps what an event says of a pull request, unless something newer is known: deliveries come in any order, and times are
 * whole seconds. That it was opened is the oldest that there is to know.
 */
export const rememberPull = async (
  world: GateWorld,
  ref: RepositoryRef,
  number: number,
  pull: KnownPull,
  first: boolean,
): Promise<void> => {
  const { memory } = world.store
  const key = pullKey(ref, number)
  if (first) await memory.claim('pull', key, pull)
  else {
    const known = (await memory.get('pull', key)) as KnownPull | undefined
    if (known === undefined || known.at <= pull.at) await memory.put('pull', key, pull)
  }
  await memory.add('commit-pulls', commitKey(ref, pull.head), number)
  await memory.put('base-branch', `${ref.id}/${pull.base}`, true)
}

/** Whether a pull request to a branch was seen: its pushes may change a law. */
export const isBase = async (world: GateWorld, ref: RepositoryRef, branch: string): Promise<boolean> =>
  (await world.store.memory.get('base-branch', `${ref.id}/${branch}`)) !== undefined

/** Keeps which branch a merge queue's commit is for. */
export const rememberQueued = (world: GateWorld, ref: RepositoryRef, sha: string, branch: string): Promise<void> =>
  world.store.memory.put('commit', commitKey(ref, sha), { queuedFor: branch } satisfies KnownCommit)

/** Keeps that a commit is the newest of the default branch: from now on it is judged as a whole, too. */
export const rememberMerged = (world: GateWorld, ref: RepositoryRef, sha: string): Promise<void> =>
  world.store.memory.put('commit', commitKey(ref, sha), { merged: true } satisfies KnownCommit)

/** What a commit is to others. */
export interface Heads {
  /** The pull requests whose head it is now. */
  heads: Head[]
  /** The branch of a merge queue that it waits for. */
  queuedFor: string | undefined
  /** Whether the default branch has it. */
  merged: boolean
  /** The pull requests whose head it was. */
  formerly: Head[]
}

const askForge = async (world: GateWorld, ref: RepositoryRef, sha: string): Promise<Heads> => {
  const found = valueOf(await world.app.of(ref).pullRequests.withHead(sha), 'the pull requests of the commit')
  const open = found.filter((pull) => pull.open && pull.head.sha === sha)
  const heads = open.map(({ number, base }) => ({ number, base: base.branch }))
  return { heads, queuedFor: undefined, merged: false, formerly: [] }
}

/** What a commit is to pull requests and merge queues: as events said, or as the forge says where none did. */
export const headsAt = async (world: GateWorld, ref: RepositoryRef, sha: string): Promise<Heads> => {
  const { memory } = world.store
  const key = commitKey(ref, sha)
  const commit = (await memory.get('commit', key)) as KnownCommit | undefined
  const pulls = (await memory.get('commit-pulls', key)) as number[] | undefined
  if (commit === undefined && pulls === undefined) return await askForge(world, ref, sha)
  const heads: Head[] = []
  const formerly: Head[] = []
  for (const number of (pulls ?? []).toSorted((a, b) => a - b)) {
    // oxlint-disable-next-line no-await-in-loop -- nearly always one
    const pull = (await memory.get('pull', pullKey(ref, number))) as KnownPull | undefined
    if (pull === undefined) continue
    if (pull.open && pull.head === sha) heads.push({ number, base: pull.base })
    else formerly.push({ number, base: pull.base })
  }
  return { heads, queuedFor: commit?.queuedFor, merged: commit?.merged === true, formerly }
}

/**
 * As what a commit is judged: as a change to a branch, and as a whole (`undefined`) where the default branch has it or nothing
 * else is known of it. Whoever opens a second pull request to a branch with a law of his own gets a second judge, and no other one.
 */
export const judgedAs = ({ heads, queuedFor, merged, formerly }: Heads): (string | undefined)[] => {
  const changes = [...new Set([...(queuedFor === undefined ? [] : [queuedFor]), ...heads.map(({ base }) => base)])]
  if (merged) return [undefined, ...changes]
  return changes.length > 0 ? changes : [formerly[0]?.base]
}
