import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { junit } from '../../../src/collect/evidence/junit/junit.ts'
import { fixture, fixtures, of, parse, refusal, taken } from './fixtures.ts'

const counts = async (text: string): Promise<string> => {
  const run = of(await taken(junit, text), 'tests.run')[0]?.value
  if (run === undefined) return 'no run'
  return `${run.total}: ${run.passed} passed, ${run.failed} failed, ${run.errors} errors, ${run.skipped} skipped, ${run.flaky} flaky`
}

const suite = (cases: string): string => `<testsuite name="till">${cases}</testsuite>`

describe('what the tools write', () => {
  test.each([
    ['pytest.xml', '8: 4 passed, 1 failed, 1 errors, 2 skipped, 0 flaky'],
    ['TEST-clinic.AppointmentTest.xml', '5: 2 passed, 1 failed, 1 errors, 1 skipped, 1 flaky'],
    ['TEST-clinic.PatientTest.xml', '1: 1 passed, 0 failed, 0 errors, 0 skipped, 0 flaky'],
    ['gotestsum.xml', '6: 2 passed, 3 failed, 0 errors, 1 skipped, 0 flaky'],
    ['vitest.xml', '6: 3 passed, 1 failed, 0 errors, 2 skipped, 0 flaky'],
    ['jest-junit.xml', '4: 2 passed, 1 failed, 0 errors, 1 skipped, 0 flaky'],
    ['node-test.xml', '4: 1 passed, 1 failed, 0 errors, 2 skipped, 0 flaky'],
  ])('%s', async (name, expected) => {
    const text = fixture(`junit/${name}`)
    expect(junit.recognise(text.slice(0, 4096))).toBe('this')
    expect(await counts(text)).toBe(expected)
  })

  test.each([
    [
      'cargo-nextest',
      `<testsuites name="nextest-run" tests="2" failures="1" errors="0" timestamp="2026-11-20T10:00:00.000+01:00">
         <testsuite name="till" tests="2" disabled="0" errors="0" failures="1">
           <testcase name="opens" classname="till"><flakyFailure type="test failure" message="slow">at 1</flakyFailure></testcase>
           <testcase name="closes" classname="till"><failure type="test failure"/><rerunFailure type="test failure"/></testcase>
         </testsuite></testsuites>`,
      '2: 1 passed, 1 failed, 0 errors, 0 skipped, 1 flaky',
    ],
    [
      'PHPUnit',
      `<testsuites><testsuite name="all" tests="2" errors="1" failures="0"><testsuite name="Till" file="/app/TillTest.php" tests="2">
         <testcase name="opens" class="TillTest" file="/app/TillTest.php" line="9" assertions="1"/>
         <testcase name="closes" class="TillTest" file="/app/TillTest.php" line="14"><error type="PDOException">gone</error></testcase>
       </testsuite></testsuite></testsuites>`,
      '2: 1 passed, 0 failed, 1 errors, 0 skipped, 0 flaky',
    ],
    [
      'RSpec',
      `<testsuite name="rspec" tests="2" skipped="1" failures="0" errors="0" time="0.1" timestamp="2026-11-20T10:00:00+00:00" hostname="ci">
         <properties><property name="seed" value="1"/></properties>
         <testcase classname="spec.till" name="Till opens" file="./spec/till_spec.rb" time="0.01"></testcase>
         <testcase classname="spec.till" name="Till closes" file="./spec/till_spec.rb" time="0"><skipped/></testcase></testsuite>`,
      '2: 1 passed, 0 failed, 0 errors, 1 skipped, 0 flaky',
    ],
    [
      'Gradle',
      `<testsuite name="shop.TillTest" tests="1" skipped="0" failures="1" errors="0" timestamp="2026-11-20T10:00:00" hostname="ci" time="0.02">
         <properties/><testcase name="opens()" classname="shop.TillTest" time="0.02"><failure message="no" type="AssertionError">at</failure></testcase>
         <system-out><![CDATA[<failure>printed, not meant</failure>]]></system-out><system-err><![CDATA[]]></system-err></testsuite>`,
      '1: 0 passed, 1 failed, 0 errors, 0 skipped, 0 flaky',
    ],
    [
      '.NET',
      `<testsuites><testsuite name="Shop.Tests.dll" tests="2" skipped="0" failures="0" errors="0" time="1,234.5" timestamp="2026-11-20T10:00:00" hostname="CI" id="0" package="Shop.Tests.dll">
         <properties /><testcase classname="Shop.Till" name="Opens" time="0.1" /><testcase classname="Shop.Till" name="Closes" time="0.1" /></testsuite></testsuites>`,
      '2: 2 passed, 0 failed, 0 errors, 0 skipped, 0 flaky',
    ],
    [
      'GoogleTest, with a disabled case',
      `<testsuites tests="2" failures="0" disabled="1"><testsuite name="Till" tests="2" disabled="1">
         <testcase name="Opens" status="run" result="completed"/><testcase name="Closes" status="notrun" result="suppressed"/></testsuite></testsuites>`,
      '2: 1 passed, 0 failed, 0 errors, 1 skipped, 0 flaky',
    ],
    [
      'a suite that broke before it had cases',
      '<testsuites><testsuite name="till"><error message="cannot compile"/></testsuite></testsuites>',
      '1: 0 passed, 0 failed, 1 errors, 0 skipped, 0 flaky',
    ],
    [
      'a state without an element',
      suite('<testcase name="a" status="failed"/>'),
      '1: 0 passed, 1 failed, 0 errors, 0 skipped, 0 flaky',
    ],
    [
      'a skipped case that failed',
      suite('<testcase name="a"><skipped/><failure/></testcase>'),
      '1: 0 passed, 1 failed, 0 errors, 0 skipped, 0 flaky',
    ],
    [
      'colours of a terminal',
      suite('<testcase name="a"><failure>\u001b[31mred</failure></testcase>'),
      '1: 0 passed, 1 failed, 0 errors, 0 skipped, 0 flaky',
    ],
  ])('%s', async (_, text, expected) => {
    expect(junit.recognise(text)).toBe('this')
    expect(await counts(text)).toBe(expected)
  })

  test('a case stands at its own line, with its message and its source', async () => {
    const [failed, broke] = of(await taken(junit, fixture('junit/pytest.xml')), 'tests.failure')
    expect(failed).toMatchObject({
      subject: 'test test_checkout.TestCheckout test_applies_a_discount',
      place: { path: 'out/evidence', line: 1, column: 309 },
      value: { outcome: 'failed', message: 'assert 9.0 == 9.5' },
    })
    expect(broke).toMatchObject({
      place: { line: 8 },
      value: {
        outcome: 'error',
        message: 'failed on setup with "ConnectionError: warehouse <eu-1> & friends are down"',
      },
    })
    const [late] = of(await taken(junit, fixture('junit/jest-junit.xml')), 'tests.failure')
    expect(late).toMatchObject({
      place: { line: 6, column: 5 },
      value: { file: 'basket.test.js', message: 'Error: expect(received).toEqual(expected) // deep equality' },
    })
  })

  test('numbers are counted, and what a suite claims is kept beside them', async () => {
    const text =
      '<testsuites>\n<testsuite name="till" tests="41" failures="2" errors="1"><testcase name="a"/></testsuite></testsuites>'
    expect(of(await taken(junit, text), 'tests.suite')).toMatchObject([
      { place: { line: 2 }, value: { total: 1, failed: 0, claimedTests: 41, claimedFailures: 3 } },
    ])
  })

  test('a file without a case answers for nothing', async () => {
    expect((await taken(junit, '<testsuites><testsuite name="till" tests="41"/></testsuites>')).answers).toEqual([])
    expect((await taken(junit, suite('<testcase name="a"/>'))).answers).toEqual(['tests.failure', 'tests.flaky'])
  })

  test('messages are one line of at most 200 characters', async () => {
    const text = suite(`<testcase name="a"><failure message="${'lost '.repeat(100)}&#10;second"/></testcase>`)
    const message = of(await taken(junit, text), 'tests.failure')[0]?.value.message ?? ''
    expect(message).toHaveLength(200)
    expect(message).toMatch(/^lost lost .*…$/)
  })

  test.each([
    [
      'the earliest suite’s',
      '<testsuites><testsuite timestamp="2026-11-20T12:00:00Z"/><testsuite timestamp="2026-11-20T10:00:00+02:00"/></testsuites>',
      '2026-11-20T08:00:00.000Z',
    ],
    ['without a zone it is UTC', '<testsuite timestamp="2026-11-20T10:00:00"/>', '2026-11-20T10:00:00.000Z'],
    ['not a time', '<testsuite timestamp="yesterday"/>', undefined],
  ])('time: %s', async (_, text, expected) => expect((await taken(junit, text)).createdAt).toBe(expected))
})

