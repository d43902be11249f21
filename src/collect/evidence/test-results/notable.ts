import { firstLine } from '../format.ts'
import type { Counts, Outcome } from './counts.ts'

/** Cases and suites of one file that are told one by one. More than anybody reads; the rest is told as a number. */
export const maxTold = 10_000

export interface CaseResult {
  name: string
  suite: string
  line: number
  column: number
  outcome: Outcome
  /** How often it failed in runs of which the last one passed. */
  flaky: number
  message?: string
  file?: string
  fileLine?: number
  seconds: number
}

/** A case of a format that counts neither times nor places of its own: the line of the file is all that is known. */
export const plainCase = (
  about: Pick<CaseResult, 'suite' | 'line' | 'outcome'> & { name: string; message: string | undefined },
): CaseResult => {
  const { name, suite, line, outcome, message } = about
  return {
    name: firstLine(name) ?? '(no name)',
    suite,
    line,
    column: 1,
    outcome,
    flaky: 0,
    seconds: 0,
    ...(message === undefined ? {} : { message }),
  }
}

export interface SuiteResult extends Counts {
  name: string
  line: number
  column: number
  claimedTests?: number
  claimedFailures?: number
  /** The root that only holds suites, as opposed to a suite. */
  root: boolean
}

/** Whether a case has to be told of: it failed, or it passed only when it was run again. */
export const isNotable = ({ outcome, flaky }: CaseResult): boolean =>
  outcome === 'failed' || outcome === 'error' || (outcome === 'passed' && flaky > 0)

/** Whether a suite's words and its cases cannot both be true; such a suite is told of whatever the number of suites. */
const contradicts = ({ claimedTests = 0, claimedFailures = 0, total, failed, errors }: SuiteResult): boolean =>
  claimedTests > total || (claimedFailures > 0 && failed + errors === 0)

/** What is told of one file of results, bounded however long the file is. */
export class Told {
  readonly cases = new Set<CaseResult>()
  readonly suites: SuiteResult[] = []
  /** Suites in all, the root not counted. */
  suiteCount = 0
  moreFailed = 0
  moreFlaky = 0
  #contradicting = 0

  case(result: CaseResult): void {
    if (!isNotable(result)) return
    if (this.cases.size < maxTold) this.cases.add(result)
    else if (result.outcome === 'passed') this.moreFlaky++
    else this.moreFailed++
  }

  suite(suite: SuiteResult): void {
    if (!suite.root) this.suiteCount++
    if (this.suites.length < maxTold) this.suites.push(suite)
    else if (contradicts(suite) && this.#contradicting++ < maxTold) this.suites.push(suite)
  }
}
