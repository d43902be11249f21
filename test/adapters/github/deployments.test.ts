import { afterEach, beforeEach, expect, test } from 'vitest'
import { liveShop, type LiveShop } from './live.ts'

let live: LiveShop

beforeEach(async () => {
  live = await liveShop()
  live.shop.environment('staging', { apps: [] })
})
afterEach(async () => {
  await live.github.stop()
  live.github.assertNoViolations()
})

const deploy = (sha = live.shop.head, environment = 'staging') => live.shop.deploy({ environment, sha })
const asked = (): number =>
  live.github.journal.requests.filter((route) => route === 'GET /repos/{owner}/{repo}/deployments').length
const valueOf = <T>(answer: { ok: true; value: T } | { ok: false; problem: object }): T => {
  if (!answer.ok) throw new Error(JSON.stringify(answer.problem))
  return answer.value
}

test('deployments of a commit come with what was said of them, the replaced ones too', async () => {
  const first = deploy().finish()
  const sha = live.shop.commit({ 'README.md': 'A shop' })
  deploy(sha).finish()
  const { deployments } = live.acme
  const [own, ...more] = valueOf(await deployments.ofCommit(first.run.sha))
  expect(more).toEqual([])
  expect(own).toMatchObject({ id: first.deployment?.id, sha: first.run.sha, environment: 'staging' })
  const statuses = valueOf(await deployments.statuses(own?.id ?? 0))
  expect(statuses.map(({ state, environment }) => [state, environment])).toEqual([
    ['inactive', 'staging'],
    ['success', 'staging'],
  ])
  const there = valueOf(await deployments.to('staging', new Date(0)))
  expect(there.map((one) => one.sha)).toEqual([sha, first.run.sha])
})

test('no more is read than reaches back to an instant', async () => {
  const { now } = live.github
  live.github.now = () => now() - 3_600_000
  for (let count = 0; count < 150; count++) deploy()
  live.github.now = now
  deploy()
  const { deployments } = live.acme
  expect(valueOf(await deployments.to('staging', new Date(now() - 60_000)))).toHaveLength(100)
  expect(asked()).toBe(1)
  expect(valueOf(await deployments.to('staging', new Date(now() - 7_200_000)))).toHaveLength(151)
  expect(asked()).toBe(3)
})

test('a list that is longer than is read is a problem, and not a part of it', async () => {
  const sha = live.shop.head
  for (let count = 0; count < 300; count++) deploy(sha)
  const { deployments } = live.acme
  const problem = { kind: 'rejected', message: expect.stringMatching(/more than \d+ deployments/) }
  expect(await deployments.ofCommit(sha)).toMatchObject({ ok: false, problem })
  expect(await deployments.to('staging', new Date(0))).toMatchObject({ ok: false, problem })
})

test('statuses that are more than is read are a problem', async () => {
  const made = deploy()
  for (let count = 0; count < 100; count++) made.say('in_progress')
  expect(await live.acme.deployments.statuses(made.deployment?.id ?? 0)).toMatchObject({ ok: false })
})

test('without the right to read deployments there is a problem', async () => {
  const { deployments: _, ...rest } = live.installation.state.permissions
  live.installation.grant(rest)
  expect(await live.acme.deployments.ofCommit(live.shop.head)).toMatchObject({
    ok: false,
    problem: { kind: 'forbidden' },
  })
})
