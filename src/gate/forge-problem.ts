import type { Answer, Problem } from '../ports/answer.ts'

/** What a forge did not do, where nothing sensible can follow from it: the job is tried again. */
export class ForgeProblem extends Error {
  readonly problem: Problem

  constructor(problem: Problem, what: string) {
    super(`${what}: ${problem.message}`)
    this.name = 'ForgeProblem'
    this.problem = problem
  }
}

/**
 * The value of an answer.
 * @throws ForgeProblem where there is none
 */
export const valueOf = <T>(answer: Answer<T>, what: string): T => {
  if (!answer.ok) throw new ForgeProblem(answer.problem, what)
  return answer.value
}

/** Whether asking again may help: the forge was not there, or asked for patience. */
export const isPassing = ({ kind, retryAt }: Problem): boolean => kind === 'unreachable' || retryAt !== undefined

/** When the forge takes questions again, where an error is about that. */
export const retryTime = (error: unknown): Date | undefined =>
  error instanceof ForgeProblem ? error.problem.retryAt : undefined

/** There is no verdict, and why may be told to everybody who sees the repository. */
export class NoVerdict extends Error {
  override readonly name = 'NoVerdict'
}

/**
 * Why something failed, for people at the forge. What broke inside may name hosts and users of the installation: that is for
 * the log alone.
 */
export const reasonOf = (error: unknown): string =>
  error instanceof ForgeProblem || error instanceof NoVerdict
    ? error.message
    : 'something broke inside Prodgate; its log says what'
