import { describe, expect, test } from 'vitest'
import { decisionOf, reasonsFor, sortReasons } from '../../src/core/decide.ts'
import { Environment, Waiver } from '../../src/core/policy-file.ts'
import { planFor } from '../../src/core/plan.ts'
import { scoreOf } from '../../src/core/score.ts'
import { applyWaivers } from '../../src/core/waivers.ts'
import { inWindow } from '../../src/core/windows.ts'
import { resultOf, type Sketch } from './results.ts'

const noon = new Date('2026-11-18T12:00:00Z') // a Wednesday

const decide = (sketches: Sketch[], environment: object = {}, waivers: object[] = [], now = noon) => {
  const parsed = Environment.parse({ 'minimum-score': 0, ...environment })
  const law = waivers.map((waiver) => Waiver.parse(waiver))
  const { results, reasons: told } = applyWaivers(sketches.map(resultOf), law, [], now)
  const reasons = sortReasons([...reasonsFor(results, scoreOf(results), parsed, now), ...told])
  return { decision: decisionOf(reasons), codes: reasons.map(({ code }) => code) }
}

const waiver = { rule: 'repository/size', reason: 'batch jobs', owner: '@clinic/platform', expires: '2026-12-01' }

describe('the decision', () => {
  test.each<[string, Sketch[], object, string, string[]]>([
    ['all pass', [{ status: 'pass' }], {}, 'go', []],
    ['a blocking rule fails', [{ status: 'fail' }], {}, 'no-go', ['blocking-failure']],
    ['a blocking rule is unknown', [{ status: 'unknown', missing: true }], {}, 'no-go', ['blocking-unknown']],
    ['a blocking rule broke', [{ status: 'error' }], {}, 'no-go', ['rule-error']],
    ['a medium rule fails', [{ status: 'fail', severity: 'medium' }], {}, 'go', []],
    [
      'a high rule fails where only critical blocks',
      [{ status: 'fail' }],
      { blocking: 'critical' },
      'conditional',
      ['below-blocking'],
    ],
    [
      'the score is too low',
      [{ status: 'fail', severity: 'low' }],
      { 'minimum-score': 1 },
      'no-go',
      ['score-below-minimum'],
    ],
    [
      'the score never outvotes a blocking rule',
      [{ status: 'fail' }, { status: 'pass', severity: 'critical' }],
      {},
      'no-go',
      ['blocking-failure'],
    ],
    ['single facts could not be resolved', [{ status: 'pass', undecided: 1 }], {}, 'go', ['undecided']],
    ['all of its facts could not be resolved', [{ status: 'unknown', undecided: 1 }], {}, 'go', ['undecided']],
    ['nothing applies', [{ status: 'not-applicable' }], {}, 'no-go', ['nothing-judged']],
    [
      'sign-offs are asked for',
      [{ status: 'pass' }],
      { 'sign-offs': [{ role: 'security', users: ['ada'] }] },
      'conditional',
      ['sign-off-missing'],
    ],
    [
      'a soak is asked for',
      [{ status: 'pass' }],
      { soak: { environment: 'staging', for: '72h' } },
      'conditional',
      ['soak-unproven'],
    ],
    ['inside the window', [{ status: 'pass' }], { windows: [{ days: 'mon-thu', hours: '09:00-16:00' }] }, 'go', []],
    [
      'outside the window',
      [{ status: 'pass' }],
      { windows: [{ days: 'fri', hours: '09:00-16:00' }] },
      'conditional',
      ['outside-window'],
    ],
    ['observed', [{ status: 'fail' }], { mode: 'observe' }, 'no-go', ['blocking-failure', 'observe-mode']],
  ])('%s', (_, sketches, environment, decision, codes) => {
    expect(decide(sketches, environment)).toEqual({ decision, codes })
  })
})

