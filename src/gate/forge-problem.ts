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
