import type { Fact } from '../../../core/facts/index.ts'
import { startOf } from '../../../core/facts/place.ts'
import { defined } from '../../shape.ts'
import type { Evidence, EvidenceFormat, EvidenceText, Likeness, Refusal } from '../format.ts'
import { JunitReader, type CaseResult, type Counts } from './results.ts'
import { readXml } from '../xml.ts'

// The declaration, comments and white space may come first, and a DOCTYPE too.
const root = /^\s*(?:<\?[^?]*\?>\s*|<!--[^>]*-->\s*)*<(!DOCTYPE|[A-Za-z][\w:.-]*)([\s/>])?/

// A DOCTYPE that points elsewhere is a coverage report's; one that declares things before test results is ours to refuse.
const withDoctype = (head: string): Likeness => {
  if (head.includes('<testsuite') || head.includes('[')) return 'this'
  return head.includes('<', head.indexOf('<!DOCTYPE') + 1) ? 'other' : 'unclear'
}

const counted = ({ total, passed, failed, errors, skipped, flaky, seconds }: Counts): Counts => ({
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

const evidenceOf = (path: string, reader: JunitReader): Evidence => {
  const { suites, counts, listed, rootName, createdAt } = reader
  const own = suites.filter(({ root: isRoot, claimedTests, claimedFailures }) =>
    isRoot ? claimedTests !== undefined || claimedFailures !== undefined : true,
  )
  const facts: Fact[] = [
    {
      kind: 'tests.run',
      subject: 'test run',
      place: startOf(path),
      value: {
        ...counted(counts),
        suites: suites.filter(({ root: isRoot }) => !isRoot).length,
        ...defined({ name: rootName }),
      },
    },
    ...own.map(({ name, line, column, claimedTests, claimedFailures, ...suite }): Fact => ({
      kind: 'tests.suite',
      subject: name === '' ? 'suite' : `suite ${name}`,
      place: { path, line, column },
      value: { ...counted(suite), name, ...defined({ claimedTests, claimedFailures }) },
    })),
    ...listed.map((result) => caseFact(path, result)),
  ]
  return {
    facts,
    // A file without a single case says nothing about tests, good or bad.
    answers: counts.total === 0 ? [] : ['tests.failure', 'tests.flaky'],
    ...(createdAt === undefined ? {} : { createdAt }),
  }
}

/** Reads JUnit XML, and keeps the cases that did not simply pass, or all of them. */
export const readJunit = async (
  text: EvidenceText,
  keep: 'notable' | 'all',
): Promise<JunitReader | { refused: Refusal }> => {
  const reader = new JunitReader(keep)
  const refused = await readXml(text, reader)
  if (refused !== undefined) return { refused }
  return reader.rootKnown
    ? reader
    : { refused: { code: 'format', reason: 'is XML, and not of JUnit’s form', line: 1, column: 1 } }
}

/**
 * JUnit XML in the dialects of surefire, Gradle, pytest, gotestsum, vitest, jest-junit, cargo-nextest, PHPUnit, RSpec
 * and .NET. Cases are counted; what suites claim about their numbers is only compared with that.
 */
export const junit: EvidenceFormat = {
  kind: 'tests',
  name: 'junit',
  recognise: (head): Likeness => {
    const [, name, after] = root.exec(head) ?? []
    if (name === undefined) return head.includes('<testsuite') ? 'this' : 'unclear'
    if (name === '!DOCTYPE') return withDoctype(head)
    if (name === 'testsuites' || name === 'testsuite') return 'this'
    return after === undefined ? 'unclear' : 'other'
  },
  parse: async (text) => {
    const reader = await readJunit(text, 'notable')
    if ('refused' in reader) return reader
    return evidenceOf(text.path, reader)
  },
}
