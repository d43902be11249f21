import type { Answer } from './answer.ts'

export interface WorkflowRun {
  id: number
  /** Counts from 1; a re-run has the same id. */
  attempt: number
  sha: string
  /** `.github/workflows/test.yml`, without a ref. */
  workflow: string
  event: string
  status: string
  conclusion: string | null
  createdAt: string
  /** False for a run of a fork's commit. */
  sameRepository: boolean
}

export interface Artifact {
  id: number
  name: string
  /** Bytes of the zip. */
  size: number
  createdAt: string | null
  expired: boolean
}

/** What ran on one repository's commits, and what it left behind. */
export interface WorkflowRuns {
  get(id: number): Promise<Answer<WorkflowRun>>
  ofCommit(sha: string): Promise<Answer<readonly WorkflowRun[]>>
  /** Runs that wait for an approval, of any commit. */
  waiting(): Promise<Answer<readonly WorkflowRun[]>>
  artifacts(run: number): Promise<Answer<readonly Artifact[]>>
  /** The bytes of an artifact's zip; reading may reject. */
  download(artifact: Artifact): Promise<Answer<AsyncIterable<Uint8Array>>>
}
