import type { CheckRun, CheckSuite } from '../state/entities.ts'
import type { Repository } from '../state/repository.ts'
import { app } from './accounts.ts'
import { minimalPull } from './conversation.ts'
import { headCommit, repositoryShape } from './repository.ts'

const suiteState = (repository: Repository, suite: CheckSuite) => {
  const runs = repository.checkRunsAt(suite.sha).filter((run) => run.suite === suite)
  const done = runs.length > 0 && runs.every(({ status }) => status === 'completed')
  const worst = runs.some(({ conclusion }) => conclusion === 'failure') ? 'failure' : 'success'
  return { status: done ? 'completed' : 'queued', conclusion: done ? worst : null, runs: runs.length }
}

// The description of webhooks lists fewer events than an app can ask for.
const undescribed = new Set(['deployment_protection_rule', 'merge_group'])
const appOf = (repository: Repository, given: CheckSuite['app']) => ({
  ...app(repository.urls, given),
  events: given.events.filter((event) => !undescribed.has(event)),
})

export const checkSuite = (repository: Repository, suite: CheckSuite) => {
  const { api, git } = repository
  const { status, conclusion, runs } = suiteState(repository, suite)
  const commit = git.commits.get(suite.sha)
  return {
    id: suite.id,
    node_id: `CS_${suite.id}`,
    head_branch: suite.branch,
    head_sha: suite.sha,
    status,
    conclusion,
    url: `${api}/check-suites/${suite.id}`,
    before: commit?.parents[0] ?? null,
    after: suite.sha,
    pull_requests: repository.pullsAt(suite.sha).map((pull) => minimalPull(repository, pull)),
    app: appOf(repository, suite.app),
    created_at: suite.createdAt,
    updated_at: suite.updatedAt,
    head_commit: commit === undefined ? null : headCommit(commit),
    latest_check_runs_count: runs,
    check_runs_url: `${api}/check-suites/${suite.id}/check-runs`,
  }
}

/** A suite as the API gives it: with its repository. */
export const wholeSuite = (repository: Repository, suite: CheckSuite) => ({
  ...checkSuite(repository, suite),
  repository: repositoryShape(repository),
})

export const checkRun = (repository: Repository, run: CheckRun) => {
  const { api, web } = repository
  const { title, summary, text, annotations } = run.output
  const url = `${api}/check-runs/${run.id}`
  return {
    id: run.id,
    name: run.name,
    node_id: `CR_${run.id}`,
    head_sha: run.sha,
    external_id: run.externalId ?? '',
    url,
    html_url: `${web}/runs/${run.id}`,
    details_url: run.detailsUrl,
    status: run.status,
    conclusion: run.conclusion,
    started_at: run.startedAt,
    completed_at: run.completedAt,
    output: { title, summary, text, annotations_count: annotations.length, annotations_url: `${url}/annotations` },
    check_suite: { id: run.suite.id },
    app: appOf(repository, run.suite.app),
    pull_requests: repository.pullsAt(run.sha).map((pull) => minimalPull(repository, pull)),
  }
}
