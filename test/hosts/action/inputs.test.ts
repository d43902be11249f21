import { describe, expect, test } from 'vitest'
import { readInputs, type InputName, type Inputs } from '../../../src/hosts/action/inputs.ts'

const read = (given: Partial<Record<InputName, string>>): Inputs =>
  readInputs((name) => given[name] ?? '', { workspace: '/runner/shop', temporary: '/runner/_temp' })

test('nothing given means the defaults, and no token', () => {
  expect(read({})).toEqual({
    directory: '/runner/shop',
    environment: 'production',
    policy: { path: '.github/prodgate.yml', named: false },
    evidence: {},
    report: '/runner/_temp/prodgate-production.json',
    sarif: '/runner/_temp/prodgate-production.sarif',
    html: undefined,
    comment: 'auto',
    failOn: 'no-go',
    token: undefined,
  })
})

test.each([
  ['out/report.html', '/runner/shop/out/report.json', '/runner/shop/out/report.html'],
  ['/tmp/Report.HTM', '/tmp/Report.json', '/tmp/Report.HTM'],
  ['out/html', '/runner/shop/out/html', undefined],
])('the report %s is the JSON report %s and the page %s', (given, report, html) => {
  expect(read({ report: given })).toMatchObject({ report, html })
})

test('an environment with a slash makes no folder', () => {
  expect(read({ environment: 'eu/../prod' }).report).toBe('/runner/_temp/prodgate-eu_.._prod.json')
})

test('evidence is a list of kind and glob', () => {
  expect(read({ evidence: 'tests=a/*.xml\n\n tests = b/*.xml \nvulnerabilities=trivy.json' }).evidence).toEqual({
    tests: ['a/*.xml', 'b/*.xml'],
    vulnerabilities: ['trivy.json'],
  })
})

describe('the policy', () => {
  test.each([
    ['ops/gate.yml', 'ops/gate.yml'],
    ['./ops/../gate.yml', 'gate.yml'],
    ['/etc/law.yml', '/etc/law.yml'],
  ])('%s is %s', (policy, path) => {
    expect(read({ policy }).policy).toEqual({ path, named: true })
  })

  test.each(['../law.yml', 'ops/../../law.yml', '/runner/shop/.github/prodgate.yml', '..'])(
    '%s is refused',
    (policy) => {
      expect(() => read({ policy })).toThrow(/policy/)
    },
  )
})

test.each([{ comment: 'always' }, { 'fail-on': 'No-Go' }, { evidence: 'tests' }, { evidence: 'tests=' }])(
  '%o is refused',
  (given) => {
    expect(() => read(given)).toThrow(/input/)
  },
)
