import type { GitHub } from '../github.ts'
import type { Changes } from '../git/store.ts'
import type { Comment, PullRequest } from '../state/entities.ts'
import type { Repository } from '../state/repository.ts'
import { commentEvent, pullEvent } from '../webhooks/events.ts'
import { pushTo } from './push.ts'

/** What happens in a pull request. */
export class PullRequestScenario {
  readonly state: PullRequest
  readonly #github: GitHub
  readonly #repository: Repository

  constructor(github: GitHub, repository: Repository, state: PullRequest) {
    this.#github = github
    this.#repository = repository
    this.state = state
  }

  get number(): number {
    return this.state.number
  }

  get sha(): string {
    return this.state.head.sha
  }

  /** What was said, the oldest first. */
  get comments(): readonly Comment[] {
    return this.#repository.comments.filter(({ issue }) => issue === this.number)
  }

  /** Pushes a commit to the head; gives its id. */
  push(files: Changes, message = 'Mend it'): string {
    const head = this.#github.repositories.get(this.state.head.repository) ?? this.#repository
    return pushTo(this.#github, head, { files, branch: this.state.head.ref, message, author: this.state.author })
  }

  /** Somebody says something. */
  comment(user: string, text: string): Comment {
    const author = this.#github.account(user, user.endsWith('[bot]') ? 'Bot' : 'User')
    const comment = this.#repository.comment(this.number, text, author)
    commentEvent(this.#github, this.#repository, comment, 'created', author)
    return comment
  }

  editComment(comment: Comment, text: string, editor = comment.author?.login ?? 'ada'): void {
    const before = comment.body
    comment.body = text
    comment.updatedAt = new Date(this.#github.now()).toISOString()
    commentEvent(this.#github, this.#repository, comment, 'edited', this.#github.account(editor), before)
  }

  #tell(action: string, more: object = {}): this {
    this.state.updatedAt = new Date(this.#github.now()).toISOString()
    pullEvent(this.#github, this.#repository, this.state, action, this.state.author, more)
    return this
  }

  edit(title: string): this {
    const changes = { title: { from: this.state.title } }
    this.state.title = title
    return this.#tell('edited', { changes })
  }

  ready(): this {
    this.state.draft = false
    return this.#tell('ready_for_review')
  }

  close(): this {
    this.state.state = 'closed'
    return this.#tell('closed')
  }

  reopen(): this {
    this.state.state = 'open'
    return this.#tell('reopened')
  }

  /** Merges the head into the base, which pushes to the base. */
  merge(): string {
    const { git } = this.#repository
    const base = git.commits.get(this.#repository.branches.get(this.state.base.ref) ?? '')
    const head = git.commits.get(this.sha)
    if (base === undefined || head === undefined) throw new Error('a side of the pull request is gone')
    const common = git.mergeBase(base.sha, head.sha)
    const before = common === undefined ? new Map<string, never>() : git.files(common.tree)
    const after = git.files(head.tree)
    const files = new Map(git.files(base.tree))
    for (const path of before.keys()) if (!after.has(path)) files.delete(path)
    for (const [path, file] of after) if (before.get(path)?.sha !== file.sha) files.set(path, file)
    const message = `Merge pull request #${this.number}`
    const tree = git.addTree(files.values())
    const sha = pushTo(this.#github, this.#repository, {
      tree,
      branch: this.state.base.ref,
      message,
      author: this.state.author,
      parents: [base.sha, head.sha],
    })
    this.state.state = 'closed'
    this.state.merged = true
    this.#tell('closed')
    return sha
  }
}
