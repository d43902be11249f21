import { XMLValidator } from 'fast-xml-parser'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formats } from '../../src/render/index.ts'
import { markdown } from '../../src/render/markdown.ts'
import { plain } from '../../src/render/plain-text.ts'
import type { Report } from '../../src/core/report.ts'
import { finding, report, result } from '../sample-report.ts'

const nasty = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc
    .array(
      fc.constantFrom(
        '\u001b[31m',
        '\u001b]8;;https://evil.example\u0007',
        '\u009b2J',
        '\u202e',
        '\u2066',
        '\r',
        '\n',
        '\t',
        '\0',
        '\ud800',
        '@ada',
        '#12',
        'GH-9',
        '<script>',
        '|',
        '`',
        '``',
        '[a](b)',
        '![',
        '&lt;',
        '\\',
        '\\|',
        ' ',
        '*',
        '_',
        ']]>',
        '"',
        '-->',
        'a',
        '1.',
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join('')),
)

/** A report in which everything that a repository or a policy writes is nasty. */
const nastyReport: fc.Arbitrary<Report> = fc.array(nasty, { minLength: 12, maxLength: 12 }).map((text) => {
  const [a = '', b = '', c = '', d = '', e = '', f = '', g = '', h = '', i = '', j = '', k = '', l = ''] = text
  const waived = { reason: f, owner: g, expires: h }
  const undecided = [{ path: a, line: 1, subject: i, reason: j }]
  return report(
    [
      result({ title: k, why: l, fix: e, references: [d], findings: [finding({ path: a, subject: b, message: c })] }),
      result({ rule: 'a/b', status: 'waived', findings: [finding({ path: b, message: d, waived })] }),
      result({ rule: 'a/c', status: 'unknown', reason: e, undecided }),
      result({ rule: 'a/d', status: 'fail', blocking: false, title: j, findings: [finding({ path: f })] }),
      result({ rule: 'a/e', status: 'error', reason: c }),
    ],
    {
      environment: a,
      reasons: [{ code: 'policy-invalid', message: b }],
      subject: { repository: c, sha: null, directory: d },
    },
  )
})

// oxlint-disable no-control-regex -- control characters are what it looks for
const steersTerminal =
  /[\p{Cs}\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/u

describe.each(Object.entries(formats))('%s', (name, render) => {
  test('holds nothing that steers a terminal', () => {
    fc.assert(
      fc.property(nastyReport, (value) => {
        const text = render(value, { all: true })
        expect(steersTerminal.exec(text)).toBeNull()
        if (name === 'json' || name === 'sarif') JSON.parse(text)
        expect(name !== 'junit' || XMLValidator.validate(text)).toBe(true)
      }),
    )
  })
})

test('JSON keeps the values', () => {
  fc.assert(
    fc.property(nastyReport, (value) => {
      expect(JSON.parse(formats.json(value))).toEqual(value)
    }),
  )
})

/** Markdown without its code spans (a backslash that is itself escaped escapes nothing), in which nothing has an effect, and without our own tags. */
const outsideCode = (text: string): string =>
  text
    .replaceAll(/(?<!(?<!\\)(?:\\\\)*\\)(?<!`)(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)/g, '')
    .replaceAll(/<\/?(?:details|summary|sub|code)>/g, '')

test('markdown has no active mention, reference, pipe, HTML or link of the repository', () => {
  fc.assert(
    fc.property(nastyReport, (value) => {
      const text = markdown(value, { all: true })
      expect(text).not.toMatch(/@[a-z0-9]/i)
      expect(text).not.toMatch(/#\d/)
      expect(text).not.toContain('://')
      const bare = outsideCode(text)
      expect(bare).not.toMatch(/[<>]/)
      expect(bare).not.toMatch(/(?<!\\)(?:\\\\)*\]\(/)
      for (const line of bare.split('\n').filter((one) => !one.startsWith('|')))
        expect(line).not.toMatch(/(?<!\\)(?:\\\\)*\|/)
      for (const table of text.match(/(?:^\|.*\n)+/gm) ?? []) {
        const pipes = table
          .trimEnd()
          .split('\n')
          .map((line) => line.match(/(?<!\\)(?:\\\\)*\|/g)?.length)
        expect(new Set(pipes).size).toBe(1)
      }
    }),
    { numRuns: 300 },
  )
})

test.each([
  ['\u001b[31mred\u001b[0m', 'red'],
  ['a\u001b]8;;https://evil.example\u0007b', 'ab'],
  ['abc\u202etxt.exe', 'abctxt.exe'],
  ['two\r\nlines\tand a tab', 'two lines and a tab'],
  ['a family 👩‍👩‍👧 stays', 'a family 👩‍👩‍👧 stays'],
])('plain(%j)', (text, expected) => {
  expect(plain(text)).toBe(expected)
})

test('hostile text costs linear time', () => {
  for (const text of ['\u001b]'.repeat(200_000), '\u001b[0'.repeat(200_000), ' '.repeat(1_000_000)])
    expect(plain(text).length).toBeLessThanOrEqual(text.length)
})
