import type { EvidenceFormat } from '../format.ts'
import { junit, readJunit } from '../junit/junit.ts'
import type { CaseResult } from '../test-results/notable.ts'
import { smokeEvidence, type SmokeResult } from './checks.ts'

/** Smoke tests as JUnit XML; the file's name says that they are some. */
export const smokeJunit: EvidenceFormat = {
  kind: 'smoke',
  name: 'smoke-junit',
  recognise: (head) => (/^\s*(?:<|$)/.test(head) ? junit.recognise(head) : 'other'),
  parse: async (text) => {
    const listed: CaseResult[] = []
    const reader = await readJunit(text, (result) => void listed.push(result))
    if ('refused' in reader) return reader
    const results = listed.map((result): SmokeResult => ({
      name: result.suite === '' || result.suite === result.name ? result.name : `${result.suite} ${result.name}`,
      outcome: result.outcome === 'passed' || result.outcome === 'skipped' ? result.outcome : 'failed',
      milliseconds: result.seconds * 1000,
      message: result.message,
      line: result.line,
    }))
    // Newman's suite for a request without an answer has a number of errors, and no case.
    const silent = reader.told.suites.flatMap((suite): SmokeResult[] =>
      !suite.root && suite.total === 0 && (suite.claimedFailures ?? 0) > 0
        ? [{ name: suite.name, outcome: 'failed', message: 'broke without a single test', line: suite.line }]
        : [],
    )
    return smokeEvidence(text.path, [...results, ...silent], reader.createdAt)
  },
}
