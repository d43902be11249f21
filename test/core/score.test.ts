import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Status } from '../../src/core/result.ts'
import { categoryScores, scoreOf } from '../../src/core/score.ts'
import { severities } from '../../src/core/severity.ts'
import { resultOf, type Sketch } from './results.ts'

describe('the score', () => {
  test.each<[string, Sketch[], { low: number; high: number }]>([
    ['nothing applies: nothing is known', [{ status: 'not-applicable' }], { low: 0, high: 100 }],
    ['nothing at all', [], { low: 0, high: 100 }],
    ['all pass', [{ status: 'pass' }, { status: 'pass', severity: 'low' }], { low: 100, high: 100 }],
    ['a share of the facts', [{ status: 'fail', passed: 3, failed: ['a'] }], { low: 75, high: 75 }],
    ['low is rounded down and high up', [{ status: 'fail', passed: 2, failed: ['a'] }], { low: 66, high: 67 }],
    [
      'critical outweighs low ten to one',
      [
        { status: 'pass', severity: 'critical' },
        { status: 'fail', severity: 'low' },
      ],
      { low: 90, high: 91 },
    ],
    ['unknown is a range', [{ status: 'pass' }, { status: 'unknown' }], { low: 50, high: 100 }],
    ['an error earns nothing', [{ status: 'pass' }, { status: 'error' }], { low: 50, high: 50 }],
    ['a waiver earns nothing', [{ status: 'pass' }, { status: 'waived' }], { low: 50, high: 50 }],
    [
      'what does not apply is out of the sum',
      [{ status: 'pass' }, { status: 'not-applicable' }],
      { low: 100, high: 100 },
    ],
    ['undecided facts are a range', [{ status: 'pass', passed: 1, undecided: 1 }], { low: 50, high: 100 }],
  ])('%s', (_, sketches, wanted) => {
    expect(scoreOf(sketches.map(resultOf))).toEqual(wanted)
  })

  test('by category, sorted, without those that do not apply', () => {
    const results = [
      resultOf({ id: 'secrets/a', status: 'fail' }),
      resultOf({ id: 'compose/a', status: 'pass' }),
      resultOf({ id: 'compose/b', status: 'unknown' }),
      resultOf({ id: 'tests/a', status: 'not-applicable' }),
    ]
    expect(categoryScores(results)).toEqual([
      { id: 'compose', low: 50, high: 100, pass: 1, fail: 0, unknown: 1 },
      { id: 'secrets', low: 0, high: 0, pass: 0, fail: 1, unknown: 0 },
    ])
  })

  const sketch = fc.record({
    severity: fc.constantFrom(...severities),
    status: fc.constantFrom<Status>('pass', 'fail', 'unknown', 'error', 'waived', 'not-applicable'),
    passed: fc.nat(5),
    undecided: fc.nat(3),
  })

  test('stays between 0 and 100, and low never exceeds high', () => {
    fc.assert(
      fc.property(fc.array(sketch), (sketches) => {
        const { low, high } = scoreOf(sketches.map(resultOf))
        expect(0 <= low && low <= high && high <= 100).toBe(true)
      }),
    )
  })

  test('missing evidence never helps: a result that becomes unknown never raises the low bound', () => {
    fc.assert(
      fc.property(fc.array(sketch, { minLength: 1 }), fc.nat(), (sketches, pick) => {
        const results = sketches.map(resultOf)
        const index = pick % results.length
        if (results[index]?.status === 'not-applicable') return
        const without = results.map((result, at) =>
          at === index ? resultOf({ ...sketches[at], status: 'unknown' }) : result,
        )
        expect(scoreOf(without).low).toBeLessThanOrEqual(scoreOf(results).low)
      }),
    )
  })
})
