import { expect, test } from 'vitest'
import { builtApp } from '../bundles/bundles.ts'
import { ordeal } from './ordeal.ts'

// The long one is `npm run chaos`.
test('every request is answered once and rightly, though the process dies and GitHub misbehaves', async () => {
  const outcome = await ordeal({
    bundle: builtApp(),
    database: 'embedded',
    requests: 20,
    seed: 11,
    seconds: 150,
  })
  expect(outcome).toMatchObject({ sent: 20, answered: 20, wrong: [], doubled: [], lost: [], violations: [] })
  expect(outcome.kills).toBeGreaterThan(1)
})
