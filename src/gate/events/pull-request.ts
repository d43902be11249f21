import * as z from 'zod'
import { askJudge } from '../ask-judge.ts'
import { rememberPull } from '../known-commits.ts'
import type { GateWorld } from '../world.ts'
import { about, refOf, Sha } from './common.ts'

export const PullRequestEvent = z.object({
  ...about,
  action: z.string(),
  pull_request: z.object({
    number: z.number().int(),
    state: z.string(),
    updated_at: z.string(),
    head: z.object({ sha: Sha }),
    base: z.object({ ref: z.string().min(1) }),
  }),
  changes: z.object({ base: z.unknown().optional() }).optional(),
})

const judged = new Set(['opened', 'synchronize', 'reopened', 'ready_for_review'])

/** Judges the head of a pull request, drafts and those of forks included. */
export const onPullRequest = async (world: GateWorld, event: z.infer<typeof PullRequestEvent>): Promise<void> => {
  const { number, state, updated_at: at, head, base } = event.pull_request
  const ref = refOf(event)
  await rememberPull(world, ref, number, { head: head.sha, base: base.ref, open: state === 'open', at })
  const rebased = event.action === 'edited' && event.changes?.base !== undefined
  if (state === 'open' && (judged.has(event.action) || rebased)) await askJudge(world, ref, head.sha, 'new')
}
