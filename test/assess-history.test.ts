import { describe, expect, test } from 'vitest'
import { readRules } from '../scripts/read-rules.ts'
import { memoryWorkspace } from '../src/adapters/memory/memory.ts'
import { assess, type AssessInput } from '../src/assess.ts'

const rules = readRules()
  .map(({ rule }) => rule)
  .filter(({ category }) => category === 'performance')

const summary = (p95: number): string =>
  JSON.stringify({
    state: { testRunDurationMs: 60_000 },
    metrics: {
      http_reqs: { values: { count: 6000, rate: 100 } },
      http_req_failed: { values: { rate: 0, passes: 0, fails: 6000 } },
      http_req_duration: { values: { 'p(95)': p95 } },
      'http_req_duration{method:GET}': { values: { 'p(95)': p95 } },
      'http_req_duration{method:POST}': { values: { 'p(95)': p95 } },
    },
  })

const policy = `version: 1
extends: []
history: prodgate-history.json
rules:
  performance/p95-reads: on
  performance/p95-against-last: { severity: high, criteria: "<=+10%" }
environments:
  production: { blocking: high, minimum-score: 0 }
`

const judge = (p95: number, history: string | undefined, sha: string | null, changes: Partial<AssessInput> = {}) => {
  const files = memoryWorkspace({ 'k6.json': summary(p95) })
  return assess({
    workspace: files,
    evidenceFiles: files,
    rules,
    policy: { path: '.github/prodgate.yml', text: policy },
    environment: 'production',
    history: (path) => Promise.resolve(path === undefined ? undefined : { path, text: history }),
    now: new Date('2026-11-21T10:00:00Z'),
    subject: { repository: null, sha, directory: '.' },
    version: '0.0.0',
    ...changes,
  })
}

const statusOf = ({ report }: Awaited<ReturnType<typeof judge>>) =>
  report.results.find(({ rule }) => rule === 'performance/p95-against-last')?.status

const [first, second, third] = ['1', '2', '3'].map((digit) => digit.repeat(40)) as [string, string, string]

describe('a service from release to release', () => {
  test('is compared with the last one that passed', async () => {
    const one = await judge(40, undefined, first)
    expect([statusOf(one), one.report.decision]).toEqual(['unknown', 'go'])
    expect(one.history?.path).toBe('prodgate-history.json')

    const two = await judge(60, one.history?.text, second)
    expect([statusOf(two), two.report.decision, two.history]).toEqual(['fail', 'no-go', undefined])

    const three = await judge(42, one.history?.text, third)
    expect([statusOf(three), three.report.decision]).toEqual(['pass', 'go'])

    // The same commit again is compared with the one before it, and not with itself.
    const again = await judge(60, three.history?.text, third)
    expect(statusOf(again)).toBe('fail')
  })

  test('without a commit nothing is added', async () => {
    expect((await judge(40, undefined, null)).history).toBeUndefined()
  })

  test('where no history is kept, there is nothing to compare with', async () => {
    const text = policy.replace('history: prodgate-history.json\n', '')
    const judged = await judge(40, undefined, first, { policy: { path: 'p', text } })
    expect([statusOf(judged), judged.history]).toEqual(['not-applicable', undefined])
  })

  test('a broken history is no-go, with its reason', async () => {
    const { report, diagnostics } = await judge(40, '{"entries":', first)
    expect(report.decision).toBe('no-go')
    expect(report.reasons).toEqual([
      { code: 'history-invalid', message: 'prodgate-history.json: is not valid JSON (history-invalid)' },
    ])
    expect(diagnostics).toHaveLength(1)
  })
})

test.each([
  ['criteria: "<=+10%, 200"', 'policy-invalid', 6, 70],
  ['criteria: 200', 'policy-invalid', 6, 61],
  ['criteria: ["<=200", "10%"]', 'policy-invalid', 6, 71],
])('a mistake in criteria is told where it stands: %s', async (criteria, code, line, column) => {
  const text = policy.replace('criteria: "<=+10%"', criteria)
  const { report, diagnostics } = await judge(40, undefined, first, { policy: { path: 'p', text } })
  expect(report.decision).toBe('no-go')
  expect(diagnostics).toMatchObject([{ code, line, column }])
})

test.each(['/etc/passwd', '../elsewhere.json', 'a/../../b.json'])('a history at %s is refused', async (path) => {
  const text = policy.replace('prodgate-history.json', path)
  const { diagnostics } = await judge(40, undefined, first, { policy: { path: 'p', text } })
  expect(diagnostics).toMatchObject([{ code: 'policy-invalid', line: 3 }])
})
