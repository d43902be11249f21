import * as z from 'zod'
import { askJudge } from '../ask-judge.ts'
import type { GateWorld } from '../world.ts'
import { about, refOf, Sha } from './common.ts'

export const WorkflowRunEvent = z.object({
  ...about,
  action: z.string(),
  workflow_run: z.object({ head_sha: Sha, head_repository: z.object({ id: z.number() }).nullish() }),
})

/** A run that is over may have left evidence; where it has not, what waited for it has to know. A fork's leaves none that counts. */
export const onWorkflowRun = async (world: GateWorld, event: z.infer<typeof WorkflowRunEvent>): Promise<void> => {
  const { head_sha: sha, head_repository: head } = event.workflow_run
  if (event.action !== 'completed') return
  if (head !== null && head !== undefined && head.id !== event.repository.id) return
  await askJudge(world, refOf(event), sha, 'evidence')
}
