import type { Answer } from './answer.ts'
import type { CheckRuns } from './check-runs.ts'
import type { CommittedFiles } from './committed-files.ts'
import type { Commits } from './commits.ts'
import type { DeploymentGates } from './deployment-gates.ts'
import type { Deployments } from './deployments.ts'
import type { People } from './people.ts'
import type { PullRequestComments } from './pull-request-comments.ts'
import type { PullRequests } from './pull-requests.ts'
import type { RepositoryRef } from './repository-ref.ts'
import type { WorkflowRuns } from './workflow-runs.ts'

export type Reaction = 'eyes' | '+1' | '-1' | 'confused'

/** One repository, by what the App does there. */
export interface Forge {
  commits: Commits
  files: CommittedFiles
  checks: CheckRuns
  pullRequests: PullRequests
  comments(pullRequest: number): PullRequestComments
  react(comment: number, reaction: Reaction): Promise<Answer<void>>
  runs: WorkflowRuns
  gates: DeploymentGates
  deployments: Deployments
  people: People
  /** The repository's default branch. */
  defaultBranch(): Promise<Answer<string>>
}

/** One delivery of a webhook in the App's own log at the forge. */
export interface LoggedDelivery {
  /** Digits; larger than a number holds exactly. */
  id: string
  guid: string
  event: string
  deliveredAt: string
  ok: boolean
}

/** What the App may do as itself and not in one installation. */
export interface AppForge {
  /** Failed deliveries since an instant, newest first, bounded. */
  failedDeliveries(since: Date): Promise<Answer<readonly LoggedDelivery[]>>
  redeliver(id: string): Promise<Answer<void>>
  /** Every repository of every installation. */
  repositories(): Promise<Answer<readonly RepositoryRef[]>>
  /** What the App was granted, by installation, for the self-test. */
  grants(): Promise<
    Answer<readonly { account: string; permissions: Record<string, string>; events: readonly string[] }[]>
  >
  of(repository: RepositoryRef): Forge
  /** The organisation's or the user's `.github` repository, where the App can see it. */
  organisation(repository: RepositoryRef): Promise<Answer<RepositoryRef | undefined>>
}
