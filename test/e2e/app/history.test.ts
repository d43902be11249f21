import { describe, expect, test } from 'vitest'
import type { RepositoryScenario } from '../../simulator/scenario/repository.ts'
import { completed } from './checks.ts'
import { law, lawPath, runsAsNode } from './sources.ts'
import { useStage } from './use-stage.ts'

const { shared } = useStage()
const patience = 30_000
const file = '.github/prodgate-history.json'
const comparing = law('', `history: ${file}\n`).replace(
  'containers/non-root-user: critical',
  'containers/non-root-user: critical, tests/no-collapse: high',
)

const tests = (count: number): Record<string, string> => ({
  'reports/junit.xml': `<testsuites><testsuite name="till" tests="${count}">${Array.from(
    { length: count },
    (_, index) => `<testcase classname="till" name="opens ${index}"/>`,
  ).join('')}</testsuite></testsuites>\n`,
})

/** What a workflow writes once a deployment went through, and pushes. */
const keep = (shop: RepositoryScenario, sha: string, total: number): string => {
  const values = { 'tests.total': { total } }
  const entry = { sha, environment: 'production', decidedAt: '2026-11-10T10:00:00.000Z', decision: 'go', values }
  return shop.commit({ [file]: JSON.stringify({ schemaVersion: 1, entries: [entry] }) })
}

describe('a repository keeps the values of its deployments', () => {
  test('the next one is compared with the last that passed', async () => {
    const stage = await shared()
    const shop = stage.shop({ [lawPath]: comparing })
    const first = shop.head
    shop.run({ name: 'test', artifacts: { junit: tests(20) } })
    expect(await shop.deploy({ environment: 'production' }).answered(patience)).toBe('approved')
    keep(shop, first, 20)
    const fewer = shop.commit({ 'README.md': 'A shop' })
    shop.run({ name: 'test', sha: fewer, artifacts: { junit: tests(3) } })
    const asked = shop.deploy({ environment: 'production', sha: fewer })
    expect(await asked.answered(patience)).toBe('rejected')
    expect(asked.comment).toContain('There are about as many tests as before')
    const more = shop.commit({ 'README.md': 'A large shop' })
    shop.run({ name: 'test', sha: more, artifacts: { junit: tests(21) } })
    expect(await shop.deploy({ environment: 'production', sha: more }).answered(patience)).toBe('approved')
  })

  test('a pull request that brings a past of its own is compared with the one of its base', async () => {
    const stage = await shared()
    const shop = stage.shop({ [lawPath]: comparing })
    keep(shop, shop.head, 20)
    const own = { schemaVersion: 1, entries: [] }
    const pull = shop.pullRequest({ files: { Dockerfile: runsAsNode, [file]: JSON.stringify(own) } })
    shop.run({ name: 'test', sha: pull.sha, branch: 'checkout', artifacts: { junit: tests(3) } })
    await stage.quiet()
    expect((await completed(shop, pull.sha)).conclusion).toBe('failure')
  })

  test('a past that is none is no-go, and says what to repair', async () => {
    const stage = await shared()
    const shop = stage.shop({ [lawPath]: comparing, [file]: '{"schemaVersion":7}' })
    const asked = shop.deploy({ environment: 'production' })
    expect(await asked.answered(patience)).toBe('rejected')
    expect(asked.comment).toMatch(/is not of the form of a history.*Repair the history/)
  })
})
