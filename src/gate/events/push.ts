import * as z from 'zod'
import { askGate, askJudge } from '../ask-judge.ts'
import { isBase, rememberMerged } from '../known-commits.ts'
import { askPulls } from '../open-pulls.ts'
import { forgetOrganisationLaw } from '../organisation-law.ts'
import type { GateWorld } from '../world.ts'
import { about, refOf, Sha } from './common.ts'

export const PushEvent = z.object({
  ...about,
  ref: z.string(),
  before: Sha.optional(),
  after: Sha,
  deleted: z.boolean().optional(),
})

/** Where GitHub does not say what a branch was before, it is taken for a new one. */
const nothing = '0'.repeat(40)

/**
 * Judges the default branch's newest commit, and looks again at all that waits: the law may be another one. So it may be for the
 * pull requests to any branch.
 */
export const onPush = async (world: GateWorld, event: z.infer<typeof PushEvent>): Promise<void> => {
  const ref = refOf(event)
  const branch = /^refs\/heads\/(.+)$/s.exec(event.ref)?.[1]
  if (branch === undefined || event.deleted === true) return
  const isDefault = branch === event.repository.default_branch
  if (isDefault || (await isBase(world, ref, branch)))
    await askPulls(world, ref, { branch, before: event.before ?? nothing, after: event.after })
  if (!isDefault) return
  if (ref.name === '.github') await forgetOrganisationLaw(world, ref.owner)
  await rememberMerged(world, ref, event.after)
  await askJudge(world, ref, event.after, 'new')
  for (const gate of await world.store.gates.unanswered({ repository: ref.id }))
    // oxlint-disable-next-line no-await-in-loop -- few
    await askGate(world, gate.id)
}
