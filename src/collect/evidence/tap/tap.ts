import type { EvidenceFormat, Likeness, Refusal } from '../format.ts'
import { testEvidence } from '../test-results/facts.ts'
import { LongLine, textLines } from '../text-lines.ts'
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
    let refused: Refusal | undefined
    try {
      for await (const lines of textLines(text))
        for (const line of lines) {
          refused = reader.line(line)
          if (refused !== undefined) return { refused }
        }
    } catch (error) {
      if (!(error instanceof LongLine)) throw error
      return { refused: { code: 'syntax', reason: error.message, line: error.line, column: 1 } }
    }
    refused = reader.end()
    return refused === undefined ? testEvidence(text.path, reader.told, reader.counts, {}) : { refused }
  },
}
