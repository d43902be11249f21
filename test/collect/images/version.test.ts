import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseVersion, satisfiesRange } from '../../../src/collect/images/version.ts'

describe('whether a version is in a range', () => {
  test.each([
    ['20', '>=18', true],
    ['20', '>=20.9', true],
    ['18', '>=20.9', false],
    ['22.3', '>=18 <21 || ^22', true],
    ['21', '>=18 <21 || ^22', false],
    ['20.11.0', '20.x', true],
    ['24', '18 || 20', false],
    ['3.11', '>=3.12,<4', false],
    ['3.13', '^3.10', true],
    ['4.0', '^3.10', false],
    ['3.12', '~=3.10', true],
    ['20.5', '18 - 22', true],
    ['20', '*', true],
    ['20', 'lts/*', undefined],
    ['20', '>= 18', true],
  ])('%s in %s', (version, range, expected) => {
    expect(satisfiesRange(parseVersion(version) ?? [], range)).toBe(expected)
  })

  test('any text is answered', () => {
    fc.assert(
      fc.property(fc.string(), (range) => {
        expect([true, false, undefined]).toContain(satisfiesRange([20], range))
      }),
      { numRuns: 300 },
    )
  })
})
