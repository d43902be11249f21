import * as z from 'zod'
import { askJudge } from '../ask-judge.ts'
import { valueOf } from '../forge-problem.ts'
import { rememberPull, type KnownPull } from '../known-commits.ts'
import type { RepositoryRef } from '../../ports/repository-ref.ts'
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

const asItIs = async (world: GateWorld, ref: RepositoryRef, number: number, said: KnownPull): Promise<KnownPull> => {
  const pull = valueOf(await world.app.of(ref).pullRequests.get(number), `the pull request ${number}`)
  return { ...said, head: pull.head.sha, base: pull.base.branch, open: pull.open }
}

/** Judges the head of a pull request, drafts and those of forks included. */
export const onPullRequest = async (world: GateWorld, event: z.infer<typeof PullRequestEvent>): Promise<void> => {
  const { number, state, updated_at: at, head, base } = event.pull_request
  const ref = refOf(event)
  const rebased = event.action === 'edited' && event.changes?.base !== undefined
  const said: KnownPull = { head: head.sha, base: base.ref, open: state === 'open', at }
  // Two in one second look alike, and the base is whose law counts.
  const pull = rebased ? await asItIs(world, ref, number, said) : said
  await rememberPull(world, ref, number, pull, event.action === 'opened')
  if (state === 'open' && (judged.has(event.action) || rebased)) await askJudge(world, ref, pull.head, 'new')
}
