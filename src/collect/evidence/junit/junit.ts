import type { EvidenceFormat, EvidenceText, Likeness, Refusal } from '../format.ts'
import { testEvidence } from '../test-results/facts.ts'
import type { CaseResult } from '../test-results/notable.ts'
import { readXml } from '../xml.ts'
import { JunitReader } from './results.ts'

// The declaration, comments and white space may come first, and a DOCTYPE too.
const root = /^\s*(?:<\?[^?]*\?>\s*|<!--[^>]*-->\s*)*<(!DOCTYPE|[A-Za-z][\w:.-]*)([\s/>])?/

// A DOCTYPE that points elsewhere is a coverage report's; one that declares things before test results is ours to refuse.
const withDoctype = (head: string): Likeness => {
  if (head.includes('<testsuite') || /<!DOCTYPE[^>[]{0,4096}\[/.test(head)) return 'this'
  return head.includes('<', head.indexOf('<!DOCTYPE') + 1) ? 'other' : 'unclear'
}

/** Reads JUnit XML; every case is handed over, those that were only run again left out. */
export const readJunit = async (
  text: EvidenceText,
  each?: (result: CaseResult) => void,
): Promise<JunitReader | { refused: Refusal }> => {
  const reader = new JunitReader(each)
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
    if (name === undefined) return head.includes('<testsuite') ? 'this' : /^\s*[{[]/.test(head) ? 'other' : 'unclear'
    if (name === '!DOCTYPE') return withDoctype(head)
    if (name === 'testsuites' || name === 'testsuite') return 'this'
    return after === undefined ? 'unclear' : 'other'
  },
  parse: async (text) => {
    const reader = await readJunit(text)
    if ('refused' in reader) return reader
    return testEvidence(text.path, reader.told, reader.counts, { name: reader.rootName, createdAt: reader.createdAt })
  },
}
