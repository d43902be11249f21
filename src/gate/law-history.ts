import { decodeHistory, type HistorySource } from '../core/history.ts'
import type { RepositoryRef } from '../ports/repository-ref.ts'
import { ForgeProblem, isPassing } from './forge-problem.ts'
import type { GateWorld } from './world.ts'

/** A history as it can be kept: JSON has no undefined. */
type Kept = { text: string | null } | { unreadable: string }

const read = async (world: GateWorld, ref: RepositoryRef, tip: string, path: string): Promise<HistorySource> => {
  const file = await world.app.of(ref).files.read(tip, path)
  if (file.ok) return file.value === undefined ? { path, text: undefined } : decodeHistory(path, file.value)
  if (isPassing(file.problem)) throw new ForgeProblem(file.problem, `the history ${path}`)
  return { path, unreadable: `cannot be read at ${tip.slice(0, 12)}: ${file.problem.message}` }
}

/**
 * The earlier values that a repository keeps, at the commit that its law comes from: a change does not bring its own past. They
 * are the repository's own even where the policy is the organisation's. Undefined where the policy names none.
 * @throws ForgeProblem where they cannot be read now and may be later
 */
export const historyAt = async (
  world: GateWorld,
  ref: RepositoryRef,
  tip: string,
  path: string | undefined,
): Promise<HistorySource | undefined> => {
  if (path === undefined) return undefined
  const { memory } = world.store
  const key = `${ref.id}/${tip}/${path}`
  const kept = (await memory.get('history', key)) as Kept | undefined
  if (kept !== undefined) return 'unreadable' in kept ? { path, ...kept } : { path, text: kept.text ?? undefined }
  const source = await read(world, ref, tip, path)
  // What was read does not change; a refusal may.
  if ('text' in source) await memory.put('history', key, { text: source.text ?? null } satisfies Kept)
  return source
}
