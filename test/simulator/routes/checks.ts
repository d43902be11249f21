import { created, failure, forbidden, invalid, missing, ok, page, type Asked, type Route } from '../http/answer.ts'
import { checkRun, wholeSuite } from '../shapes/checks.ts'
import type { Annotation, CheckRun } from '../state/entities.ts'
import type { Repository } from '../state/repository.ts'
import { checkRunEvent } from '../webhooks/events.ts'
import { checkLimits } from './check-limits.ts'

const read = ['checks:read'] as const
const write = ['checks:write'] as const

interface Given {
  name?: string
  head_sha?: string
  status?: CheckRun['status']
  conclusion?: string
  external_id?: string
  details_url?: string
  started_at?: string
  completed_at?: string
  output?: { title?: string; summary?: string; text?: string; annotations?: Annotation[] }
  actions?: CheckRun['actions']
}

const apply = (run: CheckRun, given: Given, now: string): void => {
  if (given.name !== undefined) run.name = given.name
  if (given.external_id !== undefined) run.externalId = given.external_id
  if (given.details_url !== undefined) run.detailsUrl = given.details_url
  if (given.status !== undefined && given.conclusion === undefined) {
    run.status = given.status
    run.conclusion = null
    run.completedAt = null
  }
  if (given.conclusion !== undefined || given.completed_at !== undefined) {
    run.status = 'completed'
    run.conclusion = given.conclusion ?? run.conclusion
    run.completedAt = given.completed_at ?? now
  }
  run.startedAt = given.started_at ?? run.startedAt ?? now
  if (given.actions !== undefined) run.actions = given.actions
  const { title, summary, text, annotations = [] } = given.output ?? {}
  if (title !== undefined) run.output.title = title
  if (summary !== undefined) run.output.summary = summary
  if (text !== undefined) run.output.text = text
  run.output.annotations.push(...annotations)
}

const create = ({ github, repository, token, body }: Asked) => {
  const given = body as Given
  const { app } = token
  const commit = repository.git.commits.get(given.head_sha ?? '')
  if (app === undefined) return failure(403, 'You must authenticate via a GitHub App.')
  if (commit === undefined) return invalid(`No commit found for SHA: ${given.head_sha}`)
  const id = repository.nextId()
  const run: CheckRun = {
    id,
    name: given.name ?? '',
    sha: commit.sha,
    suite: repository.suite(app, commit.sha),
    status: 'queued',
    conclusion: null,
    externalId: null,
    detailsUrl: 'https://prodgate.example',
    startedAt: null,
    completedAt: null,
    output: { title: null, summary: null, text: null, annotations: [] },
    actions: [],
  }
  apply(run, given, new Date(github.now()).toISOString())
  repository.addCheckRun(run)
  checkRunEvent(github, repository, run, 'created', app.bot)
  if (run.status === 'completed') checkRunEvent(github, repository, run, 'completed', app.bot)
  return created(checkRun(repository, run))
}

const runOf = ({ repository, path }: Asked): CheckRun | undefined =>
  repository.checkRuns.get(Number(path['check_run_id']))

const update = (asked: Asked) => {
  const { github, repository, token, body } = asked
  const run = runOf(asked)
  if (run === undefined) return missing
  if (run.suite.app !== token.app) return forbidden
  const before = run.status
  apply(run, body as Given, new Date(github.now()).toISOString())
  if (run.status === 'completed' && before !== 'completed')
    checkRunEvent(github, repository, run, 'completed', token.account)
  return ok(checkRun(repository, run))
}

const latest = (runs: readonly CheckRun[]): CheckRun[] => {
  const newest = new Map(runs.map((run) => [`${run.suite.app.id} ${run.name}`, run]))
  return runs.filter((run) => newest.get(`${run.suite.app.id} ${run.name}`) === run)
}

const shown = (asked: Asked, runs: readonly CheckRun[]) => {
  const { query, repository } = asked
  const wanted = (query.get('filter') ?? 'latest') === 'all' ? runs : latest(runs)
  const all = wanted.filter(
    (run) =>
      (query.get('check_name') ?? run.name) === run.name &&
      (query.get('status') ?? run.status) === run.status &&
      (query.get('app_id') ?? String(run.suite.app.id)) === String(run.suite.app.id),
  )
  return page(asked, [...all].reverse(), (part, total) => ({
    total_count: total,
    check_runs: part.map((run) => checkRun(repository, run)),
  }))
}

const suitesAt = (repository: Repository, sha: string) => repository.suites.filter((suite) => suite.sha === sha)

/** Check suites and check runs. */
export const checkRoutes: readonly Route[] = [
  { route: 'POST /repos/{owner}/{repo}/check-runs', needs: write, limits: checkLimits, handle: create },
  { route: 'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}', needs: write, limits: checkLimits, handle: update },
  {
    route: 'GET /repos/{owner}/{repo}/check-runs/{check_run_id}',
    needs: read,
    handle: (asked) => {
      const run = runOf(asked)
      return run === undefined ? missing : ok(checkRun(asked.repository, run))
    },
  },
  {
    route: 'GET /repos/{owner}/{repo}/check-runs/{check_run_id}/annotations',
    needs: read,
    handle: (asked) => {
      const run = runOf(asked)
      if (run === undefined) return missing
      const blob = `${asked.repository.web}/blob/${run.sha}`
      const all = run.output.annotations.map((one) => ({
        start_column: null,
        end_column: null,
        title: null,
        raw_details: null,
        ...one,
        blob_href: `${blob}/${one.path}`,
      }))
      return page(asked, all, (part) => part)
    },
  },
  {
    route: 'GET /repos/{owner}/{repo}/commits/{ref}/check-runs',
    needs: read,
    handle: (asked) => {
      const commit = asked.repository.resolve(asked.path['ref'] ?? '')
      if (commit === undefined) return invalid(`No commit found for SHA: ${asked.path['ref']}`)
      return shown(asked, asked.repository.checkRunsAt(commit.sha))
    },
  },
  {
    route: 'GET /repos/{owner}/{repo}/check-suites/{check_suite_id}/check-runs',
    needs: read,
    handle: (asked) => {
      const suite = asked.repository.suites.find(({ id }) => id === Number(asked.path['check_suite_id']))
      if (suite === undefined) return missing
      const runs = asked.repository.checkRunsAt(suite.sha).filter((run) => run.suite === suite)
      return shown(asked, runs)
    },
  },
  {
    route: 'GET /repos/{owner}/{repo}/commits/{ref}/check-suites',
    needs: read,
    handle: (asked) => {
      const { repository } = asked
      const commit = repository.resolve(asked.path['ref'] ?? '')
      if (commit === undefined) return invalid(`No commit found for SHA: ${asked.path['ref']}`)
      return page(asked, suitesAt(repository, commit.sha), (part, total) => ({
        total_count: total,
        check_suites: part.map((suite) => wholeSuite(repository, suite)),
      }))
    },
  },
]
