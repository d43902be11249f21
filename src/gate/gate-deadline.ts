import { environmentKey } from '../core/policy-outline.ts'
import { durationMs } from '../core/policy-file.ts'
import type { Law } from './law.ts'

/** Where no policy says how long a deployment may wait. Milliseconds. */
const usualPatience = 86_400_000

/** When a request is rejected at the latest. */
export const deadlineOf = (requestedAt: Date, environment: string, law: Law | undefined): Date => {
  const outline = law?.outline
  const key = outline === undefined ? undefined : environmentKey(outline, environment)
  const patience = key === undefined ? undefined : outline?.environments[key]?.deadline
  return new Date(requestedAt.getTime() + (patience === undefined ? usualPatience : durationMs(patience)))
}
