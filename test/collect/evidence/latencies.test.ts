import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fieldsOf } from '../../../src/collect/evidence/load/csv.ts'
import { Latencies } from '../../../src/collect/evidence/load/latencies.ts'

test('percentiles are those of the sorted values, to a thousandth', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0.001, max: 1e7, noNaN: true }), { minLength: 1, maxLength: 300 }),
      (values) => {
        const latencies = new Latencies()
        for (const value of values) latencies.add(value)
        const sorted = values.toSorted((a, b) => a - b)
        const shares = [50, 90, 95, 99]
        for (const [index, told] of latencies.percentiles(shares).entries()) {
          const exact = sorted[Math.ceil(((shares[index] ?? 0) / 100) * values.length) - 1] ?? 0
          expect(Math.abs(told - exact) / exact).toBeLessThanOrEqual(0.001_000_1)
        }
      },
    ),
  )
})

test('a field is read back as it was quoted', () => {
  const field = fc.string({ maxLength: 12, unit: fc.constantFrom('a', ',', '"', ' ') })
  fc.assert(
    fc.property(fc.array(field, { minLength: 1, maxLength: 6 }), (fields) => {
      const record = fields.map((text) => `"${text.replaceAll('"', '""')}"`).join(',')
      expect(fieldsOf(record)).toEqual(fields)
    }),
  )
  expect(fieldsOf('a,"b')).toBeUndefined()
})
