import { describe, expect, test } from 'vitest'
import { isCustomRule, maxRules, maxRuleSize, readRuleSources } from '../../src/core/rule-sources.ts'

const folder = '.github/prodgate/rules'
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const entry = (name: string, changes = {}) => ({ path: `${folder}/${name}`, size: 5, regular: true, ...changes })
const read = () => Promise.resolve(bytes('title'))

test.each([
  ['.github/prodgate/rules/clinic/labels.yaml', true],
  ['.github/prodgate/rules/clinic/labels.yml', true],
  ['.github/prodgate/rules/README.md', false],
  ['.github/prodgate/rules-old/labels.yaml', false],
  ['services/api/.github/prodgate/rules/labels.yaml', false],
])('%s is a custom rule: %s', (path, expected) => {
  expect(isCustomRule(path)).toBe(expected)
})

test('rules come in the order of their paths', async () => {
  const found = await readRuleSources([entry('shop/b.yaml'), entry('shop/a.yaml')], read)
  expect('sources' in found && found.sources.map(({ path }) => path)).toEqual([
    `${folder}/shop/a.yaml`,
    `${folder}/shop/b.yaml`,
  ])
})

describe('what cannot be read is told, and never left out', () => {
  const link = entry('a.yaml', { regular: false })
  const many = Array.from({ length: maxRules + 1 }, (_, index) => entry(`shop/${index}.yaml`))
  const heavy = Array.from({ length: 101 }, (_, index) => entry(`shop/${index}.yaml`, { size: 100_000 }))
  test.each([
    ['a link', [link], read, 'is not a regular file'],
    ['a large file', [entry('a.yaml', { size: maxRuleSize + 1 })], read, 'is larger than 200 kB'],
    ['one that grew', [entry('a.yaml')], () => Promise.resolve(new Uint8Array(maxRuleSize + 1)), 'is larger than'],
    ['what is no text', [entry('a.yaml')], () => Promise.resolve(new Uint8Array([0xff, 0xfe])), 'is not UTF-8 text'],
    ['a failure', [entry('a.yaml')], () => Promise.reject(new Error('is gone')), 'is gone'],
    ['too many', many, read, 'holds more than 500 rules'],
    ['too much', heavy, read, 'holds more than 10 MB of rules'],
  ])('%s', async (_, entries, from, message) => {
    const found = await readRuleSources(entries, from)
    expect(found).toEqual({
      diagnostics: [expect.objectContaining({ code: 'rule-unreadable', message: expect.stringContaining(message) })],
    })
  })
})
