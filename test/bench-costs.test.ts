import { join } from 'node:path'
import { expect, test } from 'vitest'
import { costsOf, costTable } from '../bench/costs.ts'

test('the benchmark tells what rules and collectors cost', async () => {
  const costs = await costsOf(join(import.meta.dirname, '../examples/ready'))
  expect(costs.map(({ part, name }) => `${part} ${name}`)).toEqual(
    expect.arrayContaining(['collector kubernetes', 'rule containers/non-root-user']),
  )
  const table = costTable(costs).split('\n')
  const heading = table.findIndex((line) => line.startsWith('rules: the costliest ten'))
  expect(table.slice(heading + 1)).toHaveLength(10)
})
