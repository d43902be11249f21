import { describe, expect, test } from 'vitest'
import { compileExpression, ExpressionError } from '../../src/core/expression.ts'
import type { Fact } from '../../src/core/facts/index.ts'
import { startOf } from '../../src/core/facts/place.ts'

const fact: Fact<'repository.unjudged-file'> = {
  kind: 'repository.unjudged-file',
  subject: 'file k8s/web.yaml',
  place: startOf('k8s/web.yaml'),
  value: { topic: 'kubernetes', code: 'syntax', reason: 'is broken', repairable: true },
}
const parameters = { minimum: 3, names: ['web', 'api'], on: true, word: 'api' }

const run = (source: string): unknown =>
  compileExpression(source, 'repository.unjudged-file', parameters, 'any')({ fact, parameters })

// The dialect that rules rely on: a replacement of the library has to pass this table.
describe('the dialect', () => {
  test.each([
    ['file.repairable', true],
    ['!file.repairable || file.code == "syntax"', true],
    ['file.code in ["syntax", "binary"]', true],
    ['file.topic.startsWith("kube") && file.topic.endsWith("netes") && file.topic.contains("ber")', true],
    ['size(file.topic) == 10', true],
    ['params.minimum == 3', true],
    ['params.minimum >= 3 && params.minimum < 3.5', true],
    ['params.minimum != 4', true],
    ['params.names.exists(n, n == params.word)', true],
    ['params.names.all(n, n.size() == 3)', true],
    ['params.names.filter(n, n != "web").map(n, n + "!")[0] == "api!"', true],
    ['params.names != []', true],
    ['"web" in params.names', true],
    ['params.on ? "yes" : "no"', 'yes'],
    ['has(file.reason)', true],
    ['file.reason.matches("^is (broken|binary)$")', true],
    ['file.reason.matches("brok")', true],
    ['file.topic.lowerAscii() == "kubernetes"', true],
    ['string(params.minimum)', '3'],
  ])('%s', (source, wanted) => {
    expect(run(source)).toEqual(wanted)
  })
})

describe('hostile expressions', () => {
  test('a regular expression that would backtrack for ages is linear', () => {
    const long = { ...fact, value: { ...fact.value, reason: `${'a'.repeat(40_000)}!` } }
    const expression = compileExpression('file.reason.matches("^(a+)+$")', 'repository.unjudged-file', {}, 'bool')
    expect(expression({ fact: long, parameters: {} })).toBe(false)
  })

  test.each([
    ['too deep', `${'('.repeat(100)}true${')'.repeat(100)}`],
    ['too large', Array.from({ length: 600 }, () => 'true').join(' && ')],
    ['no such variable', 'process.env == ""'],
    ['no such function', 'fetch("x")'],
    ['a prototype', 'file.__proto__ == ""'],
    ['a constructor', 'file.constructor == ""'],
  ])('%s is refused when it is compiled', (_, source) => {
    expect(() => run(source)).toThrow(ExpressionError)
  })

  test('a bad pattern is an error of the expression and not of the run', () => {
    expect(() => run('file.reason.matches("(")')).toThrow(ExpressionError)
  })
})
