import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readDrawings } from '../../../src/collect/documents/drawings.ts'
import { fractionsIn } from '../../../src/collect/documents/fractions.ts'
import { credentialIn } from '../../../src/collect/documents/gaps.ts'
import { readMarkdown } from '../../../src/collect/documents/markdown.ts'
import { repairMojibake } from '../../../src/collect/documents/mojibake.ts'
import { resolveLink } from '../../../src/collect/documents/references.ts'
import { isReport, readMarks } from '../../../src/collect/documents/report.ts'
import { observeTree } from '../facts-of.ts'

const misread = (text: string, encoding: string): string =>
  new TextDecoder(encoding).decode(new TextEncoder().encode(text))

describe('broken marks', () => {
  test.each(['windows-1252', 'macintosh', 'windows-1254'])('UTF-8 that was read as %s is repaired', (encoding) => {
    const line = '✅ Backups run every night – and are restored'
    expect(repairMojibake(misread(line, encoding))).toBe(line)
  })

  test('text that is right stays as it is', () => {
    const line = 'Ça va? Überprüft: „gut“ ✅ naïve façade'
    expect(repairMojibake(line)).toBe(line)
  })
})

const status = (line: string) => readMarks(readMarkdown(`# Report\n${line}\n`)).status !== undefined

describe('readiness', () => {
  test.each([
    ['**Status:** ✅ **PRODUCTION READY**', true],
    ['Status: READY FOR PRODUCTION', true],
    ['### GO / NO-GO Decision: ✅ **GO FOR PRODUCTION**', true],
    ['**Decision**: Approved', true],
    ['**Status:** NOT READY', false],
    ['**Status:** 90% Ready for Production', false],
    ['**Decision:** NO-GO', false],
    ['**Status:** READY / NOT READY', false],
    ['**Status:** Ready for staging', false],
    ['**Status:** Ready once the backups run', false],
    ['We are production ready.', false],
  ])('%s declares readiness: %s', (line, expected) => {
    expect(status(line)).toBe(expected)
  })

  test.each([
    ['docs/PRODUCTION_READINESS.md', '# Clinic', true],
    ['docs/clinic.md', '# Go-live checklist', true],
    ['docs/clinic.md', '# Clinic', false],
    ['.github/release-checklist.md', '# Release checklist', false],
  ])('%s with the title %s is a report: %s', (path, title, expected) => {
    expect(isReport(path, readMarkdown(`${title}\n- [x] a\n- [x] b\n- [ ] c\n`))).toBe(expected)
  })
})

test.each([
  ['89% (32/36)', [88.9]],
  ['41/41 tests passing (100%)', [100]],
  ['20 of 24 (83%)', [83.3]],
  ['12/31/2025 (80%)', []],
  ['5/0 (0%)', []],
  ['3/2 (150%)', []],
])('the fractions of "%s"', (line, computed) => {
  expect(fractionsIn(line).map((one) => one.computed)).toEqual(computed)
})

test.each([
  ['Grafana: http://localhost:3001 (admin/admin123)', 'admin'],
  ['Login: postgres/postgres', 'postgres'],
  ['Login for admin/user roles', undefined],
  ['see https://shop.example/admin/orders2', undefined],
])('the login that "%s" prints', (text, user) => {
  expect(credentialIn({ text, number: 1, code: false, heading: false, section: '', path: '' })?.user).toBe(user)
})

test('a drawn tree gives the paths of its files', () => {
  const text = [
    '```',
    'infra/',
    '├── monitoring/',
    '│   ├── prometheus.yml  # scrape',
    '│   └── grafana/',
    '│       └── board.json',
    '└── README.md',
    '```',
  ]
  expect(readDrawings(readMarkdown(text.join('\n'))).map(({ path }) => path)).toEqual([
    'infra/monitoring/prometheus.yml',
    'infra/monitoring/grafana/board.json',
    'infra/README.md',
  ])
})

test.each([
  ['docs/setup.md', '../README.md', 'README.md'],
  ['docs/setup.md', 'deploy.md', 'docs/deploy.md'],
  ['docs/setup.md', '/LICENSE', 'LICENSE'],
  ['README.md', '../../issues', undefined],
])('in %s the link %s means %s', (document, target, path) => {
  expect(resolveLink(document, target)).toBe(path)
})

test('any text is read without an error', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ maxLength: 300 }), async (text) => {
      const { facts } = await observeTree({
        'docs/readiness.md': `# Production readiness\n- [x] a\n- [x] b\n- [x] c\n${text}\n`,
      })
      expect(facts.unjudged).toEqual([])
    }),
    { numRuns: 60 },
  )
  const hostile = [
    '│ '.repeat(5_000),
    '['.repeat(20_000),
    '](('.repeat(9_000),
    '_'.repeat(50_000),
    '| '.repeat(20_000),
    '*'.repeat(50_000),
    ' '.repeat(100_000),
  ]
  await observeTree({
    'docs/readiness.md': `# Production readiness\n- [x] a\n- [x] b\n- [x] c\n\`\`\`\n${hostile.join('\n')}\n\`\`\`\n${hostile.join('\n')}\n`,
  })
})
