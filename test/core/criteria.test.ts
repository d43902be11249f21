import { describe, expect, test } from 'vitest'
import { criteriaMistake, hasAbsolute, looksLikeCriteria, meets, needsPrevious } from '../../src/core/criteria.ts'
import { compileExpression, ExpressionError } from '../../src/core/expression.ts'

describe('whether a value meets criteria', () => {
  test.each([
    ['<=200', 200, undefined, true],
    ['<200', 200, undefined, false],
    ['=200', 200, 5, true],
    ['>=100', 99.9, undefined, false],
    ['<=+10%', 110, 100, true],
    ['<=+10%', 110.1, 100, false],
    ['<=-10%', 91, 100, false],
    ['>=-10%', 90, 100, true],
    ['<=+5', 105, 100, true],
    ['>=-5', 94, 100, false],
    ['<=+10%', 0, 0, true],
    ['<=+10%', 0.1, 0, false],
    [' <= 200 , <= +10% ', 150, 140, true],
    ['<=200,<=+10%', 150, 100, false],
    ['<=200,<=+10%', 210, 209, false],
    [['<=200', '<=+10%'], 210, 209, true],
    [['<=200', '<=+10%'], 150, 10, true],
    [['<=100,<=+10%', '<=50'], 60, 10, false],
  ])('%j of %d after %s: %s', (criteria, value, previous, wanted) => {
    expect(meets(value, previous, criteria)).toBe(wanted)
  })

  test.each([
    ['<=+10%', 50, true],
    ['<=200', 50, false],
    ['<=200,<=+10%', 150, true],
    ['<=200,<=+10%', 250, false],
    [['<=200', '<=+10%'], 150, false],
    [['<=200', '<=+10%'], 250, true],
  ])('%j of %d needs a previous value: %s, and is no pass without one', (criteria, value, wanted) => {
    expect(needsPrevious(value, criteria)).toBe(wanted)
    expect(wanted && meets(value, undefined, criteria)).toBe(false)
  })

  test.each([
    ['<=+10%', false],
    ['<=200, <=+10%', true],
    [['<=+10%', '<=+5'], false],
  ])('%j says something by itself: %s', (criteria, wanted) => {
    expect(hasAbsolute(criteria)).toBe(wanted)
  })
})

describe('mistakes', () => {
  test.each([
    ['200', 0, 0],
    ['<=200, 10%', 0, 7],
    ['<=10%', 0, 0],
    ['<=+ten%', 0, 0],
    ['<=200,', 0, 6],
    ['=>200', 0, 0],
    ['<=1e309', 0, 0],
    ['<=--5', 0, 0],
    [['<=200', '<= +10 percent'], 1, 0],
    [[], 0, 0],
    [Array.from({ length: 21 }, () => '<1').join(','), 0, 0],
  ])('%j, in text %d at %d', (criteria, index, offset) => {
    expect(criteriaMistake(criteria)).toMatchObject({ index, offset })
  })

  test('what is meant as criteria begins with a comparison', () => {
    expect(['<=+10%', ['<5', '>=+1'], 'recommended', ['health'], 5, []].map(looksLikeCriteria)).toEqual([
      true,
      true,
      false,
      false,
      false,
      false,
    ])
  })
})

describe('in expressions', () => {
  const fact = {
    kind: 'load.total',
    subject: 'all load tests',
    place: { path: 'k6.json', line: 1, column: 1 },
    value: { requests: 10, files: 1, tools: ['k6'], thresholds: 0, missedThresholds: [], p95: 50, previousP95: 40 },
  } as const
  const run = (source: string, criteria: string | string[]): unknown =>
    compileExpression(
      source,
      'load.total',
      { criteria },
      'bool',
    )({
      fact: { ...fact, value: { ...fact.value, tools: [...fact.value.tools], missedThresholds: [] } },
      parameters: { criteria },
      today: '2026-11-21',
    })

  test.each([
    ['meets(load.p95, load.previousP95, params.criteria)', '<=+10%', false],
    ['meets(load.p95, load.previousP95, params.criteria)', ['<=+10%', '<=60'], true],
    ['meets(load.p95, params.criteria)', '<=60', true],
    ['needsPrevious(load.p95, params.criteria)', ['<=+10%'], true],
    ['hasAbsolute(params.criteria)', '<=+10%', false],
  ])('%s with %j', (source, criteria, wanted) => {
    expect(run(source, criteria)).toBe(wanted)
  })

  test('they are type-checked, and wrong criteria are an error and no verdict', () => {
    expect(() => run('meets(load.tools, params.criteria)', '<=1')).toThrow(ExpressionError)
    expect(() => run('meets(load.p95, load.previousP95, params.criteria)', '10%')).toThrow(ExpressionError)
  })
})
