import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { resolve, splitOutside } from '../../../src/collect/compose/interpolation.ts'

describe('resolve', () => {
  test.each([
    ['shop', 'shop', false, false],
    ['${TAG}', '', true, false],
    ['$TAG', '', true, false],
    ['${TAG:-1.4}', '1.4', false, true],
    ['${TAG-1.4}', '1.4', false, true],
    ['${TAG:-}', '', false, true],
    ['${TAG:?set it}', '', true, false],
    ['${TAG:+1.4}', '', true, false],
    ['v${TAG:-${MAJOR:-1}.4}-alpine', 'v1.4-alpine', false, true],
    ['${TAG:-${MAJOR}.4}', '.4', true, true],
    ['pa$$word', 'pa$word', false, false],
    ['$${TAG}', '${TAG}', false, false],
    ['5 $', '5 $', false, false],
    ['${TAG', '', true, false],
  ])('%s', (text, value, computed, fallback) => {
    expect(resolve(text)).toEqual({ text: value, computed, fallback })
  })

  test('text without a dollar is itself', () => {
    const plain = fc.string().filter((text) => !text.includes('$'))
    fc.assert(
      fc.property(plain, (text) => {
        expect(resolve(text).text).toBe(text)
      }),
    )
  })

  test('deep nesting ends, and in linear time', () => {
    const text = '${A:-'.repeat(100_000)
    expect(resolve(text).computed).toBe(true)
  })

  test('any text made of its signs is read to the end', () => {
    const signs = fc.array(fc.constantFrom('$', '{', '}', ':', '-', '?', 'A', '1'), { maxLength: 60 })
    fc.assert(
      fc.property(signs, (parts) => {
        expect(typeof resolve(parts.join('')).text).toBe('string')
      }),
    )
  })
})

test.each([
  ['8080:80', ['8080', '80']],
  ['${PORT:-8080}:80', ['${PORT:-8080}', '80']],
  ['${A:-${B:-1}}:2:3', ['${A:-${B:-1}}', '2', '3']],
])('splitOutside %s', (text, parts) => {
  expect(splitOutside(text, ':')).toEqual(parts)
})
