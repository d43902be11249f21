import type { Answer } from './answer.ts'

/** One comment of a pull request's conversation. */
export interface PullRequestComment {
  id: number
  body: string
  /** Null for an account that was deleted. */
  author: { id: number; login: string; bot: boolean } | null
}

/** The conversation of one pull request. */
export interface PullRequestComments {
  /** Every comment, oldest first, over all pages. */
  list(): Promise<Answer<readonly PullRequestComment[]>>
  /** The id of the new comment. */
  create(body: string): Promise<Answer<number>>
  edit(id: number, body: string): Promise<Answer<void>>
  /** The account id of the token's user; undefined where the token belongs to an app, not to a user. */
  user(): Promise<Answer<number | undefined>>
}
