import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Status } from '../../src/core/result.ts'
import { categoryScores, confidenceOf, scoreOf } from '../../src/core/score.ts'
import { severities } from '../../src/core/severity.ts'
import { resultOf, type Sketch } from './results.ts'

const sketch = fc.record({
  severity: fc.constantFrom(...severities),
  status: fc.constantFrom<Status>('pass', 'fail', 'unknown', 'error', 'waived', 'not-applicable'),
  passed: fc.nat(5),
  undecided: fc.nat(3),
})

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
      { id: 'compose', low: 50, high: 100, confidence: 50, pass: 1, fail: 0, unknown: 1 },
      { id: 'secrets', low: 0, high: 0, confidence: 100, pass: 0, fail: 1, unknown: 0 },
    ])
  })

  test('stays between 0 and 100, and low never exceeds high', () => {
    fc.assert(
      fc.property(fc.array(sketch), (sketches) => {
        const { low, high } = scoreOf(sketches.map(resultOf))
        expect(0 <= low && low <= high && high <= 100).toBe(true)
      }),
    )
  })

  test('missing evidence never helps: what becomes unknown raises neither the low bound nor the confidence', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(sketch, fc.boolean()), { minLength: 1 }), (list) => {
        const before = list.map(([one]) => resultOf(one))
        const after = list.map(([one, lost]) =>
          resultOf(lost && one.status !== 'not-applicable' ? { ...one, status: 'unknown', missing: true } : one),
        )
        expect(scoreOf(after).low).toBeLessThanOrEqual(scoreOf(before).low)
        expect(confidenceOf(after)).toBeLessThanOrEqual(confidenceOf(before))
        const categories = new Map(categoryScores(before).map((category) => [category.id, category]))
        for (const { id, low, confidence } of categoryScores(after)) {
          expect(low).toBeLessThanOrEqual(categories.get(id)?.low ?? -1)
          expect(confidence).toBeLessThanOrEqual(categories.get(id)?.confidence ?? -1)
        }
      }),
    )
  })
})

describe('the confidence', () => {
  test.each<[string, Sketch[], number]>([
    ['nothing applies: nothing was judged', [{ status: 'not-applicable' }], 0],
    ['a failure is judged as much as a pass', [{ status: 'pass' }, { status: 'fail' }], 100],
    ['what is unknown was not judged', [{ status: 'pass' }, { status: 'unknown' }], 50],
    ['nor is what broke', [{ status: 'pass' }, { status: 'error' }], 50],
    ['facts that could not be resolved count by their share', [{ status: 'pass', passed: 2, undecided: 1 }], 66],
    ['also beside findings', [{ status: 'fail', passed: 1, failed: ['a', 'b'], undecided: 1 }], 75],
    ['a waiver of findings was judged', [{ status: 'waived', failed: ['a'] }], 100],
    ['a waiver of what was unknown was not', [{ status: 'waived', failed: [], passed: 3 }], 0],
    [
      'by weight',
      [
        { status: 'pass', severity: 'critical' },
        { status: 'unknown', severity: 'low' },
      ],
      90,
    ],
  ])('%s', (_, sketches, wanted) => {
    expect(confidenceOf(sketches.map(resultOf))).toBe(wanted)
  })

  test('never exceeds what is certain of the score: the range of the score is what was not judged', () => {
    fc.assert(
      fc.property(fc.array(sketch, { minLength: 1 }), (sketches) => {
        const results = sketches.map(resultOf)
        const { low, high } = scoreOf(results)
        const confidence = confidenceOf(results)
        expect(confidence).toBeLessThanOrEqual(100)
        // Both bounds are rounded away from one another, so they may lie two more apart than what was not judged.
        // Where nothing applies, 0 to 100 is what is known.
        expect(high - low).toBeLessThanOrEqual(100 - confidence + 2)
      }),
    )
  })
})
