import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ctrf } from '../../../src/collect/evidence/ctrf/ctrf.ts'
import type { EvidenceFormat } from '../../../src/collect/evidence/format.ts'
import { goTest } from '../../../src/collect/evidence/go-test/go-test.ts'
import { junit } from '../../../src/collect/evidence/junit/junit.ts'
import { tap } from '../../../src/collect/evidence/tap/tap.ts'
import { lengthsThatMatter, formatOf } from './formats.ts'
import { fixture, fixtures, of, parse, refusal, taken } from './fixtures.ts'

const counts = async (format: EvidenceFormat, text: string): Promise<string> => {
  const run = of(await taken(format, text), 'tests.run')[0]?.value
  if (run === undefined) return 'no run'
  return `${run.total}: ${run.passed} passed, ${run.failed} failed, ${run.errors} errors, ${run.skipped} skipped, ${run.flaky} flaky`
}

const formats = { junit, tap, 'go-test': goTest, ctrf } as const
const all = Object.entries(formats).flatMap(([folder, format]) =>
  fixtures(folder).map((name) => [name, format] as const),
)

describe('what the tools write', () => {
  test.each([
    ['junit/pytest-rerunfailures.xml', '10: 6 passed, 1 failed, 1 errors, 2 skipped, 1 flaky'],
    ['junit/gotestsum-rerun.xml', '8: 5 passed, 2 failed, 0 errors, 1 skipped, 1 flaky'],
    ['junit/TEST-shop.TillTest.xml', '9: 6 passed, 1 failed, 1 errors, 1 skipped, 1 flaky'],
    ['junit/node-test-24.xml', '9: 6 passed, 1 failed, 0 errors, 2 skipped, 0 flaky'],
    ['junit/mocha-xunit.xml', '7: 4 passed, 1 failed, 0 errors, 2 skipped, 0 flaky'],
    ['junit/phpunit.xml', '8: 3 passed, 1 failed, 2 errors, 2 skipped, 0 flaky'],
    ['junit/rspec.xml', '6: 2 passed, 2 failed, 0 errors, 2 skipped, 0 flaky'],
    ['tap/node-test.tap', '9: 6 passed, 1 failed, 0 errors, 2 skipped, 0 flaky'],
    ['tap/mocha.tap', '7: 4 passed, 1 failed, 0 errors, 2 skipped, 0 flaky'],
    ['tap/tape.tap', '5: 3 passed, 1 failed, 0 errors, 1 skipped, 0 flaky'],
    ['tap/node-tap.tap', '5: 2 passed, 1 failed, 0 errors, 2 skipped, 0 flaky'],
    ['tap/perl.tap', '5: 2 passed, 1 failed, 0 errors, 2 skipped, 0 flaky'],
    ['tap/perl-bail.tap', '3: 2 passed, 0 failed, 1 errors, 0 skipped, 0 flaky'],
    ['go-test/go-test.json', '9: 4 passed, 2 failed, 1 errors, 2 skipped, 0 flaky'],
    ['go-test/gotestsum-rerun.json', '8: 5 passed, 2 failed, 0 errors, 1 skipped, 1 flaky'],
    ['ctrf/pytest.json', '10: 5 passed, 3 failed, 0 errors, 2 skipped, 0 flaky'],
    ['ctrf/mocha.json', '7: 4 passed, 1 failed, 0 errors, 2 skipped, 1 flaky'],
    ['ctrf/vitest.json', '5: 2 passed, 1 failed, 0 errors, 2 skipped, 0 flaky'],
  ])('%s', async (name, expected) => {
    const format = formats[name.split('/')[0] as keyof typeof formats]
    expect(await counts(format, fixture(name))).toBe(expected)
  })

  test.each(all)(
    '%s is recognised by one format alone, and no length of pieces changes its facts',
    async (name, format) => {
      const text = fixture(name)
      expect(formatOf(text, format.kind)).toBe(format)
      expect(await lengthsThatMatter(format, text, [1, 7, 64, 4096])).toEqual([])
    },
  )

  test('what suites claim of reruns is what they list once', async () => {
    for (const name of ['junit/gotestsum-rerun.xml', 'junit/pytest-rerunfailures.xml'])
      for (const { value } of of(await taken(junit, fixture(name)), 'tests.suite'))
        expect(value.claimedTests).toBe(value.total)
  })

  test('failures say why, and where they stand', async () => {
    const go = of(await taken(goTest, fixture('go-test/go-test.json')), 'tests.failure')
    expect(go.map(({ value, place }) => [value.name, value.outcome, value.message, place.line])).toEqual([
      ['(the package itself)', 'error', 'drawer/drawer_test.go:6:11: too many arguments in call to Open', 9],
      ['TestDiscount/none', 'failed', 'till_test.go:22: got 100, want 99', 32],
      ['TestDiscount', 'failed', undefined, 34],
    ])
    const [node] = of(await taken(tap, fixture('tap/node-test.tap')), 'tests.failure')
    expect(node?.value).toMatchObject({ name: 'of 0 percent', message: 'Expected values to be strictly equal:' })
    const [bail] = of(await taken(tap, fixture('tap/perl-bail.tap')), 'tests.failure')
    expect(bail?.value).toMatchObject({ outcome: 'error', message: 'the drawer is jammed' })
    const [flaky] = of(await taken(ctrf, fixture('ctrf/mocha.json')), 'tests.flaky')
    expect(flaky).toMatchObject({ value: { name: 'the till reads cards', failures: 1 } })
  })
})

