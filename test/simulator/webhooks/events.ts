/** What apps are told, event by event. */
import type { GitHub } from '../github.ts'
import { checkRun, checkSuite } from '../shapes/checks.ts'
import { issueComment, issueShape, pullRequest } from '../shapes/conversation.ts'
import { headCommit } from '../shapes/repository.ts'
import { deployment, deploymentStatus, isProduction, workflow, workflowRun } from '../shapes/runs.ts'
import type { CheckRun, CheckSuite, Comment, Deployment, PullRequest, WorkflowRun } from '../state/entities.ts'
import type { Repository } from '../state/repository.ts'
import type { Account } from '../state/types.ts'
import { emit } from './emit.ts'

export const pullEvent = (
  github: GitHub,
  repository: Repository,
  pull: PullRequest,
  action: string,
  sender: Account,
  more: object = {},
): string[] => {
  const head = github.repositories.get(pull.head.repository) ?? null
  const body = { number: pull.number, pull_request: pullRequest(repository, pull, head), ...more }
  return emit(github, repository, 'pull_request', action, body, { sender })
}

export const commentEvent = (
  github: GitHub,
  repository: Repository,
  comment: Comment,
  action: 'created' | 'edited',
  sender: Account,
  before?: string,
): string[] => {
  const pull = repository.pulls.get(comment.issue)
  if (pull === undefined) return []
  const changes = before === undefined ? {} : { changes: { body: { from: before } } }
  const body = { issue: issueShape(repository, pull), comment: issueComment(repository, comment), ...changes }
  return emit(github, repository, 'issue_comment', action, body, { sender })
}

export const checkRunEvent = (
  github: GitHub,
  repository: Repository,
  run: CheckRun,
  action: 'created' | 'completed' | 'rerequested' | 'requested_action',
  sender: Account,
  identifier?: string,
): string[] => {
  const mine = action === 'rerequested' || action === 'requested_action'
  const whole = { ...checkRun(repository, run), check_suite: checkSuite(repository, run.suite) }
  const body = { check_run: whole, ...(identifier === undefined ? {} : { requested_action: { identifier } }) }
  return emit(github, repository, 'check_run', action, body, { sender, ...(mine ? { only: run.suite.app } : {}) })
}

export const checkSuiteEvent = (
  github: GitHub,
  repository: Repository,
  suite: CheckSuite,
  action: 'requested' | 'rerequested',
  sender: Account,
): string[] => {
  const whole = checkSuite(repository, suite)
  return emit(github, repository, 'check_suite', action, { check_suite: whole }, { sender, only: suite.app })
}

export const runEvent = (
  github: GitHub,
  repository: Repository,
  run: WorkflowRun,
  action: 'requested' | 'in_progress' | 'completed',
): string[] => {
  const body = { workflow: workflow(repository, run), workflow_run: workflowRun(repository, run) }
  return emit(github, repository, 'workflow_run', action, body, { sender: run.actor })
}

export const deploymentEvent = (github: GitHub, repository: Repository, given: Deployment): string[] => {
  const { run } = given
  const body = {
    deployment: deployment(repository, given),
    workflow: workflow(repository, run),
    workflow_run: workflowRun(repository, run),
  }
  return emit(github, repository, 'deployment', 'created', body, { sender: run.actor })
}

const newStatus = (github: GitHub, given: Deployment, state: string): Deployment['statuses'][number] => {
  const status = { id: github.nextId(), state, description: '', createdAt: new Date(github.now()).toISOString() }
  given.statuses.push(status)
  return status
}

/** A success takes the place of all that was deployed there before it, but in production environments. */
const replaceOlder = (github: GitHub, repository: Repository, given: Deployment): void => {
  if (isProduction(given)) return
  for (const older of repository.deployments.values())
    if (older.id < given.id && older.environment === given.environment && older.statuses.at(-1)?.state === 'success')
      newStatus(github, older, 'inactive')
}

export const deploymentStatusEvent = (
  github: GitHub,
  repository: Repository,
  given: Deployment,
  state: string,
  autoInactive = true,
): void => {
  const status = newStatus(github, given, state)
  if (state === 'success' && autoInactive) replaceOlder(github, repository, given)
  // GitHub tells nobody of these.
  if (state === 'inactive') return
  const body = {
    deployment: deployment(repository, given),
    deployment_status: deploymentStatus(repository, given, status),
    check_run: null,
    workflow: workflow(repository, given.run),
    workflow_run: workflowRun(repository, given.run),
  }
  emit(github, repository, 'deployment_status', 'created', body, { sender: given.run.actor })
}

const none = '0'.repeat(40)

export const pushEvent = (
  github: GitHub,
  repository: Repository,
  branch: string,
  before: string | undefined,
  after: string,
  sender: Account,
): string[] => {
  const commit = repository.git.commits.get(after)
  const head =
    commit === undefined
      ? null
      : {
          ...headCommit(commit),
          distinct: true,
          url: `${repository.web}/commit/${after}`,
          added: [],
          removed: [],
          modified: [],
        }
  const body = {
    ref: `refs/heads/${branch}`,
    before: before ?? none,
    after,
    created: before === undefined,
    deleted: false,
    forced: false,
    base_ref: null,
    compare: `${repository.web}/compare/${before ?? none}...${after}`,
    commits: head === null ? [] : [head],
    head_commit: head,
    pusher: { name: sender.login, email: 'ada@shop.example' },
  }
  return emit(github, repository, 'push', null, body, { sender })
}

export const mergeGroupEvent = (
  github: GitHub,
  repository: Repository,
  group: { sha: string; branch: string; base: string; baseSha: string },
  sender: Account,
): string[] => {
  const commit = repository.git.commits.get(group.sha)
  const body = {
    merge_group: {
      head_sha: group.sha,
      head_ref: `refs/heads/${group.branch}`,
      base_sha: group.baseSha,
      base_ref: `refs/heads/${group.base}`,
      head_commit: commit === undefined ? null : headCommit(commit),
    },
  }
  return emit(github, repository, 'merge_group', 'checks_requested', body, { sender })
}
