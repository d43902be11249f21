import type { Answer } from './answer.ts'

export interface PullRequest {
  number: number
  open: boolean
  draft: boolean
  head: { sha: string; /** False where the head lives in a fork. */ sameRepository: boolean }
  base: { branch: string }
  /** ISO 8601. */
  updatedAt: string
}

/** The pull requests of one repository. */
export interface PullRequests {
  get(number: number): Promise<Answer<PullRequest>>
  /** The open ones whose head is a commit, those from forks included. */
  withHead(sha: string): Promise<Answer<readonly PullRequest[]>>
  /**
   * The open ones, to one branch where it is named, those first that changed last.
   * @param most at the most 100; `more` says whether there may be others
   */
  newest(most: number, branch?: string): Promise<Answer<{ pulls: readonly PullRequest[]; more: boolean }>>
}