const tests = (...lines: string[]): string => lines.map((line) => `${line}\n`).join('')
const goEvent = (event: object): string => `${JSON.stringify({ Package: 'shop', ...event })}\n`
const report = (about: object): string =>
  JSON.stringify({ reportFormat: 'CTRF', results: { tool: { name: 't' }, tests: [{ name: 'opens', ...about }] } })

describe('what is rarely written', () => {
  test.each<[string, EvidenceFormat, string, string]>([
    ['a plan of nothing', tap, tests('1..0 # SKIP no till'), '0: 0 passed, 0 failed, 0 errors, 0 skipped, 0 flaky'],
    [
      'more points than planned',
      tap,
      tests('1..1', 'ok 1', 'ok 2'),
      '3: 2 passed, 0 failed, 1 errors, 0 skipped, 0 flaky',
    ],
    [
      'a suite that is still to do',
      tap,
      tests('    not ok 1 - a', '    1..1', 'not ok 1 - all # TODO', '1..1'),
      '1: 0 passed, 0 failed, 0 errors, 1 skipped, 0 flaky',
    ],
    [
      'a suite that broke after its cases',
      tap,
      tests('    ok 1 - a', '    1..1', 'not ok 1 - all', '1..1'),
      '2: 1 passed, 0 failed, 1 errors, 0 skipped, 0 flaky',
    ],
    [
      'a case that failed in a suite that did not',
      tap,
      tests('    not ok 1 - a', '    1..1', 'ok 1 - all', '1..1'),
      '1: 0 passed, 1 failed, 0 errors, 0 skipped, 0 flaky',
    ],
    [
      'a suite that lost a case',
      tap,
      tests('    1..2', '    ok 1 - a', 'ok 1 - all', '1..1'),
      '2: 1 passed, 0 failed, 1 errors, 0 skipped, 0 flaky',
    ],
    [
      'subtests in braces',
      tap,
      tests('1..1', 'ok 1 - all {', '    1..2', '    ok 1 - a', '    not ok 2 - b', '}'),
      '2: 1 passed, 1 failed, 0 errors, 0 skipped, 0 flaky',
    ],
    [
      'a block that looks like results',
      tap,
      tests('1..1', 'not ok 1 - a', '  ---', '  got: |', '    ok 1 - b', '    1..4', '  ...'),
      '1: 0 passed, 1 failed, 0 errors, 0 skipped, 0 flaky',
    ],
    [
      'a name with an escaped #',
      tap,
      tests('1..1', 'not ok 1 - a \\# TODO'),
      '1: 0 passed, 1 failed, 0 errors, 0 skipped, 0 flaky',
    ],
    [
      '-count=2, of which one failed',
      goTest,
      ['run', 'fail', 'run', 'pass'].map((Action) => goEvent({ Action, Test: 'TestOpens' })).join('') +
        goEvent({ Action: 'fail' }),
      '2: 1 passed, 1 failed, 0 errors, 0 skipped, 0 flaky',
    ],
    [
      'a test that never ended',
      goTest,
      goEvent({ Action: 'run', Test: 'TestOpens' }) + goEvent({ Action: 'fail' }),
      '1: 0 passed, 0 failed, 1 errors, 0 skipped, 0 flaky',
    ],
    [
      'a package that cannot be built, before Go 1.20',
      goTest,
      `FAIL\tshop/drawer [build failed]\n${goEvent({ Action: 'run', Test: 'A' })}${goEvent({ Action: 'pass', Test: 'A' })}${goEvent({ Action: 'pass' })}`,
      '2: 1 passed, 0 failed, 1 errors, 0 skipped, 0 flaky',
    ],
    [
      'a status that CTRF does not know',
      ctrf,
      report({ status: 'great' }),
      '1: 0 passed, 0 failed, 1 errors, 0 skipped, 0 flaky',
    ],
    ['no status', ctrf, report({}), '1: 0 passed, 0 failed, 1 errors, 0 skipped, 0 flaky'],
    [
      'a failure that was retried',
      ctrf,
      report({ status: 'failed', retries: 2, flaky: true }),
      '1: 0 passed, 1 failed, 0 errors, 0 skipped, 0 flaky',
    ],
  ])('%s', async (_, format, text, expected) => expect(await counts(format, text)).toBe(expected))

  test('of very many failures the first are told, and the others counted in one that fails too', async () => {
    const text = `<testsuite name="till">${'<testcase name="opens"><failure/></testcase>'.repeat(10_500)}</testsuite>`
    const evidence = await taken(junit, text)
    const failures = of(evidence, 'tests.failure')
    expect(failures).toHaveLength(10_001)
    expect(failures.at(-1)?.value).toMatchObject({ name: '500 more test cases', cases: 500, outcome: 'failed' })
    expect(of(evidence, 'tests.run')[0]?.value.failed).toBe(10_500)
  })

  test('nothing that listed no case answers for anything', async () => {
    for (const [format, text] of [
      [tap, '1..0\n'],
      [goTest, goEvent({ Action: 'pass' })],
      [ctrf, '{"reportFormat":"CTRF","results":{"tool":{"name":"t"},"tests":[]}}'],
    ] as const)
      expect((await taken(format, text)).answers).toEqual([])
  })
})

