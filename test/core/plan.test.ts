import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decisionOf, reasonsFor } from '../../src/core/decide.ts'
import { fewest, type Choice } from '../../src/core/fewest.ts'
import { planFor, type PlanItem } from '../../src/core/plan.ts'
import { Environment } from '../../src/core/policy-file.ts'
import type { Result, Status } from '../../src/core/result.ts'
import { scoreOf } from '../../src/core/score.ts'
import { severities } from '../../src/core/severity.ts'
import { resultOf, type Sketch } from './results.ts'

const now = new Date('2026-11-21T12:00:00Z')

const subsets = <T>(list: readonly T[]): T[][] =>
  Array.from({ length: 2 ** list.length }, (_, bits) => list.filter((__, index) => (bits >> index) & 1))

const minutesOf = (list: readonly { minutes: number }[]): number =>
  list.reduce((total, { minutes }) => total + minutes, 0)

/** The decision once the named rules pass altogether. */
const forbidden = (results: readonly Result[], repaired: ReadonlySet<string>, environment: Environment): boolean => {
  const after = results.map((result) =>
    repaired.has(result.rule.id) && result.status !== 'not-applicable'
      ? { ...result, status: 'pass' as const, missing: false, passed: 1, findings: [], undecided: [] }
      : result,
  )
  return decisionOf(reasonsFor(after, scoreOf(after), environment, now)) === 'no-go'
}

const beforeDeploy = (plan: readonly PlanItem[]): PlanItem[] => plan.filter(({ when }) => when === 'before-deploy')

const sketches = fc
  .array(
    fc.record({
      severity: fc.constantFrom(...severities),
      status: fc.constantFrom<Status>('pass', 'fail', 'unknown', 'error', 'not-applicable'),
      passed: fc.nat(4),
      undecided: fc.nat(2),
      missing: fc.boolean(),
      reason: fc.constantFrom(undefined, 'no load evidence was found', 'helm is not installed'),
      effortMinutes: fc.constantFrom(5, 15, 30, 120),
    }),
    { minLength: 1, maxLength: 9 },
  )
  .map((list) => list.map((sketch, index): Sketch => ({ ...sketch, id: `shop/r${index}` })))

