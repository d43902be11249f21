import * as z from 'zod'
import type { Artifact, WorkflowRun, WorkflowRuns } from '../../ports/workflow-runs.ts'
import { ask, type Api } from './api.ts'
import { download } from './download.ts'
import { readAll, readPages } from './pages.ts'

/** GitHub lists no more than 1,000 runs for one question. */
const maxPages = 10

/** The zip of an artifact, in bytes. */
const maxArtifactSize = 500_000_000

const Run = z
  .object({
    id: z.number(),
    run_attempt: z.number().default(1),
    head_sha: z.string(),
    path: z.string(),
    event: z.string(),
    status: z.string().nullable(),
    conclusion: z.string().nullable(),
    created_at: z.string(),
    repository: z.object({ id: z.number() }),
    // Null where the fork was deleted.
    head_repository: z.object({ id: z.number() }).nullish(),
  })
  .transform((run): WorkflowRun => ({
    id: run.id,
    attempt: run.run_attempt,
    sha: run.head_sha,
    // The path of a workflow that another one or the organisation brings ends with its ref.
    workflow: run.path.replace(/(\.ya?ml)@.*$/, '$1'),
    event: run.event,
    status: run.status ?? 'unknown',
    conclusion: run.conclusion,
    createdAt: run.created_at,
    sameRepository: run.head_repository?.id === run.repository.id,
  }))

const Runs = z.object({ workflow_runs: z.array(Run) }).transform(({ workflow_runs: runs }) => runs)

const Artifacts = z
  .object({
    artifacts: z.array(
      z.object({
        id: z.number(),
        name: z.string(),
        size_in_bytes: z.number(),
        created_at: z.string().nullable(),
        expired: z.boolean(),
      }),
    ),
  })
  .transform(({ artifacts }) =>
    artifacts.map(({ id, name, size_in_bytes: size, created_at: createdAt, expired }): Artifact => ({
      id,
      name,
      size,
      createdAt,
      expired,
    })),
  )

/** Workflow runs and their artifacts, by GitHub's API. Needs `actions: read`. */
export const workflowRuns = (api: Api): WorkflowRuns => {
  const { owner, repo } = api
  const runs = 'GET /repos/{owner}/{repo}/actions/runs'
  return {
    get: (id) =>
      ask(
        api,
        'GET /repos/{owner}/{repo}/actions/runs/{run_id}',
        { owner, repo, run_id: id },
        { schema: Run, repeat: 'safe' },
      ),
    ofCommit: (sha) =>
      readAll(api, runs, { owner, repo, head_sha: sha }, { schema: Runs, most: maxPages, what: `runs of ${sha}` }),
    waiting: async () => {
      const answer = await readPages(api, runs, { owner, repo, status: 'waiting' }, { schema: Runs, most: maxPages })
      return answer.ok ? { ok: true, value: answer.value.items } : answer
    },
    artifacts: (run) =>
      readAll(
        api,
        'GET /repos/{owner}/{repo}/actions/runs/{run_id}/artifacts',
        { owner, repo, run_id: run },
        { schema: Artifacts, most: maxPages, what: `artifacts of run ${run}` },
      ),
    download: ({ id, name, size }) => {
      const route = 'GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}/{archive_format}'
      if (size <= maxArtifactSize)
        return download(api, route, { artifact_id: id, archive_format: 'zip' }, maxArtifactSize)
      const message = `the artifact ${name} is larger than ${maxArtifactSize / 1_000_000} MB`
      return Promise.resolve({ ok: false, problem: { kind: 'rejected', message } })
    },
  }
}