describe('what is not taken', () => {
  test.each<[string, EvidenceFormat, string, string, number]>([
    ['no plan', tap, tests('TAP version 14', 'ok 1'), 'truncated', 2],
    ['fewer points than planned', tap, tests('1..3', 'ok 1'), 'truncated', 2],
    ['two plans', tap, tests('1..1', 'ok 1', '1..1'), 'syntax', 3],
    ['subtests without end', tap, tests('1..1', 'ok 1', '    ok 1'), 'truncated', 3],
    ['nesting', tap, `${' '.repeat(400_000)}ok 1\n`, 'too-deep', 1],
    ['cut in a name', tap, '1..1\nok 1 - a # SK', 'truncated', 2],
    ['a package that did not end', goTest, goEvent({ Action: 'start' }), 'truncated', 1],
    ['cut in an event', goTest, `${goEvent({ Action: 'start' })}{"Action":`, 'truncated', 2],
    ['an event that is none', goTest, `${goEvent({ Action: 'start' })}{"a":\n`, 'syntax', 2],
    ['a long line', goTest, `{"Action":"start"}${'x'.repeat(4_000_001)}`, 'too-large', 1],
    ['a test without a name', ctrf, '{"reportFormat":"CTRF","results":{"tests":[\n{"status":"passed"}]}}', 'schema', 2],
    ['tests that are no list', ctrf, '{"reportFormat":"CTRF","results":{"tests":{"a":{"name":"a"}}}}', 'schema', 1],
    ['deep JSON', ctrf, `{"results":${'['.repeat(100_000)}`, 'too-deep', 1],
    ['other JSON', ctrf, '{"reportFormat":"CTRF"}', 'format', 1],
  ])('%s', async (_, format, text, code, line) =>
    expect(refusal(await parse(format, text))).toMatchObject({ code, line }),
  )

  test.each(all)('%s, cut anywhere, is refused or says no more than the whole', async (name, format) => {
    const text = fixture(name).trimEnd()
    const whole = of(await taken(format, `${text}\n`), 'tests.run')[0]?.value
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: text.length - 1 }), async (length) => {
        const parsed = await parse(format, text.slice(0, length))
        if ('refused' in parsed) return
        // Go's packages that are over, and TAP's comments after the plan, are all that a cut can leave whole.
        expect(['go-test-json', 'tap']).toContain(format.name)
        expect(of(parsed, 'tests.run')[0]?.value.passed).toBeLessThanOrEqual(whole?.passed ?? 0)
      }),
      { numRuns: 60 },
    )
  })
})
