import * as z from 'zod'
import { askGate, askJudge } from '../ask-judge.ts'
import { rememberMerged } from '../known-commits.ts'
import { forgetOrganisationLaw } from '../organisation-law.ts'
import type { GateWorld } from '../world.ts'
import { about, refOf, Sha } from './common.ts'

export const PushEvent = z.object({ ...about, ref: z.string(), after: Sha, deleted: z.boolean().optional() })

/** Judges the default branch's newest commit, and looks again at all that waits: the law may be another one. */
export const onPush = async (world: GateWorld, event: z.infer<typeof PushEvent>): Promise<void> => {
  const ref = refOf(event)
  const branch = event.repository.default_branch
  if (branch === undefined || event.ref !== `refs/heads/${branch}` || event.deleted === true) return
  if (ref.name === '.github') await forgetOrganisationLaw(world, ref.owner)
  await rememberMerged(world, ref, event.after)
  await askJudge(world, ref, event.after, 'new')
  for (const gate of await world.store.gates.unanswered({ repository: ref.id }))
    // oxlint-disable-next-line no-await-in-loop -- few
    await askGate(world, gate.id)
}
