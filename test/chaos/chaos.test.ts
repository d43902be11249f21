import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildApp, type BuiltApp } from '../e2e/app/build-app.ts'
import { ordeal } from './ordeal.ts'

let built: BuiltApp
beforeAll(async () => {
  built = await buildApp()
})
afterAll(() => built.remove())

// The long one is `npm run chaos`.
test('every request is answered once and rightly, though the process dies and GitHub misbehaves', async () => {
  const outcome = await ordeal({
    bundle: built.bundle,
    database: 'embedded',
    requests: 20,
    seed: 11,
    seconds: 100,
  })
  expect(outcome).toMatchObject({ sent: 20, answered: 20, wrong: [], doubled: [], lost: [], violations: [] })
  expect(outcome.kills).toBeGreaterThan(1)
}, 150_000)
