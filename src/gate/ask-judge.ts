import type { JudgeReason } from '../ports/queue.ts'
import type { RepositoryRef } from '../ports/repository-ref.ts'
import type { GateWorld } from './world.ts'

/**
 * Queues the judging of a commit. Of those that wait for the same reason, one is enough; one that is to wait until later is not
 * in the way of one that is due.
 */
export const askJudge = (
  world: GateWorld,
  { id, installation, owner, name }: RepositoryRef,
  sha: string,
  why: JudgeReason,
  startAfter?: Date,
): Promise<void> =>
  world.queue.send(
    'judge',
    { repository: id, installation, owner, name, sha, why },
    {
      key: `${id}/${sha}/${why}${startAfter === undefined ? '' : '/at'}`,
      ...(startAfter === undefined ? {} : { startAfter }),
    },
  )

/** Queues another look at a gate. */
export const askGate = (world: GateWorld, id: string, startAfter?: Date): Promise<void> =>
  world.queue.send(
    'gate',
    { id },
    { key: startAfter === undefined ? id : `${id}/later`, ...(startAfter === undefined ? {} : { startAfter }) },
  )
