import { describe, expect, test } from 'vitest'
import type { RepositoryScenario } from '../../simulator/scenario/repository.ts'
import { checkAt, completed } from './checks.ts'
import { aheadBy } from './clock.ts'
import { law, lawPath } from './sources.ts'
import { until, type Stage } from './stage.ts'
import { useStage } from './use-stage.ts'

const { shared, prepare } = useStage()
const patience = 30_000
const hour = 3_600_000
const soakLaw = law('soak: { environment: staging, for: 72h }, deadline: 7d')

/** A commit is deployed to staging so many hours ago, and nothing asks whether it may be. */
const staged = (stage: Stage, shop: RepositoryScenario, hours: number, sha = shop.head) => {
  const { now } = stage.github
  shop.environment('staging', { apps: [] })
  stage.github.now = () => now() - hours * hour
  const made = shop.deploy({ environment: 'staging', sha }).finish()
  stage.github.now = now
  return made
}

describe('a policy asks that the commit ran in staging for three days', () => {
  test('and it did: the deployment goes on', async () => {
    const stage = await shared()
    const shop = stage.shop({ [lawPath]: soakLaw })
    staged(stage, shop, 73)
    expect(await shop.deploy({ environment: 'production' }).answered(patience)).toBe('approved')
  })

  test('and another commit took its place on the second day: it is held, and says so', async () => {
    const stage = await shared()
    const shop = stage.shop({ [lawPath]: soakLaw })
    const sha = shop.head
    staged(stage, shop, 100, sha)
    staged(stage, shop, 60, shop.commit({ 'README.md': 'A shop' }, { silent: true }))
    const asked = shop.deploy({ environment: 'production', sha })
    await until('it says what it waits for', () => asked.reports.length > 0)
    expect(asked.reports[0]).toMatch(/awaits 72h of the same commit in staging.*replaced there too early/)
    expect(asked.state).toBe('waiting')
  })

  test('and it fails there while the deployment waits: the report says so', async () => {
    const stage = await shared()
    const shop = stage.shop({ [lawPath]: soakLaw })
    const there = staged(stage, shop, 71)
    const asked = shop.deploy({ environment: 'production' })
    await until('it says what it waits for', () => asked.reports.length > 0)
    expect(asked.reports[0]).toMatch(/there since .* long enough /)
    there.say('failure')
    await until('it says that it failed', () => /its deployment there failed/.test(asked.reports.at(-1) ?? ''))
    expect(asked.state).toBe('waiting')
  })

  test('and the App may not read deployments: nothing goes on', async () => {
    const stage = await shared()
    const { shop, installation } = stage.organization({ [lawPath]: soakLaw })
    staged(stage, shop, 73)
    await stage.quiet()
    stage.github.faults.add({
      kind: 'answer',
      route: 'GET /repos/{owner}/{repo}/deployments',
      times: 100,
      answer: { status: 403, body: { message: 'Resource not accessible by integration', documentation_url: '' } },
    })
    const asked = shop.deploy({ environment: 'production' })
    await until('it says what it waits for', () => asked.reports.length > 0)
    expect(asked.reports[0]).toContain('whether it ran there is not known')
    await stage.quiet()
    expect(asked.state).toBe('waiting')
    expect(installation.state.permissions['deployments']).toBe('write')
  })

  test('and it has been there for 71 hours: it is held until the moment that it says, and then goes on', async () => {
    const stage = await prepare()
    await stage.process.start()
    const shop = stage.shop({ [lawPath]: soakLaw })
    const sha = shop.commit({ 'README.md': 'A shop' })
    staged(stage, shop, 71, sha)
    const asked = shop.deploy({ environment: 'production', sha })
    await until('it says what it waits for', () => asked.reports.length > 0)
    expect((await completed(shop, sha)).conclusion).toBe('neutral')
    await stage.quiet()
    expect(asked.state).toBe('waiting')
    expect(asked.reports).toHaveLength(1)
    await stage.process.stop()

    stage.github.now = () => Date.now() + 2 * hour
    await stage.process.start(aheadBy(2 * hour))
    expect(await asked.answered(patience)).toBe('approved')
    expect(checkAt(shop, sha)?.status).toBe('completed')
  })
})

test('what cannot soak before its deadline is rejected at once', async () => {
  const stage = await shared()
  const shop = stage.shop({ [lawPath]: law('soak: { environment: staging, for: 72h }') })
  staged(stage, shop, 2)
  const asked = shop.deploy({ environment: 'production' })
  expect(await asked.answered(patience)).toBe('rejected')
  expect(asked.comment).toMatch(/long enough .* cannot be met before the deadline/)
})
