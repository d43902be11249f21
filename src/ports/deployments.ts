import type { Answer } from './answer.ts'

/** A deployment as the forge keeps it. Instants in ISO 8601. */
export interface Deployment {
  id: number
  sha: string
  environment: string
  createdAt: string
  /** When anything of it changed last, as far as the forge says. */
  updatedAt: string
}

export interface DeploymentStatus {
  /** Grows with each status. */
  id: number
  state: string
  at: string
  /** Undefined where it says none: then it is the deployment's. */
  environment: string | undefined
}

/** What was deployed where, by the forge's own record. Each list is whole, or a problem. */
export interface Deployments {
  /** Those of one commit, to any environment, newest first. */
  ofCommit(sha: string): Promise<Answer<readonly Deployment[]>>
  /** Those to one environment, by the name that the forge has for it, newest first, at least as far back as an instant. */
  to(environment: string, since: Date): Promise<Answer<readonly Deployment[]>>
  statuses(deployment: number): Promise<Answer<readonly DeploymentStatus[]>>
}
