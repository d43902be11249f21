import type { EvidenceFormat, Likeness } from '../format.ts'
import { testEvidence } from '../test-results/facts.ts'
import { readLines } from '../text-lines.ts'
import { TapReader } from './reader.ts'

const marks = /^(?:TAP version \d+|1\.\.\d+|(?:not )?ok \d+)(?:\s|$)/m

/**
 * TAP 12 to 14, with subtests. A test point that has subtests is a suite and not a case; what is `todo` counts as skipped
 * whatever it does. Without a plan, or with fewer points than planned, the file is taken for cut off, which is why a cut
 * is always seen.
 */
export const tap: EvidenceFormat = {
  kind: 'tests',
  name: 'tap',
  recognise: (head): Likeness => {
    if (/^\s*[<{[]/.test(head)) return 'other'
    return marks.test(head) ? 'this' : 'unclear'
  },
  parse: async (text) => {
    const reader = new TapReader()
    const refused = (await readLines(text, (line) => reader.line(line))) ?? reader.end()
    return refused === undefined ? testEvidence(text.path, reader.told, reader.counts, {}) : { refused }
  },
}
