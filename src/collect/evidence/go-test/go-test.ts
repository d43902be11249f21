import type { EvidenceFormat, Likeness, Parsed, Refusal } from '../format.ts'
import { testEvidence } from '../test-results/facts.ts'
import { readLines, type TextLine } from '../text-lines.ts'
import { goEvent } from './events.ts'
import { GoTestReader } from './reader.ts'

const marks =
  /^\{[^\n]{0,4000}"Action"\s*:\s*"(?:start|run|pause|cont|pass|bench|fail|output|skip|attr|artifacts|build-output|build-fail)"/m

const unbuilt = /^FAIL\s+(\S+) \[(?:build|setup) failed\]/

const take = (reader: GoTestReader, { text, line, ended }: TextLine): Refusal | undefined => {
  if (!text.startsWith('{')) {
    // What the go command itself says stands between the events where both go to one file.
    const [, name] = unbuilt.exec(text.slice(0, 4096)) ?? []
    if (name !== undefined) reader.unbuilt(name, line)
    return undefined
  }
  const event = goEvent(text)
  if (event !== undefined) return reader.event(event, line)
  return ended
    ? { code: 'syntax', reason: 'has a line that is no event of go test', line, column: 1 }
    : { code: 'truncated', reason: 'is cut off before its end', line, column: 1 }
}

/**
 * What `go test -json` writes, with gotestsum's reruns in the same file. A cut is seen where a package is open there; one
 * between two packages cannot be seen, and the tests that it takes away are missed by the rules about their number.
 */
export const goTest: EvidenceFormat = {
  kind: 'tests',
  name: 'go-test-json',
  recognise: (head): Likeness => {
    if (marks.test(head)) return 'this'
    return /^\s*[<[{]/.test(head) ? 'other' : 'unclear'
  },
  parse: async (text): Promise<Parsed> => {
    const reader = new GoTestReader()
    const refused = (await readLines(text, (line) => take(reader, line))) ?? reader.end()
    if (refused !== undefined) return { refused }
    return testEvidence(text.path, reader.told, reader.counts, { createdAt: reader.createdAt })
  },
}
