import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readRules } from '../../scripts/read-rules.ts'
import { errorCodes } from '../../src/core/errors.ts'
import { parsePolicy } from '../../src/core/policy.ts'
import { Environment, PolicyFile, Waiver } from '../../src/core/policy-file.ts'
import { reasonCodes } from '../../src/core/reason-codes.ts'
import { RuleFile } from '../../src/core/rule-file.ts'

const page = (name: string): string => readFileSync(join(import.meta.dirname, '../../docs', name), 'utf8')

/** The rows of a page's tables whose first cell is code, by that code. */
const rows = (text: string): Map<string, string[]> =>
  new Map(
    text.split('\n').flatMap((line) => {
      const [, first = '', ...cells] = line.split('|').map((cell) => cell.trim())
      const code = /^`([^`]+)`$/.exec(first)?.[1]
      return code === undefined ? [] : [[code, cells.slice(0, -1)] as const]
    }),
  )

const example = (text: string): string => /```yaml\n([\s\S]*?)```/.exec(text)?.[1] ?? ''

test('docs/errors.md has every error code with its hint, and no other', () => {
  const documented = [...rows(page('errors.md'))].map(([code, [, hint]]) => [code, hint])
  expect(documented).toEqual(Object.entries(errorCodes))
})

test('docs/reason-codes.md has every reason code with its effect and meaning, and no other', () => {
  const documented = [...rows(page('reason-codes.md'))].map(([code, [effect, meaning]]) => [code, { effect, meaning }])
  expect(documented).toEqual(Object.entries(reasonCodes))
})

test('docs/policy.md has every key', () => {
  const documented = rows(page('policy.md'))
  const keys = [PolicyFile, Environment, Waiver, PolicyFile.shape.evidence.unwrap()].flatMap(({ shape }) => Object.keys(shape))
  expect(keys.filter((key) => !documented.has(key))).toEqual([])
})

test('the example of docs/policy.md is valid and uses every key of the file and of an environment', () => {
  const text = example(page('policy.md'))
  const rules = readRules().map(({ rule }) => rule)
  const parsed = parsePolicy(text, 'prodgate.yml', rules)
  expect('diagnostics' in parsed ? parsed.diagnostics : []).toEqual([])
  for (const key of [...Object.keys(PolicyFile.shape), ...Object.keys(Environment.shape)]) expect(text).toContain(`${key}:`)
})

test('docs/writing-rules.md has every key of a rule', () => {
  const documented = rows(page('writing-rules.md'))
  expect(Object.keys(RuleFile.shape).filter((key) => !documented.has(key))).toEqual([])
})
