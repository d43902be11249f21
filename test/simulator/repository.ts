import {
  contentFile,
  gitCommit,
  gitRef,
  gitTreeOf,
  githubActions,
  issueComment,
  publicUser,
  treeSha,
  type Account,
  type StoredComment,
} from './objects.ts'

/** What the token of a request may do. */
export interface Token {
  /** Who writes with it; an app's token has no user of its own. */
  account: Account
  comment: boolean
  contents: boolean
}

export interface Answered {
  status: number
  body: unknown
  headers?: Record<string, string>
}

export interface Asked {
  token: Token
  path: Record<string, string>
  query: URLSearchParams
  body: unknown
}

const failure = (status: number, message: string): Answered => ({
  status,
  body: { message, documentation_url: 'https://docs.github.com/rest', status: String(status) },
})
const missing = failure(404, 'Not Found')
const forbidden = failure(403, 'Resource not accessible by integration')

/** One repository of the stand-in: its branches, commits and conversations. Filled by the tests. */
export class StandInRepository {
  readonly name: string
  readonly branches = new Map<string, string>()
  /** The files of each commit. */
  readonly commits = new Map<string, Record<string, string>>()
  readonly comments: StoredComment[] = []
  #nextId = 1

  constructor(name: string) {
    this.name = name
  }

  say(issue: number, body: string, author: Account | null = githubActions): StoredComment {
    const comment = { id: this.#nextId++, issue, body, author }
    this.comments.push(comment)
    return comment
  }

  /** What is asked of the repository, by method and path as GitHub's description has them. */
  readonly routes: Record<string, (asked: Asked) => Answered> = {
    'GET /user': ({ token }) =>
      token.account.type === 'Bot' ? forbidden : { status: 200, body: publicUser(token.account) },

    'GET /repos/{owner}/{repo}/git/ref/{ref}': ({ token, path }) => {
      const ref = path['ref'] ?? ''
      const sha = this.branches.get(ref.replace(/^heads\//, ''))
      if (!token.contents) return forbidden
      return sha === undefined ? missing : { status: 200, body: gitRef(this.name, `refs/${ref}`, sha) }
    },

    'GET /repos/{owner}/{repo}/git/commits/{commit_sha}': ({ token, path }) => {
      const sha = path['commit_sha'] ?? ''
      return token.contents && this.commits.has(sha) ? { status: 200, body: gitCommit(this.name, sha) } : missing
    },

    'GET /repos/{owner}/{repo}/git/trees/{tree_sha}': ({ token, path, query }) => {
      if (!token.contents) return missing
      for (const [commit, files] of this.commits) {
        const folders = Object.keys(files).flatMap((file) => {
          const parts = file.split('/').slice(0, -1)
          return parts.map((_, index) => parts.slice(0, index + 1).join('/'))
        })
        const folder = ['', ...folders].find((one) => treeSha(commit, one) === path['tree_sha'])
        if (folder !== undefined)
          return { status: 200, body: gitTreeOf(this.name, commit, folder, files, query.has('recursive')) }
      }
      return missing
    },

    'GET /repos/{owner}/{repo}/contents/{path}': ({ token, path, query }) => {
      const commit = query.get('ref') ?? ''
      const text = this.commits.get(commit)?.[path['path'] ?? '']
      if (!token.contents || text === undefined) return missing
      return { status: 200, body: contentFile(this.name, path['path'] ?? '', commit, text) }
    },

    'GET /repos/{owner}/{repo}/issues/{issue_number}/comments': ({ path, query }) => {
      const size = Number(query.get('per_page') ?? 30)
      const start = (Number(query.get('page') ?? 1) - 1) * size
      const all = this.comments.filter(({ issue }) => issue === Number(path['issue_number']))
      return { status: 200, body: all.slice(start, start + size).map((comment) => issueComment(this.name, comment)) }
    },

    'POST /repos/{owner}/{repo}/issues/{issue_number}/comments': ({ token, path, body }) => {
      const text = (body as { body: string }).body
      if (!token.comment) return forbidden
      if (text.length > 65_536) return failure(422, 'Body is too long (maximum is 65536 characters)')
      const comment = this.say(Number(path['issue_number']), text, token.account)
      return { status: 201, body: issueComment(this.name, comment) }
    },

    'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}': ({ token, path, body }) => {
      const comment = this.comments.find(({ id }) => id === Number(path['comment_id']))
      if (!token.comment) return forbidden
      if (comment === undefined) return missing
      comment.body = (body as { body: string }).body
      return { status: 200, body: issueComment(this.name, comment) }
    },
  }
}
