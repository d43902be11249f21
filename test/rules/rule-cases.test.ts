import { describe, expect, test } from 'vitest'
import { readRules } from '../../scripts/read-rules.ts'
import { runCase } from '../../src/rule-cases.ts'

const only = process.env['RULE']

describe.each(readRules().filter(({ rule }) => only === undefined || rule.id.startsWith(only)))('$rule.id', ({ rule, cases }) => {
  test('has a case that fails and one that does not', () => {
    expect(cases.some(({ fails }) => fails !== undefined && fails.length > 0)).toBe(true)
    expect(cases.some(({ is, fails }) => is === 'pass' || is === 'not-applicable' || fails?.length === 0)).toBe(true)
  })

  test.each(cases.map((value) => ({ ...value })))('$name', async (value) => {
    expect(await runCase(rule, value)).toEqual([])
  })
})
