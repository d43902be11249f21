import { afterEach, beforeEach, expect, test } from 'vitest'
import { newShop, octokitOf, receiver } from './testing.ts'

const acme = { owner: 'acme', repo: 'shop' }
let made: Awaited<ReturnType<typeof newShop>>
let hook: Awaited<ReturnType<typeof receiver>>

beforeEach(async () => {
  hook = await receiver(() => made.app.webhookSecret)
  made = await newShop(hook.url)
})
afterEach(async () => {
  await made.github.settled()
  await made.github.stop()
  await hook.close()
  made.github.assertNoViolations()
})

const octokit = () => octokitOf(made.github, made.app, made.installation.id)
const answer = (run_id: number, state: 'approved' | 'rejected', environment_name = 'production') =>
  octokit().rest.actions.reviewCustomGatesForRun({ ...acme, run_id, environment_name, state, comment: 'no blockers' })
const report = (run_id: number, comment: string) =>
  octokit().rest.actions.reviewCustomGatesForRun({ ...acme, run_id, environment_name: 'production', comment })
const requests = () =>
  hook.received
    .filter(({ event }) => event === 'deployment_protection_rule')
    .map(({ payload, guid }) => ({ payload, guid }))

test('one final answer is taken, and the second is refused', async () => {
  const asked = made.shop.deploy({ environment: 'production' })
  const waiting = await octokit().rest.actions.listWorkflowRunsForRepo({ ...acme, status: 'waiting' })
  expect(waiting.data.workflow_runs.map(({ id }) => id)).toEqual([asked.run.id])
  expect((await answer(asked.run.id, 'approved')).status).toBe(204)
  await expect(answer(asked.run.id, 'rejected')).rejects.toMatchObject({ status: 422 })
  expect(await asked.answered()).toBe('approved')
  const approvals = await octokit().rest.actions.getReviewsForRun({ ...acme, run_id: asked.run.id })
  expect(approvals.data).toMatchObject([
    { state: 'approved', comment: 'no blockers', environments: [{ name: 'production' }] },
  ])
  expect(asked.run.status).toBe('in_progress')
  expect(made.github.journal.answers.map(({ state, status }) => [state, status])).toEqual([
    ['approved', 204],
    ['rejected', 422],
  ])
})

test('a rejection ends the run', async () => {
  const asked = made.shop.deploy({ environment: 'production' })
  await answer(asked.run.id, 'rejected')
  expect(asked.run).toMatchObject({ status: 'completed', conclusion: 'failure' })
  await expect(answer(asked.run.id, 'approved', 'staging')).rejects.toMatchObject({ status: 422 })
})

test('ten status reports are taken, of 1,024 characters each', async () => {
  const { run } = made.shop.deploy({ environment: 'production' })
  await report(run.id, '🚦'.repeat(1024))
  await expect(report(run.id, `${'🚦'.repeat(1024)}.`)).rejects.toMatchObject({ status: 422 })
  for (let n = 0; n < 9; n++) await report(run.id, `waits ${n}`)
  await expect(report(run.id, 'one more')).rejects.toMatchObject({ status: 422 })
  expect((await answer(run.id, 'approved')).status).toBe(204)
})

test('the request comes as it may: without deployment, without sha, twice', async () => {
  const { shop, github } = made
  shop.deploy({ environment: 'production' })
  shop.deploy({ environment: 'staging', withoutDeployment: true })
  shop.deploy({ environment: 'qa', withoutSha: true })
  shop.deploy({ environment: 'demo', twice: true })
  await github.settled()
  const payloads = requests().map(({ payload }) => payload)
  const of = (environment: string) => payloads.filter((payload) => payload['environment'] === environment)
  expect(of('production')).toMatchObject([{ sha: shop.head, ref: 'refs/heads/main', deployment: { sha: shop.head } }])
  expect(of('staging')).toMatchObject([{ sha: shop.head, deployment: null }])
  expect(of('qa')[0]).not.toHaveProperty('sha')
  expect(of('demo')).toHaveLength(2)
  expect(new Set(requests().map(({ guid }) => guid)).size).toBe(5)
})

test('a run that is started again asks again, under the same address', async () => {
  const first = made.shop.deploy({ environment: 'production' })
  await answer(first.run.id, 'rejected')
  const second = first.rerun()
  expect(first.run).toMatchObject({ status: 'waiting', attempt: 2 })
  await answer(first.run.id, 'approved')
  expect([first.state, second.state, first.run.status]).toEqual(['rejected', 'approved', 'in_progress'])
  await made.github.settled()
  const urls = requests().map(({ payload }) => payload['deployment_callback_url'])
  expect(urls[0]).toBe(urls[1])
})

test('an answer of which the app never hears is counted', async () => {
  const { run } = made.shop.deploy({ environment: 'production' })
  made.github.faults.add({ route: 'POST *deployment_protection_rule', kind: 'drop', carriedOut: true })
  await expect(answer(run.id, 'approved')).rejects.toMatchObject({ status: 500 })
  await expect(answer(run.id, 'approved')).rejects.toMatchObject({ status: 422 })
  expect(made.github.journal.answers.map(({ status, answerLost }) => [status, answerLost])).toEqual([
    [204, true],
    [422, false],
  ])
})
