import type { Answer } from '../ports/answer.ts'
import { ForgeProblem, valueOf } from './forge-problem.ts'
import type { GateWorld } from './world.ts'

/** What was published, or who is about to publish it. */
type Kept = { id: number; digest?: string } | { creating: string; at: number }

/** Whoever takes longer to publish has died. Milliseconds. */
const patience = 30_000

/** One thing at the forge of which there may be one alone: a check run of an environment, a comment of a pull request. */
export interface Published {
  kind: 'check' | 'comment' | 'reply'
  key: string
  /** Whether to look at the forge even where nobody is known to have published: what is remembered may be lost. */
  lookFirst: boolean
  /** Looks at the forge for what somebody published who died before it was kept. */
  find: () => Promise<Answer<number | undefined>>
  create: () => Promise<Answer<number>>
  edit: (id: number) => Promise<Answer<void>>
  /** Changes with what is to be shown. */
  digest: string
}

const create = async (
  world: GateWorld,
  { kind, key, lookFirst, find, create: make, digest }: Published,
): Promise<void> => {
  const { memory } = world.store
  const now = world.clock.now().getTime()
  const mine = { creating: globalThis.crypto.randomUUID(), at: now }
  const standing = (await memory.claim(kind, key, mine)) as Kept
  const first = 'creating' in standing && standing.creating === mine.creating
  if (!first || lookFirst) {
    const found = 'id' in standing ? standing.id : valueOf(await find(), `the ${kind} that is there`)
    if (found !== undefined) return await memory.put(kind, key, { id: found })
    // Somebody else is at it; two of one thing are worse than a pause.
    if (!first && 'creating' in standing && now - standing.at < patience)
      throw new ForgeProblem(
        { kind: 'unreachable', message: 'somebody else is about to', retryAt: new Date(now + 5000) },
        `the ${kind} could not be published`,
      )
    if (!first) await memory.put(kind, key, mine)
  }
  const made = await make()
  // An answer that was lost may have been a success: the next attempt looks for it.
  if (!made.ok) {
    if (made.problem.kind === 'unreachable' && made.problem.retryAt === undefined)
      await memory.put(kind, key, { ...mine, at: 0 })
    else await memory.forget(kind, key)
  }
  await memory.put(kind, key, { id: valueOf(made, `the ${kind}`), digest })
}

/** Forgets what is shown, so that it is shown again even where nothing changed. */
export const showAgain = async (world: GateWorld, kind: Published['kind'], key: string): Promise<void> => {
  const kept = (await world.store.memory.get(kind, key)) as Kept | undefined
  if (kept !== undefined && 'id' in kept) await world.store.memory.put(kind, key, { id: kept.id })
}

/** Creates one thing at the forge once, and edits it where it changed. */
export const publishOnce = async (world: GateWorld, thing: Published): Promise<void> => {
  const { memory } = world.store
  const { kind, key, digest } = thing
  let kept = (await memory.get(kind, key)) as Kept | undefined
  if (kept === undefined || 'creating' in kept) {
    await create(world, thing)
    kept = (await memory.get(kind, key)) as Kept | undefined
  }
  if (kept === undefined || !('id' in kept) || kept.digest === digest) return
  const edited = await thing.edit(kept.id)
  if (!edited.ok && edited.problem.kind === 'missing') {
    // Somebody deleted it.
    await memory.forget(kind, key)
    return await create(world, thing)
  }
  valueOf(edited, `the ${kind}`)
  await memory.put(kind, key, { id: kept.id, digest })
}