describe('what is not taken', () => {
  const many = '<testsuite>'.repeat(10_000)
  test.each([
    [
      'a DOCTYPE',
      '<?xml version="1.0"?>\n<!DOCTYPE testsuites SYSTEM "http://evil.example/x.dtd">\n<testsuites/>',
      'entities',
      2,
    ],
    [
      'entities that grow',
      '<!DOCTYPE x [\n<!ENTITY a "aaaa">\n<!ENTITY b "&a;&a;">\n]>\n<testsuite name="&b;"/>',
      'entities',
      1,
    ],
    ['an entity of nobody’s', '<testsuite>\n<testcase name="&secret;"/></testsuite>', 'entities', 2],
    ['nesting', many, 'too-deep', 1],
    ['a tag closed wrongly', '<testsuite>\n<testcase name="a"></testsuite>', 'syntax', 2],
    ['cut inside a case', '<testsuite>\n<testcase name="a">\n', 'truncated', 3],
    ['cut inside a tag', '<testsuite>\n<testcase na', 'truncated', 2],
    ['something after the end', '<testsuite/><testsuite/>', 'syntax', 1],
    ['another root', '<coverage/>', 'format', 1],
    ['nothing', '', 'truncated', 1],
  ])('%s', async (_, text, code, line) => expect(refusal(await parse(junit, text))).toMatchObject({ code, line }))

  test.each([
    ['<?xml version="1.0"?><coverage line-rate="1"/>', 'other'],
    ['<!DOCTYPE coverage SYSTEM "http://cobertura.example/coverage-04.dtd">\n<coverage/>', 'other'],
    ['<!DOCTYPE x [ <!ENTITY a "b"> ]><testsuite/>', 'this'],
    ['<tests', 'unclear'],
    ['<?xml version="1.0', 'unclear'],
    ['', 'unclear'],
    ['<!-- till > 3 -->\n<testsuites>', 'this'],
    ['PK\u0003\u0004', 'unclear'],
  ])('%j is %s', (head, likeness) => expect(junit.recognise(head)).toBe(likeness))

  test('a file cut anywhere is refused, and nothing throws', async () => {
    for (const name of fixtures('junit')) {
      const text = fixture(name)
      const end = text.trimEnd().length
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 0, max: end - 1 }), async (length) => {
          expect(refusal(await parse(junit, text.slice(0, length))).code).toMatch(/^(truncated|syntax|entities)$/)
        }),
        { numRuns: 60 },
      )
    }
  })

  test('no text throws', async () => {
    const part = fc.constantFrom(
      '<testsuite',
      '<testcase',
      ' name="a"',
      '>',
      '/>',
      '</testcase>',
      '</testsuite>',
      '<failure>',
      '<!--',
      ']]>',
      '&lt;',
      '<![CDATA[',
      '\n',
      'x',
    )
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 40 }), async (parts) => {
        const text = parts.join('')
        const parsed = await parse(junit, text)
        const line = 'refused' in parsed ? parsed.refused.line : 1
        expect(line).toBeGreaterThan(0)
        expect(line).toBeLessThanOrEqual(text.split('\n').length)
      }),
    )
  })

  test('time grows with the size and not faster', async () => {
    const cases = '<testcase classname="till" name="opens" time="0.01"/>\n'.repeat(100_000)
    expect(of(await taken(junit, suite(cases)), 'tests.run')[0]?.value.total).toBe(100_000)
  })
})
