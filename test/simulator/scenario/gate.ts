import type { GitHub } from '../github.ts'
import { deployment as deploymentShape } from '../shapes/runs.ts'
import { pullRequest } from '../shapes/conversation.ts'
import type { Deployment, Environment, Gate, WorkflowRun } from '../state/entities.ts'
import type { Repository } from '../state/repository.ts'
import { emit } from '../webhooks/emit.ts'
import { deploymentStatusEvent, runEvent } from '../webhooks/events.ts'

/** How a request reaches the app. */
export interface Asking {
  /** `deployment` is null, as of `environment: {name, deployment: false}`. */
  withoutDeployment?: boolean
  /** No top-level `sha` and `ref`, as older servers send it. */
  withoutSha?: boolean
  /** The same request comes twice, as two deliveries. */
  twice?: boolean
}

/** Asks the apps of an environment whether a run may deploy. */
export const openGates = (
  github: GitHub,
  repository: Repository,
  about: { run: WorkflowRun; environment: Environment; deployment: Deployment | null },
  asking: Asking,
): Gate[] =>
  about.environment.apps.map((app) => {
    const { run, environment, deployment } = about
    const gate: Gate = {
      run,
      attempt: run.attempt,
      environment: environment.name,
      app,
      deployment,
      state: 'waiting',
      comment: '',
      reports: [],
      openedAt: github.now(),
      answeredAt: undefined,
    }
    repository.addGate(gate)
    askAgain(github, repository, gate, asking)
    return gate
  })

/** Sends the request of a gate, once more where it was sent before. */
export const askAgain = (github: GitHub, repository: Repository, gate: Gate, asking: Asking): string[] => {
  const { run, environment, app, deployment } = gate
  const isPull = run.event === 'pull_request'
  const pulls = isPull ? repository.pullsAt(run.sha) : []
  const number = pulls[0]?.number
  const ref = number === undefined ? `refs/heads/${run.branch}` : `refs/pull/${number}/merge`
  const body = {
    environment,
    event: run.event,
    ...(asking.withoutSha === true ? {} : { sha: run.sha, ref }),
    deployment_callback_url: `${repository.api}/actions/runs/${run.id}/deployment_protection_rule`,
    deployment: deployment === null ? null : deploymentShape(repository, deployment),
    pull_requests: pulls.map((pull) => pullRequest(repository, pull, repository)),
  }
  const sent = { sender: run.actor, only: app, ...(asking.twice === true ? { twice: true } : {}) }
  return emit(github, repository, 'deployment_protection_rule', 'requested', body, sent)
}

const settle = (github: GitHub, repository: Repository, { run, deployment }: Gate): void => {
  const gates = repository.gatesOf(run.id).filter(({ attempt }) => attempt === run.attempt)
  run.updatedAt = new Date(github.now()).toISOString()
  if (gates.some(({ state }) => state === 'rejected')) {
    run.status = 'completed'
    run.conclusion = 'failure'
    if (deployment !== null) deploymentStatusEvent(github, repository, deployment, 'failure')
    runEvent(github, repository, run, 'completed')
    return
  }
  if (gates.some(({ state }) => state === 'waiting')) return
  run.status = 'in_progress'
  if (deployment !== null) deploymentStatusEvent(github, repository, deployment, 'in_progress')
  runEvent(github, repository, run, 'in_progress')
}

/** Takes the final answer of an app: the run goes on when all have approved and ends when one has rejected. */
export const answerGate = (
  github: GitHub,
  repository: Repository,
  gate: Gate,
  state: 'approved' | 'rejected',
  comment: string,
): void => {
  gate.state = state
  gate.comment = comment
  gate.answeredAt = github.now()
  if (gate.run.status === 'waiting') settle(github, repository, gate)
}
