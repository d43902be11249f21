import type { Artifact, Deployment, Environment, WorkflowRun } from '../state/entities.ts'
import type { Repository } from '../state/repository.ts'
import { account } from './accounts.ts'
import { minimalPull } from './conversation.ts'
import { headCommit, repositoryShape } from './repository.ts'

/** The id of a workflow: the same for every run of one file. */
export const workflowId = (path: string): number =>
  Buffer.from(path).reduce((sum, byte) => (sum * 31 + byte) % 1_000_000, 7)

export const workflowRun = (repository: Repository, run: WorkflowRun) => {
  const { api, web, git, urls } = repository
  const url = `${api}/actions/runs/${run.id}`
  const commit = git.commits.get(run.sha)
  const actor = account(urls, run.actor)
  return {
    id: run.id,
    name: run.name,
    node_id: `WFR_${run.id}`,
    head_branch: run.branch,
    head_sha: run.sha,
    path: run.path,
    display_title: commit?.message.split('\n')[0] ?? run.name,
    run_number: run.number,
    run_attempt: run.attempt,
    event: run.event,
    status: run.status,
    conclusion: run.conclusion,
    workflow_id: workflowId(run.path),
    check_suite_id: run.id,
    check_suite_node_id: `CS_${run.id}`,
    url,
    html_url: `${web}/actions/runs/${run.id}`,
    pull_requests: repository.pullsAt(run.sha).map((pull) => minimalPull(repository, pull)),
    created_at: run.createdAt,
    updated_at: run.updatedAt,
    run_started_at: run.createdAt,
    actor,
    triggering_actor: actor,
    jobs_url: `${url}/jobs`,
    logs_url: `${url}/logs`,
    check_suite_url: `${api}/check-suites/${run.id}`,
    artifacts_url: `${url}/artifacts`,
    cancel_url: `${url}/cancel`,
    rerun_url: `${url}/rerun`,
    previous_attempt_url: null,
    workflow_url: `${api}/actions/workflows/${workflowId(run.path)}`,
    head_commit: commit === undefined ? null : headCommit(commit),
    repository: repositoryShape(repository),
    head_repository: repositoryShape(repository),
    referenced_workflows: [],
  }
}

/** The workflow of a run, as events about the run have it. */
export const workflow = ({ api, web }: Repository, { path, name }: WorkflowRun) => ({
  id: workflowId(path),
  node_id: `W_${workflowId(path)}`,
  name,
  path,
  state: 'active',
  created_at: '2026-01-01T00:00:00Z',
  updated_at: '2026-01-01T00:00:00Z',
  url: `${api}/actions/workflows/${workflowId(path)}`,
  html_url: `${web}/blob/main/${path}`,
  badge_url: `${web}/workflows/${encodeURIComponent(name)}/badge.svg`,
})

export const artifact = ({ api, id: repository }: Repository, given: Artifact) => ({
  id: given.id,
  node_id: `MDg6_${given.id}`,
  name: given.name,
  size_in_bytes: given.zip.byteLength,
  url: `${api}/actions/artifacts/${given.id}`,
  archive_download_url: `${api}/actions/artifacts/${given.id}/zip`,
  expired: given.expired,
  created_at: given.createdAt,
  updated_at: given.createdAt,
  expires_at: '2036-01-01T00:00:00Z',
  workflow_run: {
    id: given.run.id,
    repository_id: repository,
    head_repository_id: repository,
    head_branch: given.run.branch,
    head_sha: given.run.sha,
  },
})

export const environment = ({ api, web }: Repository, { id, name, createdAt }: Environment) => ({
  id,
  node_id: `EN_${id}`,
  name,
  url: `${api}/environments/${encodeURIComponent(name)}`,
  html_url: `${web}/deployments/activity_log?environments_filter=${encodeURIComponent(name)}`,
  created_at: createdAt,
  updated_at: createdAt,
})

/** GitHub takes an environment of this name for one of production, unless it is told otherwise. */
export const isProduction = (given: Deployment): boolean => given.environment === 'production'

export const deployment = (repository: Repository, given: Deployment) => {
  const { api, urls } = repository
  const url = `${api}/deployments/${given.id}`
  return {
    url,
    id: given.id,
    node_id: `DE_${given.id}`,
    task: 'deploy',
    original_environment: given.environment,
    environment: given.environment,
    description: null,
    created_at: given.createdAt,
    updated_at: given.statuses.at(-1)?.createdAt ?? given.createdAt,
    statuses_url: `${url}/statuses`,
    repository_url: api,
    creator: account(urls, given.run.actor),
    sha: given.sha,
    ref: given.ref,
    payload: {},
    transient_environment: false,
    production_environment: isProduction(given),
    performed_via_github_app: null,
  }
}

export const deploymentStatus = (repository: Repository, given: Deployment, status: Deployment['statuses'][number]) => {
  const url = `${repository.api}/deployments/${given.id}`
  return {
    url: `${url}/statuses/${status.id}`,
    id: status.id,
    node_id: `DES_${status.id}`,
    state: status.state,
    creator: account(repository.urls, given.run.actor),
    description: status.description,
    environment: given.environment,
    target_url: `${repository.web}/actions/runs/${given.run.id}`,
    created_at: status.createdAt,
    updated_at: status.createdAt,
    deployment_url: url,
    repository_url: repository.api,
  }
}
