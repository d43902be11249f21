import * as z from 'zod'
import { askGate, askJudge } from '../ask-judge.ts'
import { awaitsSoak } from '../soak/waiting.ts'
import type { GateWorld } from '../world.ts'
import { about, refOf, Sha } from './common.ts'

export const DeploymentStatusEvent = z.object({
  ...about,
  deployment: z.object({ sha: Sha, environment: z.string() }),
  deployment_status: z.object({ state: z.string() }),
})

/** States in which a commit begins to run somewhere or has failed there. GitHub tells nobody that one became inactive. */
const ends = new Set(['success', 'failure', 'error'])

/** Something was deployed, or was not: what waits for a commit to run elsewhere has to know, be it this commit or another. */
export const onDeploymentStatus = async (
  world: GateWorld,
  event: z.infer<typeof DeploymentStatusEvent>,
): Promise<void> => {
  const { sha, environment } = event.deployment
  if (!ends.has(event.deployment_status.state)) return
  const ref = refOf(event)
  if (await awaitsSoak(world, ref, sha, environment)) await askJudge(world, ref, sha, 'soaked')
  for (const gate of await world.store.gates.unanswered({ repository: ref.id }))
    // oxlint-disable-next-line no-await-in-loop -- few
    if (await awaitsSoak(world, ref, gate.sha, environment)) await askGate(world, gate.id)
}
