import { countCase } from '../test-results/counts.ts'
import { maxTold, type CaseResult, type SuiteResult, type Told } from '../test-results/notable.ts'

const failed = ({ outcome }: CaseResult): boolean => outcome === 'failed' || outcome === 'error'

/**
 * Recognises cases that are listed once for each time they ran. Only in the files of runners whose cases have names of
 * their own: with pytest-rerunfailures an attempt that failed is listed as if it had passed, just before the next one;
 * gotestsum lists the attempts that failed before those that passed.
 */
export class Reruns {
  #told: Told
  #runner: 'go' | 'pytest' | undefined
  #last: CaseResult | undefined
  #failed = new Map<string, CaseResult>()

  constructor(told: Told) {
    this.#told = told
  }

  suite(name: string | undefined, root: string | undefined): void {
    this.#runner = name === 'pytest' || root === 'pytest tests' ? 'pytest' : undefined
    this.#last = undefined
    this.#failed = new Map()
  }

  property(name: string | undefined): void {
    if (name === 'go.version') this.#runner = 'go'
  }

  /** Whether a case is another run of one that was counted, which then has the outcome of both. */
  isRerun(result: CaseResult, open: readonly SuiteResult[]): boolean {
    if (this.#runner === 'pytest') return this.#inPytest(result, open)
    return this.#runner === 'go' && this.#inGo(result, open)
  }

  #inPytest(result: CaseResult, open: readonly SuiteResult[]): boolean {
    const last = this.#last
    if (last?.name !== result.name || last.suite !== result.suite) {
      this.#last = result
      return false
    }
    if (last.outcome === 'passed') this.#become(last, { ...result, flaky: last.flaky + 1 }, open)
    return true
  }

  #inGo(result: CaseResult, open: readonly SuiteResult[]): boolean {
    const key = `${result.suite} ${result.name}`
    const earlier = this.#failed.get(key)
    if (earlier === undefined) {
      if (failed(result) && this.#failed.size < maxTold) this.#failed.set(key, result)
      return false
    }
    const resolved = result.outcome === 'passed'
    const attempts = earlier.flaky + 1
    if (resolved) {
      this.#become(earlier, { ...earlier, outcome: 'passed', flaky: attempts }, open)
      this.#failed.delete(key)
    } else if (failed(result)) earlier.flaky = attempts
    else return false
    for (const suite of open) {
      if (suite.claimedTests !== undefined) suite.claimedTests--
      if (suite.claimedFailures !== undefined) suite.claimedFailures--
    }
    return true
  }

  #become(known: CaseResult, now: CaseResult, open: readonly SuiteResult[]): void {
    const suite = open.at(-1)
    if (suite === undefined) return
    countCase(suite, known, -1)
    // Its place stays that of the attempt that is told of first.
    Object.assign(known, now, { line: known.line, column: known.column, seconds: known.seconds + now.seconds })
    countCase(suite, known)
    if (!this.#told.cases.has(known)) this.#told.case(known)
  }
}
