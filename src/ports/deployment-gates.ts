import type { Answer } from './answer.ts'

/** The answers to a run that waits at a custom deployment protection rule. Comments are within the limit already. */
export interface DeploymentGates {
  /** A status report, which decides nothing. GitHub takes ten of 1,024 characters for one request. */
  report(run: number, environment: string, comment: string): Promise<Answer<void>>
  /** The one final answer. `already` where GitHub had one before. */
  decide(
    run: number,
    environment: string,
    state: 'approved' | 'rejected',
    comment: string,
  ): Promise<Answer<'decided' | 'already'>>
}
