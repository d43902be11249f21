import * as z from 'zod'
import { askJudge } from '../ask-judge.ts'
import { rememberQueued } from '../known-commits.ts'
import type { GateWorld } from '../world.ts'
import { about, refOf, Sha } from './common.ts'

export const MergeGroupEvent = z.object({
  ...about,
  action: z.string(),
  merge_group: z.object({ head_sha: Sha, base_ref: z.string().min(1) }),
})

/** Judges the commit that a merge queue would merge, as a change to its branch. */
export const onMergeGroup = async (world: GateWorld, event: z.infer<typeof MergeGroupEvent>): Promise<void> => {
  if (event.action !== 'checks_requested') return
  const ref = refOf(event)
  const { head_sha: sha, base_ref: base } = event.merge_group
  await rememberQueued(world, ref, sha, base.replace(/^refs\/heads\//, ''))
  await askJudge(world, ref, sha, 'new')
}
