import type { JobHandlers, JobName, Jobs } from '../ports/queue.ts'
import { gateJob } from './decide-gate.ts'
import { deliveryJob } from './deliveries.ts'
import { retryTime } from './forge-problem.ts'
import { judgeJob } from './judge-job.ts'
import { pullsJob } from './open-pulls.ts'
import { reconcile } from './reconcile.ts'
import type { GateWorld } from './world.ts'

/** Where GitHub asks for patience, a job is put off until then: that is no failure, and costs no attempt. */
const patiently = async <Name extends JobName>(
  world: GateWorld,
  name: Name,
  job: Jobs[Name],
  key: string,
  work: () => Promise<void>,
): Promise<void> => {
  try {
    await work()
  } catch (error) {
    const again = retryTime(error)
    if (again === undefined) throw error
    world.log.warn({ job: name, again }, 'GitHub asks for patience')
    await world.queue.send(name, job, { key: `${key}/later`, startAfter: again })
  }
}

/** The App's work, by job. Every job may be done more than once. */
export const jobHandlers = (world: GateWorld): JobHandlers => ({
  delivery: (job) => patiently(world, 'delivery', job, job.guid, () => deliveryJob(world, job.guid)),
  judge: (job, context) =>
    patiently(world, 'judge', job, `${job.repository}/${job.sha}/${job.why}`, () => judgeJob(world, job, context)),
  pulls: (job) =>
    patiently(world, 'pulls', job, JSON.stringify([job.repository, job.change ?? 'installed']), () =>
      pullsJob(world, job),
    ),
  gate: (job, context) => patiently(world, 'gate', job, job.id, () => gateJob(world, job.id, context)),
  reconcile: (_, { signal }) => reconcile(world, signal),
})
