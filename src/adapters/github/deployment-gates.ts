import * as z from 'zod'
import type { Answer } from '../../ports/answer.ts'
import type { DeploymentGates } from '../../ports/deployment-gates.ts'
import { ask, done, type Api } from './api.ts'

const Approvals = z.array(
  z.object({
    environments: z.array(z.object({ name: z.string().default('') })),
    state: z.string(),
    user: z.object({ type: z.string() }),
    comment: z.string().nullable(),
  }),
)

const Run = z.object({ status: z.string().nullable() })

/** Of runs in these states something may wait for an answer. */
const undecided = new Set(['waiting', 'pending', 'queued', 'requested', 'in_progress', 'action_required', null])

const spaceless = (text: string | null): string => (text ?? '').replaceAll(/\s+/g, ' ').trim()

/** Answers to custom deployment protection rules, by GitHub's API. Needs `deployments: write` and `actions: read`. */
export const deploymentGates = (api: Api): DeploymentGates => {
  const { owner, repo } = api
  // An answer that is sent again is refused as the second one; a report would take another of the ten.
  const send = (run: number, body: Record<string, string>): Promise<Answer<unknown>> =>
    ask(
      api,
      'POST /repos/{owner}/{repo}/actions/runs/{run_id}/deployment_protection_rule',
      { owner, repo, run_id: run, ...body },
      { schema: z.unknown(), repeat: 'state' in body ? 'safe' : 'only-when-refused' },
    )

  /** Whether nothing is left to answer: the answer is there, or the run has ended. What cannot be read is no yes. */
  const isAnswered = async (run: number, environment: string, state: string, comment: string): Promise<boolean> => {
    const at = { owner, repo, run_id: run }
    const route = 'GET /repos/{owner}/{repo}/actions/runs/{run_id}/approvals'
    const approvals = await ask(api, route, at, { schema: Approvals, repeat: 'safe' })
    // People answer for the same environment: only an app that said the very same is this one.
    const ours = (approvals.ok ? approvals.value : []).some(
      (one) =>
        one.user.type === 'Bot' &&
        one.state === state &&
        one.environments.some(({ name }) => name === environment) &&
        spaceless(one.comment) === spaceless(comment),
    )
    if (ours) return true
    const now = await ask(api, 'GET /repos/{owner}/{repo}/actions/runs/{run_id}', at, { schema: Run, repeat: 'safe' })
    return now.ok && !undecided.has(now.value.status)
  }

  return {
    report: async (run, environment, comment) => done(await send(run, { environment_name: environment, comment })),
    decide: async (run, environment, state, comment) => {
      const answer = await send(run, { environment_name: environment, state, comment })
      if (answer.ok) return { ok: true, value: 'decided' }
      const { status, message } = answer.problem
      if (status !== 422) return answer
      const already = /\balready\b/i.test(message) || (await isAnswered(run, environment, state, comment))
      return already ? { ok: true, value: 'already' } : answer
    },
  }
}
