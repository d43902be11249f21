import type { DeployedStatus } from '../../core/stays.ts'
import type { Answer } from '../../ports/answer.ts'
import type { Deployment } from '../../ports/deployments.ts'
import type { RepositoryRef } from '../../ports/repository-ref.ts'
import { ForgeProblem, isPassing } from '../forge-problem.ts'
import type { GateWorld } from '../world.ts'

/** What cannot be known of a soak, and asking again at once would not change it. */
export class SoakUnknown extends Error {
  override readonly name = 'SoakUnknown'
}

/** The value of an answer about deployments. @throws ForgeProblem where asking again may help, SoakUnknown where not */
export const recorded = <T>(answer: Answer<T>): T => {
  if (answer.ok) return answer.value
  if (isPassing(answer.problem)) throw new ForgeProblem(answer.problem, 'the deployments of the repository')
  throw new SoakUnknown(answer.problem.message)
}

/** Whether two names are one environment to GitHub. */
export const isSame = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase()

/** All that was said of a deployment. A status may be about another environment than the deployment is. */
export const statusesOf = async (
  world: GateWorld,
  ref: RepositoryRef,
  { id, environment }: Deployment,
): Promise<DeployedStatus[]> =>
  recorded(await world.app.of(ref).deployments.statuses(id)).map((status) => ({
    id: status.id,
    at: status.at,
    state: status.environment === undefined || isSame(status.environment, environment) ? status.state : 'elsewhere',
  }))
