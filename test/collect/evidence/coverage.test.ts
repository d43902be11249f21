import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { memoryWorkspace } from '../../../src/adapters/memory/memory.ts'
import { collectEvidence, type EvidenceQuery } from '../../../src/collect/evidence/collect-evidence.ts'
import { SourceCoverage } from '../../../src/collect/evidence/coverage/source.ts'
import type { EvidenceFormat } from '../../../src/collect/evidence/format.ts'
import { evidenceLaw } from '../../../src/collect/evidence/index.ts'
import { factKinds } from '../../../src/core/facts/index.ts'
import { lengthsThatMatter, formatOf as formatIn } from './formats.ts'
import { fixture, fixtures, of, parse, refusal, taken } from './fixtures.ts'

const folders = ['lcov', 'cobertura', 'clover', 'jacoco', 'go-cover', 'coverage-py', 'istanbul']

const formatOf = (text: string): EvidenceFormat => formatIn(text, 'coverage')

const numbers = async (text: string): Promise<string> => {
  const report = of(await taken(formatOf(text), text), 'coverage.report')[0]?.value
  if (report === undefined) return 'no report'
  const { linesCovered, linesTotal, branchesCovered, branchesTotal, sources } = report
  return `${linesCovered}/${linesTotal} lines, ${branchesCovered ?? '-'}/${branchesTotal ?? '-'} branches, ${sources} sources`
}

describe('what the tools write', () => {
  // Where two reporters of one run disagreed, one of them would be read wrongly.
  test.each([
    ['lcov/vitest.info', '14/16 lines, 7/8 branches, 2 sources'],
    ['cobertura/vitest.xml', '14/16 lines, 7/8 branches, 2 sources'],
    ['clover/vitest.xml', '14/16 lines, -/- branches, 2 sources'],
    ['istanbul/vitest-final.json', '14/16 lines, 7/8 branches, 2 sources'],
    ['istanbul/vitest-summary.json', '14/16 lines, 7/8 branches, 2 sources'],
    ['lcov/nyc.info', '17/20 lines, 3/4 branches, 2 sources'],
    ['cobertura/nyc.xml', '17/20 lines, 3/4 branches, 2 sources'],
    ['clover/nyc.xml', '17/20 lines, -/- branches, 2 sources'],
    ['istanbul/nyc-final.json', '17/20 lines, 3/4 branches, 2 sources'],
    ['istanbul/nyc-summary.json', '17/20 lines, 3/4 branches, 2 sources'],
    ['lcov/c8.info', '23/28 lines, 14/15 branches, 2 sources'],
    ['istanbul/c8-final.json', '23/28 lines, 14/15 branches, 2 sources'],
    ['lcov/node-test.info', '14/16 lines, 10/10 branches, 2 sources'],
    ['lcov/coverage-py.info', '17/23 lines, 5/8 branches, 2 sources'],
    ['cobertura/coverage-py.xml', '17/23 lines, 5/8 branches, 2 sources'],
    ['coverage-py/coverage.json', '17/23 lines, 5/8 branches, 2 sources'],
    ['cobertura/gocover-cobertura.xml', '12/17 lines, -/- branches, 3 sources'],
    ['jacoco/maven.xml', '6/13 lines, 3/6 branches, 2 sources'],
    ['go-cover/cover.out', '8/10 lines, -/- branches, 3 sources'],
    ['go-cover/coverpkg.out', '8/10 lines, -/- branches, 2 sources'],
  ])('%s', async (name, expected) => expect(await numbers(fixture(name))).toBe(expected))

  test.each(folders.flatMap((folder) => fixtures(folder)))(
    '%s: no length of pieces changes its facts',
    async (name) => {
      const text = fixture(name)
      const format = formatOf(text)
      expect(await lengthsThatMatter(format, text, [1, 7, 64, 4096])).toEqual([])
    },
  )

  test.each([
    [
      'PHPUnit’s Clover',
      '<coverage generated="1795234529"><project><file name="/app/Till.php"><line num="3" type="method" name="sell" count="1"/><line num="4" type="stmt" count="1"/><line num="5" type="stmt" count="0"/></file></project></coverage>',
      '1/2 lines, -/- branches, 1 sources',
    ],
    [
      'numbers without lines',
      'SF:a.c\nLF:10\nLH:4\nBRF:2\nBRH:1\nend_of_record\n',
      '4/10 lines, 1/2 branches, 1 sources',
    ],
    [
      'a file in two sections',
      'SF:a.c\nDA:1,0\nDA:2,1\nend_of_record\nSF:a.c\nDA:1,2\nend_of_record\n',
      '2/2 lines, -/- branches, 1 sources',
    ],
    ['a claim without lines', '<coverage line-rate="1"><packages/></coverage>', '0/0 lines, -/- branches, 0 sources'],
    [
      'counters that overflowed',
      'SF:a.c\nDA:1,-3\nDA:2,99999999999,abc\nend_of_record\n',
      '1/2 lines, -/- branches, 1 sources',
    ],
  ])('%s', async (_, text, expected) => expect(await numbers(text)).toBe(expected))
})

