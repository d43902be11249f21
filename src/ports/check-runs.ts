import type { CheckAnnotation } from '../core/check-annotation.ts'
import type { Answer } from './answer.ts'

export type { CheckAnnotation }

/** What a check run shows. Texts are within the forge's limits already; annotations may be any number. */
export interface CheckOutput {
  title: string
  summary: string
  text?: string
  annotations: readonly CheckAnnotation[]
}

/** A button. GitHub takes three, of 20, 40 and 20 characters. */
export interface CheckAction {
  label: string
  description: string
  identifier: string
}

export type CheckState =
  | { status: 'in_progress' }
  | { status: 'completed'; conclusion: 'success' | 'failure' | 'neutral' | 'action_required' }

export interface CheckRun {
  name: string
  sha: string
  /** What the App finds it by: the environment. */
  externalId: string
  state: CheckState
  output: CheckOutput
  actions: readonly CheckAction[]
}

/** The check runs that the App itself keeps at commits of one repository. */
export interface CheckRuns {
  create(run: CheckRun): Promise<Answer<number>>
  update(id: number, run: CheckRun): Promise<Answer<void>>
  /** The App's own runs of this name at a commit, newest first. */
  find(sha: string, name: string): Promise<Answer<readonly { id: number; completed: boolean }[]>>
}
