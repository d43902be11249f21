import { describe, expect, test } from 'vitest'
import { memoryWorkspace } from '../../../src/adapters/memory/memory.ts'
import { collectEvidence } from '../../../src/collect/evidence/collect-evidence.ts'
import { evidenceLaw } from '../../../src/collect/evidence/index.ts'
import { newman } from '../../../src/collect/evidence/newman/newman.ts'
import { areasOf } from '../../../src/collect/evidence/smoke/checks.ts'
import { smokeJunit } from '../../../src/collect/evidence/smoke/smoke-junit.ts'
import { smokeList } from '../../../src/collect/evidence/smoke/smoke-list.ts'
import { fixture, of, parse, refusal, taken } from './fixtures.ts'

const told = async (format: typeof newman, text: string): Promise<string[]> =>
  of(await taken(format, text), 'smoke.check').map(({ value, place }) =>
    [
      place.line,
      value.outcome,
      value.method,
      value.name,
      value.status,
      value.milliseconds,
      value.areas.join('+'),
      value.message,
    ]
      .filter((part) => part !== undefined && part !== '')
      .join(' | '),
  )

describe('what each form tells', () => {
  test('newman, with a wrong status and a request without an answer', async () => {
    const lines = (await told(newman, fixture('newman/newman.json'))).map((line) => line.replace(/^\d+ \| /, ''))
    expect(lines).toEqual([
      'passed | GET | health | 200 | 415 | health',
      'passed | GET | products | 200 | 14 | api',
      'failed | POST | login | 200 | 8 | auth | expected response to have status code 201 but got 200',
      'failed | GET | gone | api | there was no answer: ECONNREFUSED',
    ])
  })

  test('JUnit, where a suite without a case broke', async () => {
    expect(await told(smokeJunit, fixture('smoke-junit/newman.xml'))).toEqual([
      '4 | passed | Health is up | 415 | health',
      '7 | passed | Products lists | 14',
      '10 | failed | Login signs in | 8 | auth | expected response to have status code 201 but got 200',
      '23 | failed | gone | broke without a single test',
    ])
  })

  test('lines', async () => {
    expect(await told(smokeList, fixture('smoke-list/smoke.txt'))).toEqual([
      '2 | passed | GET /health | 200 | 4 | health',
      '3 | passed | POST | POST /api/orders | 201 | 34 | api',
      '4 | failed | GET /auth/login | 0 | auth | there was no answer',
    ])
  })

  test('JSON lines', async () => {
    expect(await told(smokeList, fixture('smoke-list/smoke.jsonl'))).toEqual([
      '1 | passed | GET /healthz | 200 | 4.25 | health',
      '2 | passed | orders need a login | 401 | api+auth',
      '3 | failed | products | 200 | api | answered 200',
    ])
  })

  test('a JSON list', async () => {
    expect(await told(smokeList, fixture('smoke-list/smoke.json'))).toEqual([
      '1 | passed | GET /healthz | 200 | health',
      '1 | failed | POST | POST /graphql | 500 | api | answered 500',
    ])
  })
})

test.each([
  ['the readiness endpoint answers', '/readyz', ['health']],
  ['sign in', '/users', ['auth']],
  ['list products', '/v2/products', ['api']],
  ['GET /', '/', []],
  ['capital letters', '/upload', []],
  ['authors are listed', '/authors', []],
  ['rapid checkout', '/rapid', []],
  ['testLoginWorks', '', ['auth']],
])('%s %s covers %j', (name, path, areas) => {
  expect(areasOf(name, path)).toEqual(areas)
})

describe('what is refused', () => {
  test.each([
    ['an empty list', smokeList, '[]', 'empty'],
    ['a page instead of a list', smokeList, '200 https://till.example/\n<html>', 'schema'],
    ['a negative time', smokeList, '[{"url":"/health","status":200,"milliseconds":-1}]', 'schema'],
    ['an infinite time', smokeList, '[{"url":"/health","status":200,"milliseconds":1e309}]', 'schema'],
    ['a status in words', smokeList, '[{"url":"/health","status":"OK"}]', 'schema'],
    ['a list that is cut off', smokeList, '[{"url":"/health","status":200},', 'syntax'],
    ['a line that is cut off', smokeList, '200 https://till.example/health\n20', 'schema'],
    ['JUnit without a case', smokeJunit, '<testsuites/>', 'empty'],
    ['JUnit that is cut off', smokeJunit, '<testsuite><testcase name="health"/>', 'truncated'],
    ['newman that is cut off', newman, fixture('newman/newman.json').slice(0, 9000), 'truncated'],
    ['newman without a request', newman, '{"collection":{},"run":{"executions":[]}}', 'empty'],
    ['newman of another form', newman, '{"run":{"executions":[{"response":{"code":"200"}}]}}', 'schema'],
    ['a list without end', smokeList, '200 /health\n'.repeat(6000), 'too-many'],
  ])('%s', async (_, format, text, code) => {
    expect(refusal(await parse(format, text)).code).toBe(code)
  })
})

test('the same JUnit is tests or smoke tests by where it stands', async () => {
  const files = memoryWorkspace({
    'out/smoke.xml': fixture('smoke-junit/newman.xml'),
    'out/junit.xml': '<testsuite name="till"><testcase name="opens"/></testsuite>',
    'smoke-config.json': '{"target":"https://till.example"}',
  })
  const found = await collectEvidence(files, evidenceLaw, { globs: {}, ignore: [], demands: {} })
  expect(found.evidence.map(({ kind, format, path }) => `${kind} ${format} ${path}`)).toEqual([
    'tests junit out/junit.xml',
    'smoke smoke-junit out/smoke.xml',
  ])
  expect(found.unjudged).toEqual([])
  expect(of(found, 'smoke.total')[0]?.value).toEqual({
    total: 4,
    passed: 2,
    failed: 2,
    skipped: 0,
    files: 1,
    areas: ['health'],
  })
})

test('skipped smoke tests alone are no smoke tests', async () => {
  const files = memoryWorkspace({ 'smoke.xml': '<testsuite><testcase name="health"><skipped/></testcase></testsuite>' })
  const found = await collectEvidence(files, evidenceLaw, { globs: {}, ignore: [], demands: {} })
  expect(of(found, 'smoke.total')).toEqual([])
})