describe('waivers', () => {
  test.each<[string, Sketch[], object, string, string[], Date?]>([
    ['of the whole rule', [{ status: 'fail' }], waiver, 'conditional', ['waived']],
    [
      'of the paths that fail',
      [{ status: 'fail', failed: ['jobs/a.yaml'] }],
      { ...waiver, paths: ['jobs/**'] },
      'conditional',
      ['waived'],
    ],
    [
      'of some paths only',
      [{ status: 'fail', failed: ['jobs/a.yaml', 'web/b.yaml'] }],
      { ...waiver, paths: ['jobs/**'] },
      'no-go',
      ['blocking-failure'],
    ],
    [
      'of another rule',
      [{ status: 'fail' }],
      { ...waiver, rule: 'repository/other' },
      'no-go',
      ['blocking-failure', 'waiver-unused'],
    ],
    ['of an unknown', [{ status: 'unknown', missing: true }], waiver, 'conditional', ['waived']],
    [
      'paths do not cover an unknown',
      [{ status: 'unknown', missing: true }],
      { ...waiver, paths: ['**'] },
      'no-go',
      ['blocking-unknown', 'waiver-unused'],
    ],
    ['an error is covered by none', [{ status: 'error' }], waiver, 'no-go', ['rule-error', 'waiver-unused']],
    [
      'a moment before it expires',
      [{ status: 'fail' }],
      waiver,
      'conditional',
      ['waived'],
      new Date('2026-11-30T23:59:59.999Z'),
    ],
    [
      'at the instant it expires',
      [{ status: 'fail' }],
      waiver,
      'no-go',
      ['blocking-failure', 'waiver-expired'],
      new Date('2026-12-01T00:00:00Z'),
    ],
  ])('%s', (_, sketches, law, decision, codes, now = noon) => {
    expect(decide(sketches, {}, [law], now)).toEqual({ decision, codes })
  })
})

describe('windows', () => {
  test.each([
    ['mon-thu', '09:00-16:00', 'UTC', '2026-11-18T09:00:00Z', true],
    ['mon-thu', '09:00-16:00', 'UTC', '2026-11-18T15:59:59Z', true],
    ['mon-thu', '09:00-16:00', 'UTC', '2026-11-18T16:00:00Z', false],
    ['mon-thu', '09:00-16:00', 'UTC', '2026-11-20T12:00:00Z', false],
    ['fri-mon', '00:00-24:00', 'UTC', '2026-11-22T12:00:00Z', true],
    ['fri-mon', '00:00-24:00', 'UTC', '2026-11-18T12:00:00Z', false],
    ['mon,wed', '00:00-24:00', 'UTC', '2026-11-18T23:59:00Z', true],
    ['thu', '00:00-06:00', 'Australia/Sydney', '2026-11-18T14:00:00Z', true],
    ['wed', '09:00-17:00', 'Europe/London', '2026-07-15T08:30:00Z', true],
  ])('%s %s %s at %s: %s', (days, hours, zone, now, wanted) => {
    expect(inWindow({ days, hours, 'time-zone': zone }, new Date(now))).toBe(wanted)
  })
})

describe('the plan', () => {
  test('all that blocks comes first, then the best points for the effort until the minimum is reached', () => {
    const results = [
      resultOf({ id: 'a/blocks', severity: 'high', status: 'fail' }),
      resultOf({ id: 'a/dear', severity: 'medium', status: 'fail', effortMinutes: 600 }),
      resultOf({ id: 'a/cheap', severity: 'medium', status: 'fail', effortMinutes: 5 }),
      resultOf({ id: 'a/small', severity: 'low', status: 'fail' }),
      resultOf({ id: 'a/fine', severity: 'critical', status: 'pass' }),
    ]
    const plan = planFor(results, Environment.parse({ 'minimum-score': 80 }))
    expect(plan.map(({ rule, when }) => `${rule} ${when}`)).toEqual([
      'a/blocks before-deploy',
      'a/cheap before-deploy',
      'a/small first-month',
      'a/dear first-week',
    ])
    expect(plan[0]?.gain).toBe(25)
  })

  test('where the score stops nobody, only what blocks comes before the deploy', () => {
    const results = [
      resultOf({ id: 'a/blocks', severity: 'high', status: 'fail' }),
      resultOf({ id: 'a/cheap', severity: 'medium', status: 'fail', effortMinutes: 5 }),
    ]
    const plan = planFor(results, Environment.parse({}), { low: 0, counts: () => true })
    expect(plan.map(({ rule, when }) => `${rule} ${when}`)).toEqual(['a/blocks before-deploy', 'a/cheap first-week'])
  })

  test('doing what it asks before the deploy reaches the minimum', () => {
    const results = [1, 2, 3, 4, 5, 6].map((n) =>
      resultOf({ id: `a/r${n}`, severity: n % 2 ? 'medium' : 'low', status: n < 6 ? 'fail' : 'pass' }),
    )
    const environment = Environment.parse({ 'minimum-score': 70 })
    const todo = new Set(
      planFor(results, environment).flatMap(({ rule, when }) => (when === 'before-deploy' ? [rule] : [])),
    )
    const after = results.map((result) =>
      todo.has(result.rule.id)
        ? resultOf({ id: result.rule.id, severity: result.rule.severity, status: 'pass' })
        : result,
    )
    expect(scoreOf(after).low).toBeGreaterThanOrEqual(70)
    expect(todo.size).toBeLessThan(5)
  })
})
