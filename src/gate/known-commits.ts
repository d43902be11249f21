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

/** What a commit is to others. */
export interface Heads {
  /** The pull requests whose head it is now. */
  heads: Head[]
  /** The branch of a merge queue that it waits for. */
  queuedFor: string | undefined
  /** The base branches of pull requests whose head it was. */
  formerly: string[]
}

const askForge = async (world: GateWorld, ref: RepositoryRef, sha: string): Promise<Heads> => {
  const found = valueOf(await world.app.of(ref).pullRequests.withHead(sha), 'the pull requests of the commit')
  const open = found.filter((pull) => pull.open && pull.head.sha === sha)
  const heads = open.map(({ number, base }) => ({ number, base: base.branch }))
  return { heads, queuedFor: undefined, formerly: [] }
}

/** What a commit is to pull requests and merge queues: as events said, or as the forge says where none did. */
export const headsAt = async (world: GateWorld, ref: RepositoryRef, sha: string): Promise<Heads> => {
  const { memory } = world.store
  const commit = (await memory.get('commit', commitKey(ref, sha))) as KnownCommit | undefined
  if (commit === undefined) return await askForge(world, ref, sha)
  const heads: Head[] = []
  const formerly = new Set<string>()
  for (const number of commit.pulls.toSorted((a, b) => a - b)) {
    // oxlint-disable-next-line no-await-in-loop -- nearly always one
    const pull = (await memory.get('pull', pullKey(ref, number))) as KnownPull | undefined
    if (pull === undefined) continue
    if (pull.open && pull.head === sha) heads.push({ number, base: pull.base })
    else formerly.add(pull.base)
  }
  return { heads, queuedFor: commit.queuedFor, formerly: [...formerly] }
}

/** The branches that a commit is judged as a change to; none where it is judged as a whole. */
export const changeTo = ({ heads, queuedFor, formerly }: Heads): string[] => {
  const bases = [...new Set([...(queuedFor === undefined ? [] : [queuedFor]), ...heads.map(({ base }) => base)])]
  return bases.length > 0 ? bases : formerly.slice(0, 1)
}
