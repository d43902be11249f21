import { expect, test } from 'vitest'
import { annotationsFor, type Annotation } from '../../../src/hosts/action/annotations.ts'
import { fails } from '../../../src/hosts/action/verdict.ts'
import { finding, report, result } from '../../sample-report.ts'

const same = (path: string): string => path
const of = (level: Annotation['level'], list: Annotation[]): Annotation[] => list.filter((item) => item.level === level)
const many = (count: number) => Array.from({ length: count }, (_, n) => finding({ line: n + 1 }))

test('blockers come first, the worst of them at the top, on their lines', () => {
  const results = [
    result({ rule: 'compose/restart', severity: 'low', blocking: false }),
    result(),
    result({
      rule: 'secrets/literal',
      severity: 'critical',
      findings: [finding({ path: '.env', line: 3, endLine: 5 })],
    }),
    result({ rule: 'tests/pass', status: 'pass', findings: [] }),
  ]
  expect(
    annotationsFor(report(results), (path) => `services/${path}`).map(({ level, properties }) => ({
      level,
      ...properties,
    })),
  ).toEqual([
    { level: 'error', title: 'secrets/literal (critical)', file: 'services/.env', startLine: 3, endLine: 5 },
    {
      level: 'error',
      title: 'kubernetes/readiness-probe (high)',
      file: 'services/k8s/api.yaml',
      startLine: 14,
      startColumn: 7,
    },
    { level: 'warning', title: 'compose/restart (low)', file: 'services/k8s/api.yaml', startLine: 14, startColumn: 7 },
  ])
})

test('the limits of a step are kept, and the rest is counted', () => {
  const results = [result({ findings: many(30) }), result({ rule: 'x/y', blocking: false, findings: many(12) })]
  const shown = annotationsFor(report(results), same, 9)
  expect([of('error', shown).length, of('warning', shown).length]).toEqual([9, 10])
  expect(of('notice', shown)[0]?.message).toContain('21 more blocking and 2 more other')
})

test('what is waived is not shown; what is unknown and blocks is, and what concerns the whole has no line', () => {
  const waived = { reason: 'batch', owner: '@acme/platform', expires: '2027-01-01' }
  const results = [
    result({ status: 'waived', findings: [finding({ waived })] }),
    result({ rule: 'tests/present', status: 'unknown', findings: [], reason: 'there are no test results' }),
    result({ rule: 'repository/license', findings: [finding({ path: '.' })] }),
  ]
  const shown = annotationsFor(report(results), same)
  expect(shown.map(({ properties }) => properties.file)).toEqual([undefined, undefined])
  expect(shown[1]?.message).toContain('there are no test results')
})

test.each([
  ['no-go', 'no-go', 'blocking-failure', true],
  ['no-go', 'never', 'blocking-failure', false],
  ['no-go', 'no-go', 'observe-mode', false],
  ['conditional', 'no-go', 'waived', false],
  ['conditional', 'conditional', 'waived', true],
  ['go', 'conditional', 'policy-default', false],
] as const)('%s with fail-on %s and the reason %s', (decision, failOn, code, failing) => {
  expect(fails(report([result()], { decision, reasons: [{ code, message: '' }] }), failOn)).toBe(failing)
})
