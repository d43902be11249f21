import type { Answer } from './answer.ts'

export interface PullRequest {
  number: number
  open: boolean
  draft: boolean
  head: { sha: string; /** False where the head lives in a fork. */ sameRepository: boolean }
  base: { branch: string }
}

/** The pull requests of one repository. */
export interface PullRequests {
  get(number: number): Promise<Answer<PullRequest>>
  /** The open ones whose head is a commit, those from forks included. */
  withHead(sha: string): Promise<Answer<readonly PullRequest[]>>
}
