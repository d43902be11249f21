import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { newShop, octokitOf, receiver } from './testing.ts'

let made: Awaited<ReturnType<typeof newShop>>
let hook: Awaited<ReturnType<typeof receiver>>
let status = 200

beforeEach(async () => {
  status = 200
  hook = await receiver(
    () => made.app.webhookSecret,
    () => status,
  )
  made = await newShop(hook.url)
  await made.github.settled()
})
afterEach(async () => {
  await made.github.settled()
  await made.github.stop()
  await hook.close()
  made.github.assertNoViolations()
  if (!hook.received.every(({ genuine }) => genuine)) throw new Error('a webhook has a wrong signature')
})

const names = (): string[] => hook.received.map(({ event, payload }) => [event, payload.action].join(' ').trim())
const app = () => octokitOf(made.github, made.app)

test('every event has the form that GitHub describes', async () => {
  const { shop, github, app: installedApp, installation } = made
  github.repository('mallory/shop', { parent: 'acme/shop' })
  const pull = shop.pullRequest({ files: { a: 'b' }, draft: true })
  const comment = pull.comment('ada', '/prodgate help')
  pull.editComment(comment, '/prodgate status')
  pull.ready().edit('Another title').close().reopen()
  pull.push({ c: 'd' })
  const fork = shop.pullRequest({ fork: 'mallory/shop', files: { e: 'f' }, author: 'mallory' })
  fork.push({ e: 'g' })
  const octokit = octokitOf(github, installedApp, installation.id)
  const check = { owner: 'acme', repo: 'shop', name: 'prodgate / production', head_sha: pull.sha }
  await octokit.rest.checks.create({ ...check, conclusion: 'failure', output: { title: 'no-go', summary: 'root' } })
  const [run] = shop.checks(pull.sha).values()
  if (run === undefined) throw new Error('no check run')
  shop.rerequest(run)
  shop.rerequestSuite(run)
  shop.press(run, 'recheck')
  const building = shop.run({ status: 'in_progress' })
  shop.finish(building)
  pull.merge()
  shop.mergeGroup({ q: 'r' })
  shop.deploy({ environment: 'production' }).finish()
  installation.suspend().unsuspend().grant({ contents: 'read' }).add('acme/shop').remove()
  await github.settled()
  const kinds = new Set(names())
  for (const name of [
    'installation created',
    'installation suspend',
    'installation deleted',
    'installation_repositories added',
    'installation unsuspend',
    'installation new_permissions_accepted',
    'push',
    'pull_request opened',
    'pull_request synchronize',
    'pull_request ready_for_review',
    'pull_request edited',
    'pull_request closed',
    'pull_request reopened',
    'issue_comment created',
    'issue_comment edited',
    'check_suite requested',
    'check_suite rerequested',
    'check_run created',
    'check_run completed',
    'check_run rerequested',
    'check_run requested_action',
    'workflow_run requested',
    'workflow_run completed',
    'merge_group checks_requested',
    'deployment_protection_rule requested',
    'deployment_status created',
  ])
    expect.soft(kinds).toContain(name)
})

test('a fork names no pull request beside its checks', async () => {
  const { shop, github } = made
  github.repository('mallory/shop', { parent: 'acme/shop' })
  const fork = shop.pullRequest({ fork: 'mallory/shop', files: { e: 'f' }, author: 'mallory' })
  fork.push({ e: 'g' })
  await github.settled()
  const suites = hook.received.filter(({ event }) => event === 'check_suite')
  expect(
    suites.map(({ payload }) => (payload as { check_suite: { head_sha: string } }).check_suite.head_sha),
  ).toContain(fork.sha)
  expect(suites.every(({ payload }) => JSON.stringify(payload).includes('"pull_requests":[]'))).toBe(true)
})

test('a failed delivery is not sent again unless asked for, and keeps its GUID', async () => {
  status = 500
  made.shop.commit({ a: 'b' })
  await made.github.settled()
  const failed = await app().rest.apps.listWebhookDeliveries({ status: 'failure' })
  expect(failed.data.map(({ event, status_code }) => `${event} ${status_code}`).toSorted()).toEqual([
    'check_suite 500',
    'push 500',
  ])
  status = 200
  const push = failed.data.find(({ event }) => event === 'push')
  if (push === undefined) throw new Error('no push')
  const again = await app().rest.apps.redeliverWebhookDelivery({ delivery_id: push.id })
  expect(again.status).toBe(202)
  await made.github.settled()
  const all = await app().rest.apps.listWebhookDeliveries()
  expect(all.data[0]).toMatchObject({ guid: push.guid, redelivery: true, status: 'OK' })
  const one = await app().rest.apps.getWebhookDelivery({ delivery_id: push.id })
  expect(one.data.request.payload).toMatchObject({ ref: 'refs/heads/main' })
  expect(hook.received.filter(({ guid }) => guid === push.guid)).toHaveLength(2)
})

test('deliveries are paged by a cursor', async () => {
  for (let n = 0; n < 6; n++) made.shop.commit({ a: String(n) })
  await made.github.settled()
  const octokit = app()
  const all = await octokit.paginate(octokit.rest.apps.listWebhookDeliveries, { per_page: 5 })
  expect(all).toHaveLength(13)
  expect(new Set(all.map(({ id }) => id)).size).toBe(13)
})

test('nobody there, or an answer that comes too late, is a failure', async () => {
  made.app.webhookUrl = 'http://127.0.0.1:1/'
  made.shop.commit({ a: 'b' })
  await made.github.settled()
  expect(made.github.deliveries.log.at(-1)).toMatchObject({ statusCode: 502, status: 'failed to connect to host' })
  const silent = createServer(() => {})
  await new Promise<void>((resolve) => {
    silent.listen(0, '127.0.0.1', resolve)
  })
  made.app.webhookUrl = `http://127.0.0.1:${(silent.address() as AddressInfo).port}/`
  made.github.deliveries.timeout = 100
  made.shop.commit({ a: 'c' })
  await made.github.settled()
  silent.closeAllConnections()
  silent.close()
  expect(made.github.deliveries.log.at(-1)).toMatchObject({ statusCode: 504, status: 'timed out' })
})

test('deliveries get lost and come twice where told so', async () => {
  made.github.deliveries.faults.push({ event: 'push', kind: 'lost' }, { event: 'check_suite', kind: 'twice' })
  made.shop.commit({ a: 'b' })
  await made.github.settled()
  const after = names().filter((name) => name !== 'installation created')
  expect(after).toEqual(['check_suite requested', 'check_suite requested'])
})
