import { describe, expect, test } from 'vitest'
import { formatDiagnostic } from '../../src/core/errors.ts'
import { findEnvironment, parsePolicy, recommendedPolicy, type Policy } from '../../src/core/policy.ts'
import { ruleOf } from './results.ts'

const rules = [
  ruleOf('tests/coverage', 'medium', { parameters: { minimum: 70 }, formerly: ['tests/line-coverage'] }),
  ruleOf('kubernetes/pod-disruption-budget', 'low'),
  ruleOf('containers/digest', 'low', { pack: 'all' }),
]

const parse = (text: string) => parsePolicy(text, '.github/prodgate.yml', rules)

const policyOf = (text: string): Policy => {
  const parsed = parse(text)
  if ('diagnostics' in parsed) throw new Error(parsed.diagnostics.map(formatDiagnostic).join('\n'))
  return parsed.policy
}

const levels = (policy: Policy): string[] => policy.rules.map(({ id, severity }) => `${id} ${severity}`)

describe('which rules are on', () => {
  test.each([
    [
      'by default the recommended ones',
      'version: 1',
      ['tests/coverage medium', 'kubernetes/pod-disruption-budget low'],
    ],
    [
      'all',
      'version: 1\nextends: [all]',
      ['tests/coverage medium', 'kubernetes/pod-disruption-budget low', 'containers/digest low'],
    ],
    ['one switched off', 'version: 1\nrules: { kubernetes/pod-disruption-budget: off }', ['tests/coverage medium']],
    [
      'one switched on',
      'version: 1\nrules: { containers/digest: on }',
      ['tests/coverage medium', 'kubernetes/pod-disruption-budget low', 'containers/digest low'],
    ],
    [
      'a level',
      'version: 1\nrules: { tests/coverage: critical }',
      ['tests/coverage critical', 'kubernetes/pod-disruption-budget low'],
    ],
    ['a former name', 'version: 1\nrules: { tests/line-coverage: off }', ['kubernetes/pod-disruption-budget low']],
  ])('%s', (_, text, wanted) => {
    expect(levels(policyOf(text))).toEqual(wanted)
  })

  test('a threshold is set and the others stay', () => {
    const [rule] = policyOf('version: 1\nrules:\n  tests/coverage: { severity: high, minimum: 85 }').rules
    expect(rule).toMatchObject({ severity: 'high', parameters: { minimum: 85 } })
  })

  test('a waiver of a former name is one of the rule', () => {
    const text =
      'version: 1\nwaivers:\n  - { rule: tests/line-coverage, reason: new, owner: "@ada", expires: 2027-01-01 }'
    expect(policyOf(text).waivers[0]?.rule).toBe('tests/coverage')
  })
})

describe('environments', () => {
  const policy = policyOf('version: 1\nenvironments:\n  production: { names: [prod-*] }\n  staging:\n')
  const find = (name: string) => findEnvironment(policy, name)

  test.each([
    ['production', 'high'],
    ['prod-eu', 'high'],
    ['staging', 'high'],
  ])('%s is known, and strict where nothing is said', (name, blocking) => {
    expect(find(name)).toMatchObject({ blocking, 'minimum-score': 80, mode: 'enforce' })
  })

  test.each(['development', '__proto__', 'constructor', 'toString', ''])('"%s" is not', (name) => {
    expect(find(name)).toBeUndefined()
  })

  test('without a policy there are staging and production', () => {
    expect(Object.keys(recommendedPolicy(rules).environments)).toEqual(['staging', 'production'])
  })
})

describe('a mistake is an error with its line and column, and never a silent default', () => {
  test.each([
    ['an unknown key', 'version: 1\nenviroments: {}', /:2:1: unknown key "enviroments" \(policy-invalid\)/],
    [
      'a nested unknown key',
      'version: 1\nenvironments:\n  production:\n    minimum: 3',
      /:4:5: environments\.production: unknown key "minimum"/,
    ],
    ['no version', 'rules: {}', /:1:1: version: /],
    ['another version', 'version: 2', /:1:10: version: /],
    [
      'an environment that waits for itself, under another of its names',
      'version: 1\nenvironments:\n  production:\n    names: [prod-*]\n    soak: { environment: prod-eu, for: 72h }',
      /:5:26: "prod-eu" is the environment itself/,
    ],
    ['an unknown rule', 'version: 1\nrules:\n  tests/cover: off', /:3:16: there is no rule "tests\/cover"/],
    [
      'an unknown rule in a waiver',
      'version: 1\nwaivers:\n  - rule: tests/cover\n    reason: r\n    owner: o\n    expires: 2027-01-01',
      /:3:11: there is no rule/,
    ],
    [
      'an unknown parameter',
      'version: 1\nrules:\n  tests/coverage: { maximum: 3 }',
      /:3:30: rule tests\/coverage has no parameter "maximum"/,
    ],
    [
      'a parameter of another type',
      'version: 1\nrules:\n  tests/coverage: { minimum: high }',
      /:3:30: is not of the type/,
    ],
    ['a bad level', 'version: 1\nrules:\n  tests/coverage: huge', /:3:19: rules\.tests\/coverage: /],
    [
      'a bad date',
      'version: 1\nwaivers:\n  - rule: tests/coverage\n    reason: r\n    owner: o\n    expires: soon',
      /:6:14: waivers\.0\.expires: a date/,
    ],
    [
      'a waiver without an end',
      'version: 1\nwaivers:\n  - rule: tests/coverage\n    reason: r\n    owner: o',
      /:3:5: waivers\.0\.expires: /,
    ],
    [
      'a sign-off by nobody',
      'version: 1\nenvironments:\n  production:\n    sign-offs: [{ role: security }]',
      /:4:17: .*name the teams or users/,
    ],
    [
      'a bad time zone',
      'version: 1\nenvironments:\n  production:\n    windows: [{ days: mon, hours: "09:00-10:00", time-zone: Mars/Base }]',
      /:4:61: .*time zone/,
    ],
    ['a duplicate key', 'version: 1\nversion: 1', /:2:1: .*\(policy-syntax\)/],
    ['broken YAML', 'version: [1', /\(policy-syntax\)/],
    ['a list', '- version: 1', /:1:1: /],
    ['nothing', '', /:1:1: /],
    ['nesting without end', `version: ${'['.repeat(20_000)}`, /policy-syntax/],
    [
      'an alias bomb',
      `a: &a [1,1,1,1,1,1,1,1,1]\nb: &b [${'*a,'.repeat(9)}]\nc: &c [${'*b,'.repeat(9)}]\nd: &d [${'*c,'.repeat(9)}]\ne: [${'*d,'.repeat(9)}]`,
      /policy-/,
    ],
  ])('%s', (_, text, wanted) => {
    const parsed = parse(text)
    expect('diagnostics' in parsed ? parsed.diagnostics.map(formatDiagnostic)[0] : 'no diagnostics').toMatch(wanted)
  })
})
