import { created, invalid, missing, nothing, ok, page, type Asked, type Route } from '../http/answer.ts'
import { issueComment, reaction } from '../shapes/conversation.ts'
import type { Comment } from '../state/entities.ts'
import { commentEvent } from '../webhooks/events.ts'

const read = ['issues:read', 'pull_requests:read'] as const
const write = ['issues:write', 'pull_requests:write'] as const
const longest = 65_536

const textOf = (body: unknown): string => (body as { body: string }).body
const tooLong = invalid('Validation Failed', [`Body is too long (maximum is ${longest} characters)`])

const commentOf = ({ repository, path }: Asked): Comment | undefined =>
  repository.comments.find(({ id }) => id === Number(path['comment_id']))

const create = ({ github, repository, token, path, body }: Asked) => {
  const text = textOf(body)
  const issue = Number(path['issue_number'])
  if (text.length > longest) return tooLong
  const comment = repository.comment(issue, text, token.account)
  commentEvent(github, repository, comment, 'created', token.account)
  return created(issueComment(repository, comment))
}

const update = (asked: Asked) => {
  const { github, repository, token, body } = asked
  const comment = commentOf(asked)
  const text = textOf(body)
  if (comment === undefined) return missing
  if (text.length > longest) return tooLong
  const before = comment.body
  comment.body = text
  comment.updatedAt = new Date(github.now()).toISOString()
  commentEvent(github, repository, comment, 'edited', token.account, before)
  return ok(issueComment(repository, comment))
}

const react = (asked: Asked) => {
  const comment = commentOf(asked)
  const { repository, token, body } = asked
  if (comment === undefined) return missing
  const { content } = body as { content: string }
  const known = comment.reactions.find((one) => one.content === content && one.author === token.account)
  if (known !== undefined) return ok(reaction(repository, known))
  const made = { id: repository.nextId(), content, author: token.account }
  comment.reactions.push(made)
  return created(reaction(repository, made))
}

/** What is said about issues and pull requests. */
export const commentRoutes: readonly Route[] = [
  {
    route: 'GET /repos/{owner}/{repo}/issues/{issue_number}/comments',
    needs: read,
    handle: (asked) => {
      const all = asked.repository.comments.filter(({ issue }) => issue === Number(asked.path['issue_number']))
      return page(asked, all, (shown) => shown.map((comment) => issueComment(asked.repository, comment)))
    },
  },
  { route: 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments', needs: write, handle: create },
  {
    route: 'GET /repos/{owner}/{repo}/issues/comments/{comment_id}',
    needs: read,
    handle: (asked) => {
      const comment = commentOf(asked)
      return comment === undefined ? missing : ok(issueComment(asked.repository, comment))
    },
  },
  { route: 'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}', needs: write, handle: update },
  {
    route: 'DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}',
    needs: write,
    handle: (asked) => {
      const comment = commentOf(asked)
      if (comment === undefined) return missing
      asked.repository.comments.splice(asked.repository.comments.indexOf(comment), 1)
      return nothing
    },
  },
  { route: 'POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions', needs: write, handle: react },
  {
    route: 'GET /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions',
    needs: read,
    handle: (asked) => {
      const comment = commentOf(asked)
      if (comment === undefined) return missing
      return page(asked, comment.reactions, (shown) => shown.map((one) => reaction(asked.repository, one)))
    },
  },
]
