import { describe, expect, test } from 'vitest'
import { evaluate, type Observed } from '../../src/core/evaluate.ts'
import { FactSet } from '../../src/core/facts/fact-set.ts'
import type { Fact } from '../../src/core/facts/index.ts'
import { parseRule } from '../../src/core/parse-rule.ts'
import type { Rule } from '../../src/core/rule.ts'

const rule = (more: string): Rule => {
  const parsed = parseRule(
    `title: No test fails\nseverity: high\neffort: 1h\nfor: tests.failure\nexpect: "false"\nmessage: failed\nwhy: why\nfix: fix\n${more}cases: []\n`,
    'rules/tests/all-pass.yaml',
  )
  if ('diagnostics' in parsed) throw new Error(JSON.stringify(parsed.diagnostics))
  return parsed.rule
}

const failure: Fact<'tests.failure'> = {
  kind: 'tests.failure',
  subject: 'test till opens',
  place: { path: 'reports/junit.xml', line: 3, column: 1 },
  value: { name: 'opens', suite: 'till', outcome: 'failed' },
}

const asking = 'evidence: tests\n'
const unread = {
  topic: 'tests' as const,
  place: failure.place,
  code: 'truncated',
  reason: 'is cut off',
  repairable: true,
  blocks: true,
}

describe('a rule about what evidence lists', () => {
  test.each<[string, string, Partial<Observed> & { list?: Fact[]; unread?: (typeof unread)[] }, string, boolean]>([
    ['no evidence at all', asking, { evidence: new Set() }, 'unknown', true],
    ['evidence that answers, and nothing found', asking, { answers: new Set(['tests.failure']) }, 'pass', false],
    ['evidence that cannot tell', asking, { answers: new Set() }, 'unknown', true],
    ['no evidence, whose absence only counts', `${asking}absence: counts\n`, { evidence: new Set() }, 'unknown', false],
    [
      'evidence that could not be read is no absence',
      `${asking}absence: counts\n`,
      { unread: [unread] },
      'unknown',
      true,
    ],
    [
      'no evidence, and a parameter that turns the rule off',
      `${asking}parameters: { users: 0 }\noff: { users: 0 }\n`,
      { evidence: new Set(), list: [failure] },
      'not-applicable',
      false,
    ],
    [
      'a parameter that does not turn the rule off',
      `${asking}parameters: { users: 5 }\noff: { users: 0 }\n`,
      { list: [failure] },
      'fail',
      false,
    ],
    ['something found', asking, { list: [failure] }, 'fail', false],
    [
      'something found that does not matter',
      `${asking}when: failure.outcome == "error"\n`,
      { list: [failure], answers: new Set(['tests.failure']) },
      'pass',
      false,
    ],
    [
      'one file answers, another one could not be read',
      asking,
      { answers: new Set(['tests.failure']), unread: [unread] },
      'unknown',
      true,
    ],
    ['a rule that does not need it, without any', '', { evidence: new Set() }, 'not-applicable', false],
    ['a rule that does not need it, with an answer', '', { answers: new Set(['tests.failure']) }, 'pass', false],
    [
      'a service elsewhere is judged by the evidence all the same',
      '',
      { list: [failure], covers: () => false },
      'fail',
      false,
    ],
  ])('%s', (_, more, { list = [], unread: files = [], ...observed }, status, missing) => {
    const facts = new FactSet(list, files)
    const [result] = evaluate([rule(more)], { facts, today: '2026-11-21', evidence: new Set(['tests']), ...observed })
    expect(result).toMatchObject({ status, missing })
  })

  test('the reason says what the evidence lacks', () => {
    const [result] = evaluate([rule(asking)], {
      today: '2026-11-21',
      facts: new FactSet([], []),
      evidence: new Set(['tests']),
      answers: new Set(),
    })
    expect(result?.reason).toBe('the tests evidence that was found cannot tell of any failure')
  })
})
