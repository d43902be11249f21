import { describe, expect, test } from 'vitest'
import { evaluate } from '../../src/core/evaluate.ts'
import { FactSet, type Unjudged } from '../../src/core/facts/fact-set.ts'
import type { Fact } from '../../src/core/facts/index.ts'
import type { Rule } from '../../src/core/rule.ts'
import { ruleOf } from './results.ts'

const file = (path: string, line: number, code: string): Fact<'repository.unjudged-file'> => ({
  kind: 'repository.unjudged-file',
  subject: `file ${path}`,
  place: { path, line, column: 3 },
  places: { end: { path, line: line + 5, column: 1 } },
  value: { topic: 'docker', code, reason: 'is broken', repairable: code !== 'template' },
})

const base = ruleOf('repository/readable', 'high', {
  for: 'repository.unjudged-file',
  expect: 'file.code == "fine"',
  message: '{{file.code}}',
})

const judge = (rule: Partial<Rule>, facts: readonly Fact[], unjudged: readonly Unjudged[] = []) =>
  evaluate([{ ...base, ...rule }], { facts: new FactSet(facts, unjudged), today: '2026-11-21', evidence: new Set() })[0]

describe('what a rule says', () => {
  test.each<[string, Partial<Rule>, Fact[], string, number, number]>([
    ['pass', {}, [file('a', 1, 'fine')], 'pass', 0, 0],
    ['fail', {}, [file('a', 1, 'fine'), file('b', 2, 'syntax')], 'fail', 1, 0],
    ['not applicable without facts', {}, [], 'not-applicable', 0, 0],
    [
      'not applicable when nothing is asked',
      { when: 'file.topic == "moon"' },
      [file('a', 1, 'syntax')],
      'not-applicable',
      0,
      0,
    ],
    [
      'undecided',
      { undecided: { when: '!file.repairable', because: 'a template' } },
      [file('a', 1, 'template')],
      'unknown',
      0,
      1,
    ],
    [
      'undecided beside a pass',
      { undecided: { when: '!file.repairable', because: 'x' } },
      [file('a', 1, 'template'), file('b', 1, 'fine')],
      'pass',
      0,
      1,
    ],
    ['evidence that is missing', { evidence: 'tests' }, [], 'unknown', 0, 0],
    ['an expression that breaks', { expect: 'file.reason.matches("(")' }, [file('a', 1, 'fine')], 'error', 0, 0],
    ['an expression that does not compile', { expect: 'file.moon' }, [file('a', 1, 'fine')], 'error', 0, 0],
  ])('%s', (_, rule, facts, status, findings, undecided) => {
    const result = judge(rule, facts)
    expect(result).toMatchObject({ status })
    expect([result?.findings.length, result?.undecided.length]).toEqual([findings, undecided])
  })

  test('a file of its topic that could not be read makes it unknown, unless it fails anyway', () => {
    const broken = {
      topic: 'repository',
      place: { path: 'k8s/web.yaml', line: 7, column: 3 },
      code: 'syntax',
      reason: 'is broken',
      repairable: true,
      blocks: true,
    } as const
    expect(judge({}, [file('a', 1, 'fine')], [broken])).toMatchObject({
      status: 'unknown',
      missing: true,
      reason: 'not everything could be read: k8s/web.yaml:7 is broken',
    })
    expect(judge({}, [file('a', 1, 'syntax')], [broken])).toMatchObject({ status: 'fail' })
    expect(judge({}, [file('a', 1, 'fine')], [{ ...broken, topic: 'compose' }])).toMatchObject({ status: 'pass' })
    expect(judge({}, [file('a', 1, 'fine')], [{ ...broken, blocks: false }])).toMatchObject({ status: 'pass' })
  })

  test('the same of the same thing at the same place is said once, as overlays that share a base have it twice', () => {
    expect(judge({}, [file('a', 1, 'syntax'), file('a', 1, 'syntax'), file('a', 1, 'binary')])?.findings).toHaveLength(
      2,
    )
  })

  test('at: names a finer place, and the fact has the place where there is none', () => {
    expect(judge({ at: 'end' }, [file('a', 1, 'syntax')])?.findings[0]?.place.line).toBe(6)
    expect(judge({ at: 'elsewhere' }, [file('a', 1, 'syntax')])?.findings[0]?.place.line).toBe(1)
  })
})

describe('fingerprints', () => {
  const prints = (facts: Fact[]) => judge({}, facts)?.findings.map(({ fingerprint }) => fingerprint)

  test('stay when lines move', () => {
    expect(prints([file('a', 1, 'syntax')])).toEqual(prints([file('a', 90, 'syntax')]))
  })

  test('tell two of the same subject apart', () => {
    expect(new Set(prints([file('a', 1, 'syntax'), file('a', 2, 'syntax')])).size).toBe(2)
  })
})

test('results come in the order of the ids, findings in the order of their places, whatever the order of the input', () => {
  const rules = [ruleOf('b/b', 'low', base), ruleOf('a/a', 'low', base)].map((rule, index) => ({
    ...base,
    id: ['b/b', 'a/a'][index] ?? rule.id,
  }))
  const facts = [file('b', 2, 'syntax'), file('a', 9, 'syntax'), file('a', 1, 'syntax')]
  const forward = evaluate(rules, { facts: new FactSet(facts, []), today: '2026-11-21', evidence: new Set() })
  const backward = evaluate(rules.toReversed(), {
    facts: new FactSet(facts.toReversed(), []),
    today: '2026-11-21',
    evidence: new Set(),
  })
  expect(backward).toEqual(forward)
  expect(forward.map(({ rule }) => rule.id)).toEqual(['a/a', 'b/b'])
  expect(forward[0]?.findings.map(({ place }) => `${place.path}:${place.line}`)).toEqual(['a:1', 'a:9', 'b:2'])
})
