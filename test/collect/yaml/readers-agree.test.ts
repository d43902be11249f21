import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Lines } from '../../../src/collect/yaml/lines.ts'
import { readPatiently } from '../../../src/collect/yaml/patient.ts'
import type { ReadText } from '../../../src/collect/yaml/read-text.ts'
import { readSwiftly } from '../../../src/collect/yaml/swift.ts'

/** Everything that a reader says: values, the order of keys, and where each part stands. */
const told = ({ documents, refusals }: ReadText) => ({
  documents: documents.map(({ value, start, offsets }) => {
    const walk = (part: unknown): unknown => {
      if (typeof part !== 'object' || part === null) return part
      const entries = Array.isArray(part)
        ? part.map((item: unknown, at) => [at, item] as const)
        : Object.entries(part as Record<string, unknown>)
      return [
        Array.isArray(part),
        offsets.of(part),
        entries.map(([key, item]) => [key, offsets.of(part, key), walk(item)]),
      ]
    }
    return [start, walk(value)]
  }),
  refusals,
})

const ward = `# The ward's own settings
name: Ward "3"   # as on the door
rooms:
- one
-   number: 2
    beds: [ 1, 0x1F, 0o17, 1e3, .inf, "4", '5''s' ]
    open: { from: 08:30, until: 2026-11-21, "all day": no }
- |
  first line

    deeper
- >-  # folded
  a line
  and its rest
empty:
"quoted key": 'two
  lines'
over lines: plain text
  goes on
? asked
: ~
`

describe('the swift reader and the patient one say the same', () => {
  test.each([
    ['all kinds of scalars', ward],
    ['with the line ends of Windows', ward.replaceAll('\n', '\r\n')],
    ['several documents', `---\n${ward}---\n# nothing\n---\n- 1\n...\n`],
    ['an empty document at the end', 'a: 1\n---\n'],
    ['nothing but comments', '# nothing\n'],
    ['no text', ''],
    ['a scalar alone', 'ward'],
    ['a byte order mark', '\uFEFFa: 1\n'],
    ['a key twice', 'a: 1\nb:\n  c: 1\n  c: 2\na: 3\n'],
    ['many keys', Array.from({ length: 40 }, (_, at) => `key-${at % 39}: ${at}\n`).join('')],
    ['keys that every object has', '__proto__: 1\nconstructor: { toString: 2 }\n'],
    ['a comment that looks like a block', 'a:\n- | # > |\n  text\n- "| # x"\n'],
  ])('%s', (_, text) => {
    for (const version of ['1.1', '1.2'] as const) {
      const swift = readSwiftly(text, version)
      expect(swift).toBeDefined()
      expect(told(swift as ReadText)).toEqual(told(readPatiently(text, version)))
    }
  })

  test.each([
    ['an anchor', 'a: &x 1\nb: *x\n'],
    ['a tag', 'a: !!str 1\n'],
    ['a merge', '<<: { a: 1 }\n'],
    ['a block alone', '--- |\n  text\n'],
    ['a marker that is indented', '  ---\na'],
    ['a directive', '%YAML 1.1\n---\na: yes\n'],
    ['a map as a key', '{ a: 1 }: b\n'],
    ['an item of a list with nothing in it', '- 1\n-\n'],
    ['what is no YAML', 'a: [1\nb: }'],
    ['101 levels', Array.from({ length: 101 }, (_, at) => `${' '.repeat(at)}a:`).join('\n')],
  ])('%s is left to the patient reader', (_, text) => {
    expect(readSwiftly(text, '1.2')).toBeUndefined()
  })

  test('over any text that both take', () => {
    const piece = fc.constantFrom(
      'a: ',
      'b: ',
      '- ',
      '\n',
      '\n',
      '  ',
      '    ',
      '---\n',
      '[',
      ']',
      '{',
      '}',
      ', ',
      '"',
      "'",
      '|\n',
      '>-\n',
      '#',
      ' # ',
      '? ',
      ': ',
      '\t',
      'ü',
      '\r\n',
      '1',
      '-1.5',
      'yes',
      'null',
      '~',
      '0x1f',
      '012',
      '1:30',
      '\\n',
      'word',
    )
    let both = 0
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 25 }),
        fc.constantFrom('1.1' as const, '1.2' as const),
        (pieces, version) => {
          const text = pieces.join('')
          const swift = readSwiftly(text, version)
          if (swift === undefined) return
          const patient = readPatiently(text, version)
          // What only one of them takes is a matter of how strict a reader is.
          if (patient.refusals.some(({ code }) => code !== 'duplicate-key')) return
          both++
          expect(told(swift)).toEqual(told(patient))
        },
      ),
      { numRuns: 3000 },
    )
    expect(both).toBeGreaterThan(100)
  })
})

test('an offset is a line and a column', () => {
  const lines = new Lines('one\ntwo\n\nfour')
  expect([0, 3, 4, 8, 9, 13].map((offset) => lines.of(offset))).toEqual([
    { line: 1, column: 1 },
    { line: 1, column: 4 },
    { line: 2, column: 1 },
    { line: 3, column: 1 },
    { line: 4, column: 1 },
    { line: 4, column: 5 },
  ])
})
