import type { Problem } from '../../ports/answer.ts'
import type { PullRequestComment, PullRequestComments } from '../../ports/pull-request-comments.ts'

type Operation = 'list' | 'create' | 'edit' | 'user'

/** A conversation held in memory, for tests: what is in it, who we are in it, and what goes wrong next. */
export class MemoryConversation implements PullRequestComments {
  readonly comments: PullRequestComment[]
  readonly calls: Operation[] = []
  readonly problems: { [Name in Operation]?: Problem[] }
  readonly #self: NonNullable<PullRequestComment['author']>

  constructor(
    self: NonNullable<PullRequestComment['author']>,
    comments: PullRequestComment[] = [],
    problems: { [Name in Operation]?: Problem[] } = {},
  ) {
    this.#self = self
    this.comments = comments
    this.problems = problems
  }

  #attempt<T>(operation: Operation, work: () => T) {
    this.calls.push(operation)
    const problem = this.problems[operation]?.shift()
    return Promise.resolve(
      problem === undefined ? { ok: true as const, value: work() } : { ok: false as const, problem },
    )
  }

  list() {
    return this.#attempt('list', () => [...this.comments])
  }

  create(body: string) {
    return this.#attempt('create', () => {
      const id = this.comments.length + 1000
      this.comments.push({ id, body, author: this.#self })
      return id
    })
  }

  edit(id: number, body: string) {
    return this.#attempt('edit', () => {
      const comment = this.comments.find((candidate) => candidate.id === id)
      if (comment !== undefined) comment.body = body
    })
  }

  user() {
    return this.#attempt('user', () => (this.#self.bot ? undefined : this.#self.id))
  }
}
