import * as z from 'zod'
import type { Answer } from '../../ports/answer.ts'
import type { PullRequest, PullRequests } from '../../ports/pull-requests.ts'
import { ask, type Api } from './api.ts'
import { readPages } from './pages.ts'

/** The newest thousand open pull requests. */
const maxPages = 10

const Pull = z
  .object({
    number: z.number(),
    state: z.string(),
    draft: z.boolean().default(false),
    // Null where the fork was deleted.
    head: z.object({ sha: z.string(), repo: z.object({ id: z.number() }).nullable() }),
    base: z.object({ ref: z.string(), repo: z.object({ id: z.number() }) }),
    updated_at: z.string(),
  })
  .transform(({ number, state, draft, head, base, updated_at: updatedAt }): PullRequest => ({
    number,
    open: state === 'open',
    draft,
    head: { sha: head.sha, sameRepository: head.repo?.id === base.repo.id },
    base: { branch: base.ref },
    updatedAt,
  }))

/** Pull requests, by GitHub's API. Needs `pull-requests: read`. */
export const pullRequests = (api: Api): PullRequests => {
  const { owner, repo } = api
  const list = async (route: string, parameters: object, sha: string): Promise<Answer<readonly PullRequest[]>> => {
    const answer = await readPages(
      api,
      route,
      { owner, repo, ...parameters },
      { schema: z.array(Pull), most: maxPages },
    )
    if (!answer.ok) return answer
    return { ok: true, value: answer.value.items.filter(({ open, head }) => open && head.sha === sha) }
  }
  return {
    get: (number) =>
      ask(
        api,
        'GET /repos/{owner}/{repo}/pulls/{pull_number}',
        { owner, repo, pull_number: number },
        { schema: Pull, repeat: 'safe' },
      ),
    newest: async (most, branch) => {
      const order = { state: 'open', sort: 'updated', direction: 'desc', per_page: most }
      const answer = await ask(
        api,
        'GET /repos/{owner}/{repo}/pulls',
        { owner, repo, ...order, ...(branch === undefined ? {} : { base: branch }) },
        { schema: z.array(Pull), repeat: 'safe' },
      )
      if (!answer.ok) return answer
      const pulls = answer.value.filter(({ open, base }) => open && (branch ?? base.branch) === base.branch)
      return { ok: true, value: { pulls, more: answer.value.length >= most } }
    },
    withHead: async (sha) => {
      const own = await list('GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls', { commit_sha: sha }, sha)
      // Of a commit that only a fork has, GitHub knows no pull request, or not even the commit: 404, 409 or 422.
      const unknown = own.ok ? own.value.length === 0 : ['missing', 'rejected'].includes(own.problem.kind)
      if (!unknown) return own
      const parameters = { state: 'open', sort: 'updated', direction: 'desc' }
      return list('GET /repos/{owner}/{repo}/pulls', parameters, sha)
    },
  }
}
