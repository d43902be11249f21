import type { Fact } from '../../../core/facts/index.ts'
import { startOf, type Place } from '../../../core/facts/place.ts'
import { defined } from '../../shape.ts'
import type { Evidence } from '../format.ts'
import type { Counts } from './counts.ts'
import { isNotable, type CaseResult, type SuiteResult, type Told } from './notable.ts'

const rounded = ({ total, passed, failed, errors, skipped, flaky, seconds }: Counts): Counts => ({
  total,
  passed,
  failed,
  errors,
  skipped,
  flaky,
  seconds: Number(seconds.toFixed(3)),
})

const caseFact = (path: string, result: CaseResult): Fact => {
  const { name, suite, line, column, outcome, flaky, message, file, fileLine } = result
  const about = { name, suite, ...defined({ message, file, fileLine }) }
  const where = {
    subject: ['test', suite, name].filter((part) => part !== '').join(' '),
    place: { path, line, column },
  }
  return outcome === 'failed' || outcome === 'error'
    ? { kind: 'tests.failure', ...where, value: { ...about, outcome } }
    : { kind: 'tests.flaky', ...where, value: { ...about, failures: flaky } }
}

const suiteFact = (
  path: string,
  { name, line, column, claimedTests, claimedFailures, ...counts }: SuiteResult,
): Fact => ({
  kind: 'tests.suite',
  subject: name === '' ? 'suite' : `suite ${name}`,
  place: { path, line, column },
  value: { ...rounded(counts), name, ...defined({ claimedTests, claimedFailures }) },
})

const moreCases = (cases: number) => ({ name: `${cases} more test cases`, suite: '', cases })

/** One fact for the cases beyond those that are told one by one, so that they count for the rules all the same. */
const moreFacts = (place: Place, { moreFailed, moreFlaky }: Told): Fact[] => {
  const failed: Fact = {
    kind: 'tests.failure',
    subject: 'test cases beyond those that are listed',
    place,
    value: { ...moreCases(moreFailed), outcome: 'failed' },
  }
  const flaky: Fact = {
    kind: 'tests.flaky',
    subject: 'test cases beyond those that are listed',
    place,
    value: { ...moreCases(moreFlaky), failures: 1 },
  }
  return [...(moreFailed > 0 ? [failed] : []), ...(moreFlaky > 0 ? [flaky] : [])]
}

/** What one file of test results says, as facts. Without a single case it says nothing about tests, good or bad. */
export const testEvidence = (
  path: string,
  told: Told,
  counts: Counts,
  about: { name?: string | undefined; createdAt?: string | undefined; sha?: string | undefined },
): Evidence => {
  const place = startOf(path)
  const suites = told.suites.filter(
    ({ root, claimedTests, claimedFailures }) => !root || claimedTests !== undefined || claimedFailures !== undefined,
  )
  return {
    facts: [
      {
        kind: 'tests.run',
        subject: 'test run',
        place,
        value: { ...rounded(counts), suites: told.suiteCount, ...defined({ name: about.name }) },
      },
      ...suites.map((suite) => suiteFact(path, suite)),
      ...[...told.cases].filter(isNotable).map((result) => caseFact(path, result)),
      ...moreFacts(place, told),
    ],
    answers: counts.total === 0 ? [] : ['tests.failure', 'tests.flaky'],
    ...defined({ createdAt: about.createdAt, sha: about.sha }),
  }
}
