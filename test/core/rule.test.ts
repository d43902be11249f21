import { describe, expect, test } from 'vitest'
import { formatDiagnostic } from '../../src/core/errors.ts'
import { parseRule } from '../../src/core/parse-rule.ts'
import { ruleText } from './rule-source.ts'

const path = '.github/prodgate/rules/repository/size.yaml'

const diagnosticsOf = (text: string, at = path): string[] => {
  const parsed = parseRule(text, at)
  return 'diagnostics' in parsed ? parsed.diagnostics.map(formatDiagnostic) : []
}

describe('a rule that is right', () => {
  test('takes its id and category from its path', () => {
    const parsed = parseRule(ruleText({ effort: '2h' }), path)
    expect('rule' in parsed ? parsed.rule : parsed).toMatchObject({
      id: 'repository/size',
      category: 'repository',
      effortMinutes: 120,
      pack: 'recommended',
    })
  })
})

describe('a mistake is named with its line and column', () => {
  test.each([
    ['broken YAML', ruleText({ title: '"open' }), /^.*size\.yaml:\d+:\d+: .*\(rule-syntax\)$/],
    [
      'a condition that YAML takes for a tag',
      ruleText({ expect: '!repository.x && true' }),
      /:5:9: Unresolved tag: .*\(rule-syntax\)$/,
    ],
    ['a missing key', ruleText({ why: undefined }), /:1:1: why: .*\(rule-invalid\)$/],
    ['an unknown key', `${ruleText()}colour: red\n`, /:9:1: unknown key "colour" \(rule-invalid\)$/],
    ['an unknown severity', ruleText({ severity: 'huge' }), /:2:11: severity: .*\(rule-invalid\)$/],
    ['an unknown kind of fact', ruleText({ for: 'kubernetes.spaceship' }), /:4:6: for: .*\(rule-invalid\)$/],
    [
      'a misspelt field',
      ruleText({ expect: 'repository.fles > 3' }),
      /:5:20: expect: No such key: fles \(rule-expression\)$/,
    ],
    [
      'a type error',
      ruleText({ expect: 'repository.files > "3"' }),
      /:5:9: expect: .*double > string.*\(rule-expression\)$/,
    ],
    [
      'an expression that is no bool',
      ruleText({ expect: 'repository.files' }),
      /:5:9: expect: expected a bool, this is a double/,
    ],
    ['a syntax error in CEL', ruleText({ expect: 'repository.files >' }), /:5:\d+: expect: .*\(rule-expression\)$/],
    [
      'a misspelt field in a message',
      ruleText({ message: 'only {{repository.fls}}' }),
      /:6:28: message: No such key: fls/,
    ],
    ['an open {{', ruleText({ message: 'only {{repository.files' }), /:6:15: message: a \{\{ without its \}\}/],
    [
      'a misspelt field in a block',
      ruleText({ expect: '|-\n  repository.files > 3 &&\n    repository.fles < 9' }),
      /:7:16: expect: No such key: fles/,
    ],
    ['an unknown parameter', ruleText({ expect: 'repository.files > params.minimum' }), /:5:.*expect: /],
  ])('%s', (_, text, wanted) => {
    const [first, ...more] = diagnosticsOf(text)
    expect(first).toMatch(wanted)
    expect(more).toEqual([])
  })

  test('all mistakes at once', () => {
    const twice = ruleText({ expect: 'repository.fles > 3', message: 'only {{repository.fls}}' })
    expect(diagnosticsOf(twice)).toHaveLength(2)
  })

  test('a path that is no id', () => {
    expect(diagnosticsOf(ruleText(), 'rules/Size.yaml')[0]).toMatch(/is not <category>\/<name>/)
  })

  test('an alias bomb', () => {
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefgh'.replace(/./g, (c) => `${c}: &${c} [${`*${String.fromCharCode(c.charCodeAt(0) - 1)},`.repeat(9)}]\n`)}`
    expect(diagnosticsOf(bomb)[0]).toMatch(/rule-(syntax|invalid)/)
  })

  test('nesting without end', () => {
    expect(diagnosticsOf(`a: ${'['.repeat(10_000)}`)[0]).toMatch(/rule-syntax/)
  })
})