describe('the smallest set that turns no-go into go', () => {
  test('is as small, and for its size as cheap, as the best of all sets', () => {
    fc.assert(
      fc.property(
        sketches,
        fc.constantFrom(...severities),
        fc.oneof(fc.integer({ min: 0, max: 100 }), fc.constantFrom(0.5, 66.6, 79.5)),
        (list, blocking, minimum) => {
          const results = list.map(resultOf)
          if (results.every(({ status }) => status === 'not-applicable')) return
          const environment = Environment.parse({ blocking, 'minimum-score': minimum })
          const plan = beforeDeploy(planFor(results, environment))
          // What is unknown for one reason is one repair, as long as the shortest of them.
          const cost = (ids: readonly string[]): [number, number] => {
            const repairs = new Map<string, number>()
            for (const { rule, status, reason } of results) {
              if (!ids.includes(rule.id)) continue
              const cause = status === 'unknown' ? (reason ?? rule.id) : rule.id
              repairs.set(cause, causes.get(cause) ?? rule.effortMinutes)
            }
            return [repairs.size, minutesOf([...repairs.values()].map((minutes) => ({ minutes })))]
          }
          const causes = new Map<string, number>()
          for (const { rule, status, reason } of results)
            if (status === 'unknown' && reason !== undefined)
              causes.set(reason, Math.min(causes.get(reason) ?? Infinity, rule.effortMinutes))
          const ids = plan.map(({ rule }) => rule)
          expect(forbidden(results, new Set(ids), environment)).toBe(false)
          const [best] = subsets(results.map(({ rule }) => rule.id))
            .filter((set) => !forbidden(results, new Set(set), environment))
            .map(cost)
            .sort((a, b) => a[0] - b[0] || a[1] - b[1])
          expect(cost(ids)).toEqual(best)
          expect(plan.reduce((total, { effortMinutes }) => total + effortMinutes, 0)).toBe(best?.[1])
        },
      ),
      { numRuns: 300 },
    )
  })

  test('what one missing thing keeps from being judged is one repair', () => {
    const results = [
      resultOf({ id: 'shop/a', severity: 'low', status: 'unknown', reason: 'helm is missing', effortMinutes: 15 }),
      resultOf({ id: 'shop/b', severity: 'high', status: 'unknown', reason: 'helm is missing', effortMinutes: 60 }),
      resultOf({ id: 'shop/c', severity: 'critical', status: 'unknown', reason: 'helm is missing', missing: true }),
      resultOf({ id: 'shop/d', severity: 'low', status: 'unknown', reason: 'no load evidence was found' }),
      resultOf({ id: 'shop/e', severity: 'high', status: 'pass' }),
    ]
    const plan = planFor(results, Environment.parse({ blocking: 'critical' }))
    expect(plan.map(({ rule, when, effortMinutes }) => [rule, when, effortMinutes])).toEqual([
      ['shop/c', 'before-deploy', 15],
      ['shop/b', 'before-deploy', 0],
      ['shop/a', 'before-deploy', 0],
      ['shop/d', 'first-month', 30],
    ])
  })

  test('a change may also catch up with its base, where that takes less', () => {
    const results = [
      resultOf({ id: 'shop/a', severity: 'medium', status: 'fail' }),
      resultOf({ id: 'shop/b', severity: 'medium', status: 'fail' }),
      resultOf({ id: 'shop/c', severity: 'low', status: 'fail', effortMinutes: 5 }),
      resultOf({ id: 'shop/d', severity: 'medium', status: 'pass' }),
    ]
    const environment = Environment.parse({ 'minimum-score': 80 })
    const plan = (low: number) =>
      beforeDeploy(planFor(results, environment, { low, counts: () => true })).map(({ rule }) => rule)
    expect(plan(100)).toHaveLength(2)
    expect(plan(40)).toEqual(['shop/c'])
    expect(plan(28)).toEqual([])
  })

  test('asks for what is waived only where nothing else is enough', () => {
    const results = [
      resultOf({ id: 'shop/a', severity: 'critical', status: 'waived' }),
      resultOf({ id: 'shop/b', severity: 'medium', status: 'fail' }),
      resultOf({ id: 'shop/c', severity: 'low', status: 'fail' }),
      resultOf({ id: 'shop/d', severity: 'high', status: 'pass' }),
    ]
    const plan = (minimum: number) =>
      beforeDeploy(planFor(results, Environment.parse({ 'minimum-score': minimum }))).map(({ rule }) => rule)
    expect(plan(40)).toHaveLength(2)
    expect(plan(60)).toEqual(['shop/a'])
  })
})

describe('fewest', () => {
  const choice: fc.Arbitrary<Choice> = fc.record({
    worth: fc.oneof(fc.nat(6), fc.double({ min: 0, max: 10, noNaN: true })),
    minutes: fc.constantFrom(5, 10, 15, 60, 480),
  })

  test('finds the best of all sets', () => {
    fc.assert(
      fc.property(fc.array(choice, { maxLength: 11 }), fc.double({ min: 0, max: 40, noNaN: true }), (choices, need) => {
        const found = fewest(choices, need, 1e-9)
        const [best] = subsets(choices)
          .filter((set) => set.reduce((total, { worth }) => total + worth, 0) >= need - 1e-9)
          .map((set) => [set.length, minutesOf(set)] as const)
          .sort((a, b) => a[0] - b[0] || a[1] - b[1])
        expect(found === undefined ? undefined : [found.length, minutesOf(found)]).toEqual(best)
        expect(new Set(found).size).toBe(found?.length ?? 0)
      }),
      { numRuns: 300 },
    )
  })

  test('of many choices takes no longer than a blink', () => {
    const choices = Array.from({ length: 600 }, (_, index) => ({
      worth: 1 + ((index * 7919) % 997) / 997,
      minutes: 5 + ((index * 104_729) % 40),
    }))
    const started = performance.now()
    const found = fewest(choices, 300)
    expect(performance.now() - started).toBeLessThan(5000)
    const sorted = choices.map(({ worth }) => worth).sort((a, b) => b - a)
    const sum = (count: number) => sorted.slice(0, count).reduce((total, worth) => total + worth, 0)
    expect(sum(found?.length ?? 0)).toBeGreaterThanOrEqual(300)
    expect(sum((found?.length ?? 0) - 1)).toBeLessThan(300)
  })
})
