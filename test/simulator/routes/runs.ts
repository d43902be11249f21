import { missing, ok, page, type Asked, type Route } from '../http/answer.ts'
import { artifact, environment, workflowId, workflowRun } from '../shapes/runs.ts'
import { account } from '../shapes/accounts.ts'
import type { Artifact, WorkflowRun } from '../state/entities.ts'

const needs = ['actions:read'] as const

const runOf = ({ repository, path }: Asked): WorkflowRun | undefined => repository.runs.get(Number(path['run_id']))

const artifactOf = ({ repository, path }: Asked): Artifact | undefined =>
  repository.artifacts.get(Number(path['artifact_id']))

const matches = (run: WorkflowRun, query: URLSearchParams): boolean => {
  const status = query.get('status')
  return (
    (query.get('head_sha') ?? run.sha) === run.sha &&
    (query.get('branch') ?? run.branch) === run.branch &&
    (query.get('event') ?? run.event) === run.event &&
    (status === null || run.status === status || run.conclusion === status)
  )
}

const list = (asked: Asked, wanted: (run: WorkflowRun) => boolean = () => true) => {
  const { repository, query } = asked
  const all = [...repository.runs.values()].filter((run) => wanted(run) && matches(run, query)).reverse()
  return page(asked, all, (shown, total) => ({
    total_count: total,
    workflow_runs: shown.map((run) => workflowRun(repository, run)),
  }))
}

const artifacts = (asked: Asked, all: readonly Artifact[]) => {
  const name = asked.query.get('name')
  const named = all.filter((one) => name === null || one.name === name).reverse()
  return page(asked, named, (shown, total) => ({
    total_count: total,
    artifacts: shown.map((one) => artifact(asked.repository, one)),
  }))
}

const download = (asked: Asked) => {
  const found = artifactOf(asked)
  if (found === undefined) return missing
  if (found.expired) return { status: 410, body: { message: 'Artifact has expired' } }
  const name = `artifacts/${found.id}.zip`
  return { status: 302, headers: { location: asked.github.storage.offer(name, 'application/zip', () => found.zip) } }
}

const approvals = (asked: Asked) => {
  const { github, repository } = asked
  const run = runOf(asked)
  if (run === undefined) return missing
  const answered = repository.gatesOf(run.id).filter(({ state }) => state !== 'waiting')
  return ok(
    answered.map((gate) => {
      const found = repository.environments.get(gate.environment)
      const environments = found === undefined ? [] : [environment(repository, found)]
      return { environments, state: gate.state, user: account(github.urls, gate.app.bot), comment: gate.comment }
    }),
  )
}

// Environments that wait for people; rules of apps are not listed, as at GitHub.
const pending = (asked: Asked) => {
  const { github, repository } = asked
  const run = runOf(asked)
  if (run === undefined) return missing
  const names = new Set(repository.gatesOf(run.id).map((gate) => gate.environment))
  const waiting = run.status === 'waiting' ? [...names].flatMap((name) => repository.environments.get(name) ?? []) : []
  return ok(
    waiting
      .filter(({ reviewers }) => reviewers.length > 0)
      .map((one) => ({
        environment: environment(repository, one),
        wait_timer: 0,
        wait_timer_started_at: run.createdAt,
        current_user_can_approve: false,
        reviewers: one.reviewers.map((login) => ({
          type: 'User',
          reviewer: account(github.urls, github.account(login)),
        })),
      })),
  )
}

/** Workflow runs, what waits in them, and their artifacts. */
export const runRoutes: readonly Route[] = [
  { route: 'GET /repos/{owner}/{repo}/actions/runs', needs, handle: (asked) => list(asked) },
  {
    route: 'GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs',
    needs,
    handle: (asked) => {
      const wanted = asked.path['workflow_id'] ?? ''
      return list(asked, ({ path }) => String(workflowId(path)) === wanted || path.endsWith(`/${wanted}`))
    },
  },
  {
    route: 'GET /repos/{owner}/{repo}/actions/runs/{run_id}',
    needs,
    handle: (asked) => {
      const run = runOf(asked)
      return run === undefined ? missing : ok(workflowRun(asked.repository, run))
    },
  },
  { route: 'GET /repos/{owner}/{repo}/actions/runs/{run_id}/approvals', needs, handle: approvals },
  { route: 'GET /repos/{owner}/{repo}/actions/runs/{run_id}/pending_deployments', needs, handle: pending },
  {
    route: 'GET /repos/{owner}/{repo}/actions/runs/{run_id}/artifacts',
    needs,
    handle: (asked) => {
      const run = runOf(asked)
      if (run === undefined) return missing
      return artifacts(
        asked,
        [...asked.repository.artifacts.values()].filter((one) => one.run === run),
      )
    },
  },
  {
    route: 'GET /repos/{owner}/{repo}/actions/artifacts',
    needs,
    handle: (asked) => artifacts(asked, [...asked.repository.artifacts.values()]),
  },
  {
    route: 'GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}',
    needs,
    handle: (asked) => {
      const found = artifactOf(asked)
      return found === undefined ? missing : ok(artifact(asked.repository, found))
    },
  },
  { route: 'GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}/{archive_format}', needs, handle: download },
]
