import { describe, expect, test } from 'vitest'
import { lacksProof, runCase } from "../../src/rule-cases.ts"
import { readRules } from '../../scripts/read-rules.ts'

const only = process.env['RULE']

describe.each(readRules().filter(({ rule }) => only === undefined || rule.id.startsWith(only)))('$rule.id', ({ rule, cases }) => {
  test('has a case that fails and one that does not', () => {
    expect(lacksProof(cases)).toEqual([])
  })

  test.each(cases.map((value) => ({ ...value })))('$name', async (value) => {
    expect(await runCase(rule, value)).toEqual([])
  })
})
