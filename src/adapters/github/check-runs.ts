import * as z from 'zod'
import type { Answer } from '../../ports/answer.ts'
import type { CheckAnnotation, CheckRuns } from '../../ports/check-runs.ts'
import { ask, type Api } from './api.ts'
import { bodiesOf } from './check-run-body.ts'
import { readPages } from './pages.ts'

const Created = z.object({ id: z.number() })

const Found = z.object({
  check_runs: z.array(
    z.object({ id: z.number(), status: z.string(), name: z.string(), app: z.object({ id: z.number() }).nullable() }),
  ),
})

const Annotations = z.array(
  z
    .object({ path: z.string(), start_line: z.number(), end_line: z.number(), message: z.string().nullable() })
    .transform(({ path, start_line, end_line, message }) => keyOf(path, start_line, end_line, message ?? '')),
)

const maxPages = 10

/** How many runs are remembered to have no annotations yet. */
const maxBlank = 10_000

const keyOf = (...parts: readonly (string | number)[]): string => parts.join('\n')

/** What the adapter knows of the App's check runs beyond one call. */
export interface CheckRunNotes {
  /** The App's own id: of other apps' runs nothing is said. */
  appId: number
  /** Runs that this process made without annotations. What GitHub has of the others is read before more are added. */
  blank: Set<number>
}

/** The App's check runs, by GitHub's API. Needs `checks: write`. */
export const checkRuns = (api: Api, { appId, blank }: CheckRunNotes): CheckRuns => {
  const { owner, repo } = api

  // GitHub adds the annotations of an update to those before, and takes none back.
  const unsaid = async (
    id: number,
    annotations: readonly CheckAnnotation[],
  ): Promise<Answer<readonly CheckAnnotation[]>> => {
    if (annotations.length === 0 || blank.has(id)) return { ok: true, value: annotations }
    const route = 'GET /repos/{owner}/{repo}/check-runs/{check_run_id}/annotations'
    const parameters = { owner, repo, check_run_id: id }
    const said = await readPages(api, route, parameters, { schema: Annotations, most: maxPages })
    if (!said.ok) return said
    const known = new Set(said.value.items)
    const value = annotations.filter((one) => !known.has(keyOf(one.path, one.startLine, one.endLine, one.message)))
    return { ok: true, value }
  }

  const tell = async (id: number, bodies: readonly Record<string, unknown>[]): Promise<Answer<void>> => {
    for (const body of bodies) {
      const answer = await ask(
        api,
        'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}',
        { owner, repo, check_run_id: id, ...body },
        { schema: z.unknown(), repeat: 'safe' },
      )
      if (!answer.ok) return answer
    }
    return { ok: true, value: undefined }
  }

  return {
    create: async (run) => {
      const [first, ...rest] = bodiesOf(run, run.output.annotations)
      const created = await ask(
        api,
        'POST /repos/{owner}/{repo}/check-runs',
        { owner, repo, ...first, head_sha: run.sha },
        { schema: Created, repeat: 'only-when-refused' },
      )
      if (!created.ok) return created
      const { id } = created.value
      if (run.output.annotations.length === 0 && blank.size < maxBlank) blank.add(id)
      const told = await tell(id, rest)
      return told.ok ? { ok: true, value: id } : told
    },
    update: async (id, run) => {
      const annotations = await unsaid(id, run.output.annotations)
      if (!annotations.ok) return annotations
      if (annotations.value.length > 0) blank.delete(id)
      return tell(id, bodiesOf(run, annotations.value))
    },
    find: async (sha, name) => {
      const answer = await ask(
        api,
        'GET /repos/{owner}/{repo}/commits/{ref}/check-runs',
        { owner, repo, ref: sha, check_name: name, filter: 'all', app_id: appId, per_page: 100 },
        { schema: Found, repeat: 'safe' },
      )
      if (!answer.ok) return answer
      const own = answer.value.check_runs.filter((run) => run.app?.id === appId && run.name === name)
      const newestFirst = own.sort((a, b) => b.id - a.id)
      return { ok: true, value: newestFirst.map(({ id, status }) => ({ id, completed: status === 'completed' })) }
    },
  }
}
