import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import formatsPlugin from 'ajv-formats'
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { expect, test } from 'vitest'
import { Report } from '../../src/core/report.ts'
import { json } from '../../src/render/json.ts'
import { junit } from '../../src/render/junit.ts'
import { sarif } from '../../src/render/sarif.ts'
import { finding, report, result } from '../sample-report.ts'

const waived = { reason: 'batch', owner: '@acme/platform', expires: '2027-03-31' }

/** A report with every status, odd paths and a finding about the repository as a whole. */
const everything = report([
  result({
    findings: [finding({ path: 'k8s/my app (1)/ä#%.yaml', endLine: 20 }), finding({ path: '.', line: 1, column: 1 })],
  }),
  result({ rule: 'compose/ports', category: 'compose', status: 'waived', findings: [finding({ waived })] }),
  result({ rule: 'tests/pass', category: 'tests', status: 'unknown', reason: 'no tests evidence was found' }),
  result({ rule: 'tests/broken', category: 'tests', status: 'error', reason: 'no such field' }),
  result({ rule: 'docs/links', category: 'docs', severity: 'low', status: 'not-applicable', references: [] }),
  result({
    rule: 'docs/owner',
    category: 'docs',
    status: 'pass',
    undecided: [{ path: 'a.md', line: 2, subject: 'file a.md', reason: 'computed' }],
  }),
])

const schema = JSON.parse(
  readFileSync(join(import.meta.dirname, '../fixtures/sarif/sarif-schema-2.1.0.json'), 'utf8'),
) as object

interface SarifLog {
  runs: {
    tool: { driver: { rules: { id: string; helpUri?: string; properties: Record<string, string> }[] } }
    results: {
      ruleId: string
      ruleIndex: number
      level: string
      partialFingerprints: Record<string, string>
      suppressions?: { kind: string; justification: string }[]
      locations: { physicalLocation: { artifactLocation: { uri: string }; region: object } }[]
    }[]
    invocations: {
      executionSuccessful: boolean
      toolExecutionNotifications: { level: string; message: { text: string } }[]
    }[]
  }[]
}

const sarifOf = (value: Report): SarifLog['runs'][number] => {
  const [run] = (JSON.parse(sarif(value)) as SarifLog).runs
  if (run === undefined) throw new Error('no run')
  return run
}

test.each([
  ['with every status', everything],
  ['without results', report([], { reasons: [{ code: 'policy-invalid', message: 'x' }] })],
])('SARIF %s is valid against the schema of OASIS', (_, value) => {
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false })
  formatsPlugin.default(ajv)
  const validate = ajv.compile(schema)
  validate(JSON.parse(sarif(value)))
  expect(validate.errors).toBeNull()
})

test('SARIF results have encoded relative addresses, stable fingerprints and their rule', () => {
  const run = sarifOf(everything)
  expect(run.results.map(({ locations: [place] }) => place?.physicalLocation)).toEqual([
    {
      artifactLocation: { uri: 'k8s/my%20app%20(1)/%C3%A4%23%25.yaml', uriBaseId: '%SRCROOT%' },
      region: { startLine: 14, startColumn: 7, endLine: 20 },
    },
    {
      artifactLocation: { uri: 'no%20file%20associated%20with%20this%20alert', uriBaseId: '%SRCROOT%' },
      region: { startLine: 1 },
    },
    { artifactLocation: { uri: 'k8s/api.yaml', uriBaseId: '%SRCROOT%' }, region: { startLine: 14, startColumn: 7 } },
  ])
  for (const { ruleId, ruleIndex, partialFingerprints } of run.results) {
    expect(run.tool.driver.rules[ruleIndex]?.id).toBe(ruleId)
    expect(partialFingerprints['prodgate/v1']).toBe('0123456789abcdef')
  }
  expect(run.tool.driver.rules[0]).toMatchObject({
    helpUri: 'https://kubernetes.io/docs/concepts/',
    properties: { 'security-severity': '8.0' },
  })
})

test('SARIF suppresses what is waived and notifies of what is unknown', () => {
  const run = sarifOf(everything)
  expect(run.results[2]?.suppressions).toEqual([
    { kind: 'external', status: 'accepted', justification: 'batch (@acme/platform, until 2027-03-31)' },
  ])
  const said = run.invocations[0]?.toolExecutionNotifications.map(({ level, message }) => `${level} ${message.text}`)
  expect(said).toContain('warning tests/pass is unknown: no tests evidence was found')
  expect(said).toContain('error tests/broken is error: no such field')
  expect(
    sarifOf(report([], { reasons: [{ code: 'policy-invalid', message: 'x' }] })).invocations[0]?.executionSuccessful,
  ).toBe(false)
})

test('a directory inside the repository comes before the paths of SARIF', () => {
  const inside = report([result()], { subject: { repository: null, sha: null, directory: 'services/api' } })
  expect(sarifOf(inside).results[0]?.locations[0]?.physicalLocation.artifactLocation.uri).toBe(
    'services/api/k8s/api.yaml',
  )
})

test('JSON is the contract, in its order, whatever the order of the object', () => {
  const shuffled = Object.fromEntries(Object.entries(everything).reverse()) as Report
  expect(json(shuffled)).toBe(json(everything))
  expect(JSON.parse(json(everything))).toEqual(everything)
  expect(Object.keys(JSON.parse(json(shuffled)) as object)).toEqual(Object.keys(Report.shape))
})

test('JUnit has a suite for each category and a case for each rule', () => {
  const text = junit(everything)
  expect(XMLValidator.validate(text)).toBe(true)
  const parsed = new XMLParser({
    ignoreAttributes: false,
    isArray: (name) => name === 'testsuite' || name === 'testcase',
  }).parse(text) as {
    testsuites: { testsuite: Record<string, unknown>[] }
  }
  const suites = parsed.testsuites.testsuite.map((suite) =>
    ['name', 'tests', 'failures', 'errors', 'skipped'].map((key) => suite[`@_${key}`]).join(' '),
  )
  expect(suites).toEqual(['decision 1 1 0 0', 'compose 1 0 0 1', 'docs 2 0 0 1', 'kubernetes 1 1 0 0', 'tests 2 0 2 0'])
  expect(text).toContain('<skipped message="waived until 2027-03-31 by @acme/platform: batch"/>')
})

test('JUnit of a report without results is a failure', () => {
  expect(junit(report([], { reasons: [{ code: 'policy-invalid', message: 'line 3' }] }))).toContain(
    'policy-invalid: line 3</failure>',
  )
})