describe('what is not taken', () => {
  test.each([
    [
      'entities',
      '<!DOCTYPE coverage [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>\n<coverage line-rate="&b;"/>',
      'entities',
    ],
    [
      'JaCoCo with entities',
      '<!DOCTYPE report [<!ENTITY a SYSTEM "file:///etc/passwd">]>\n<report name="JACOCO">&a;</report>',
      'entities',
    ],
    ['deep XML', `<coverage line-rate="1">${'<a>'.repeat(10_000)}`, 'too-deep'],
    ['deep JSON', `{"total":{"lines":{"a":${'['.repeat(100_000)}`, 'too-deep'],
    ['a source inside another one', 'SF:a\nSF:b\nend_of_record\n', 'syntax'],
    ['data that is none', 'SF:a\nDA:one,1\nend_of_record\n', 'syntax'],
    ['a line that no file has', 'SF:a\nDA:99999999,1\nend_of_record\n', 'syntax'],
    ['a block that is none', 'mode: set\nshop/till.go:1.2 1 1\n', 'syntax'],
    ['a source without end', 'SF:a\nDA:1,1\n', 'truncated'],
    ['a block without end', 'mode: set\nshop/till.go:1.2,3.4 1 1', 'truncated'],
    ['more covered than there is', '{"total":{"lines":{}},"a":{"lines":{"total":1,"covered":2}}}', 'schema'],
    ['counters before their places', '{"a":{"path":"a","statementMap":{},"s":{"0":1}}}', 'schema'],
    ['lines that are none', '{"meta":{"branch_coverage":true},"files":{"a":{"executed_lines":["1"]}}}', 'schema'],
    [
      'too many sources',
      Array.from({ length: 100_002 }, (_, index) => `SF:${index}\nend_of_record\n`).join(''),
      'too-many',
    ],
  ])('%s', async (_, text, code) => expect(refusal(await parse(formatOf(text), text)).code).toBe(code))

  test.each(folders.flatMap((folder) => fixtures(folder)))(
    '%s, cut anywhere, is refused or covers no more',
    async (name) => {
      const text = fixture(name).trimEnd()
      const format = formatOf(text)
      const whole = of(await taken(format, `${text}\n`), 'coverage.report')[0]?.value.linesCovered ?? 0
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 0, max: text.length - 1 }), async (length) => {
          const parsed = await parse(format, text.slice(0, length))
          if ('refused' in parsed) return
          // A cut between two records is all that these two cannot see.
          expect(['lcov', 'go-cover']).toContain(format.name)
          expect(of(parsed, 'coverage.report')[0]?.value.linesCovered).toBeLessThanOrEqual(whole)
        }),
        { numRuns: 60 },
      )
    },
  )
})

describe('all reports together', () => {
  const collect = async (files: Record<string, string>, query: Partial<EvidenceQuery> = {}) => {
    const found = await collectEvidence(memoryWorkspace(files), evidenceLaw, {
      globs: {},
      ignore: [],
      demands: {},
      ...query,
    })
    for (const { kind, value } of found.facts) expect(factKinds[kind].schema.strict().parse(value)).toEqual(value)
    return found
  }
  const total = async (files: Record<string, string>) => of(await collect(files), 'coverage.total')[0]?.value

  test('every reporter of one run counts once', async () => {
    const alone = await total({ 'a/lcov.info': fixture('lcov/vitest.info') })
    const all = await total({
      'a/lcov.info': fixture('lcov/vitest.info'),
      'a/cobertura.xml': fixture('cobertura/vitest.xml'),
      'a/clover.xml': fixture('clover/vitest.xml'),
      'a/coverage-final.json': fixture('istanbul/vitest-final.json'),
      'a/coverage-summary.json': fixture('istanbul/vitest-summary.json'),
    })
    expect(alone).toMatchObject({ linesCovered: 14, linesTotal: 16, sources: 2, shared: 0, reports: 1 })
    expect(all).toEqual({ ...alone, shared: 2, reports: 5 })
  })

  test('lines that ran in either report ran', async () => {
    const lines = (...hits: number[]): string =>
      `SF:src/till.ts\n${hits.map((hit, index) => `DA:${index + 1},${hit}\n`).join('')}end_of_record\n`
    expect(await total({ 'unit/lcov.info': lines(1, 0, 0), 'browser/lcov.info': lines(0, 1, 0) })).toMatchObject({
      linesCovered: 2,
      linesTotal: 3,
    })
    expect(await total({ 'unit/lcov.info': lines(1, 1), 'stock/lcov.info': lines(0, 0, 0, 0) })).toMatchObject({
      linesCovered: 2,
      linesTotal: 6,
      shared: 0,
    })
  })

  test('each service has its own', async () => {
    const services = [
      { name: 'till', paths: ['services/till/**'] },
      { name: 'stock', paths: ['services/stock/**'] },
      { name: 'docs', paths: ['docs/**'] },
    ]
    const found = await collect(
      {
        'services/till/target/site/jacoco/jacoco.xml': fixture('jacoco/maven.xml'),
        'cover.out': 'mode: set\nshop.example/shop/services/stock/stock.go:1.2,3.4 4 1\n',
      },
      { services },
    )
    expect(
      of(found, 'coverage.service').map(({ value }) => [value.name, value.linesCovered, value.linesTotal]),
    ).toEqual([
      ['till', 6, 13],
      ['stock', 4, 4],
    ])
  })

  test('reports without a line make no total', async () => {
    expect(await total({ 'coverage.xml': '<coverage line-rate="1"/>' })).toBeUndefined()
  })
})

test('lines are counted as a set of them would be', () => {
  const line = fc.tuple(fc.integer({ min: 1, max: 300 }), fc.boolean())
  fc.assert(
    fc.property(fc.array(fc.array(line, { maxLength: 60 }), { maxLength: 6 }), (rounds) => {
      const source = new SourceCoverage('till.ts')
      const expected = new Map<number, boolean>()
      for (const round of rounds) {
        for (const [number, ran] of round) {
          source.line(number, ran)
          expected.set(number, ran || expected.get(number) === true)
        }
        source.trim()
        expect(source.counts().total).toBe(expected.size)
      }
      source.trim(true)
      expect(source.counts()).toMatchObject({
        total: expected.size,
        covered: [...expected.values()].filter(Boolean).length,
      })
    }),
  )
})
