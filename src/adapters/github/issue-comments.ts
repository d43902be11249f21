import * as z from 'zod'
import type { Answer } from '../../ports/answer.ts'
import type { PullRequestComment, PullRequestComments } from '../../ports/pull-request-comments.ts'
import { ask, done, type Api } from './api.ts'

const pageSize = 100

/** GitHub refuses more than 2,500 comments on one issue or pull request. */
const maxPages = 25

const Comment = z.object({
  id: z.number(),
  body: z.string().default(''),
  user: z.object({ id: z.number(), login: z.string(), type: z.string() }).nullable(),
})

const commentOf = ({ id, body, user }: z.infer<typeof Comment>): PullRequestComment => ({
  id,
  body,
  author: user === null ? null : { id: user.id, login: user.login, bot: user.type === 'Bot' },
})

/** The conversation of pull request `number`, by GitHub's issue comments. Needs `pull-requests: write`. */
export const issueComments = (api: Api, number: number): PullRequestComments => {
  const { owner, repo } = api
  const list = async (): Promise<Answer<readonly PullRequestComment[]>> => {
    const comments: PullRequestComment[] = []
    for (let page = 1; page <= maxPages; page++) {
      const answer = await ask(
        api,
        'GET /repos/{owner}/{repo}/issues/{issue_number}/comments',
        { owner, repo, issue_number: number, per_page: pageSize, page },
        { schema: z.array(Comment), repeat: 'safe' },
      )
      if (!answer.ok) return answer
      comments.push(...answer.value.map(commentOf))
      if (answer.value.length < pageSize) break
    }
    return { ok: true, value: comments }
  }
  return {
    list,
    create: async (body) => {
      const answer = await ask(
        api,
        'POST /repos/{owner}/{repo}/issues/{issue_number}/comments',
        { owner, repo, issue_number: number, body },
        { schema: z.object({ id: z.number() }), repeat: 'only-when-refused' },
      )
      return answer.ok ? { ok: true, value: answer.value.id } : answer
    },
    edit: async (id, body) =>
      done(
        await ask(
          api,
          'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}',
          { owner, repo, comment_id: id, body },
          { schema: z.unknown(), repeat: 'safe' },
        ),
      ),
    user: async () => {
      const answer = await ask(api, 'GET /user', {}, { schema: z.object({ id: z.number() }), repeat: 'safe' })
      if (answer.ok) return { ok: true, value: answer.value.id }
      // An app's installation token, such as GITHUB_TOKEN, has no user: 403.
      return answer.problem.kind === 'forbidden' && answer.problem.status === 403
        ? { ok: true, value: undefined }
        : answer
    },
  }
}
