import type { PullRequest } from '../../ports/pull-requests.ts'
import type { RepositoryRef } from '../../ports/repository-ref.ts'
import { askGate, askJudge } from '../ask-judge.ts'
import type { GateWorld } from '../world.ts'

/** Has the newest commit judged again, with all evidence that there is now. The answer is the verdict itself. */
export const recheck = async (world: GateWorld, ref: RepositoryRef, { head }: PullRequest): Promise<void> => {
  await askJudge(world, ref, head.sha, 'asked')
  for (const gate of await world.store.gates.unanswered({ repository: ref.id, sha: head.sha }))
    // oxlint-disable-next-line no-await-in-loop -- few
    await askGate(world, gate.id)
}
