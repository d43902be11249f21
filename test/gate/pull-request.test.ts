import { expect, test } from 'vitest'
import { bad, commit, good, policy, pullEvent, shaOf, testWorld } from './world.ts'

const path = '.github/prodgate.yml'

test('a pull request gets one check run and one comment, and both are edited in place', async () => {
  const world = testWorld()
  const { shop } = world
  const head = commit(world, 'head', { ...bad, [path]: policy() })
  await world.deliver('pull_request', pullEvent(head))
  await world.settle()
  expect(shop.checks.map(({ name, sha, state }) => ({ name, sha, state }))).toEqual([
    { name: 'prodgate / production', sha: head, state: { status: 'completed', conclusion: 'failure' } },
  ])
  expect(shop.checks[0]?.output.title).toMatch(/^no-go: 1 blocker, score 0, minimum 0$/)
  expect(shop.checks[0]?.output.annotations).toMatchObject([{ path: 'Dockerfile', startLine: 1, level: 'failure' }])
  expect(shop.checks[0]?.actions.map(({ identifier }) => identifier)).toEqual(['recheck', 'request-waiver', 'sign-off'])
  const talk = shop.conversations.get(1)
  expect(talk?.comments.map(({ body }) => body.split('\n')[0])).toEqual(['<!-- prodgate:production -->'])
  expect(talk?.comments[0]?.body).toContain(
    `[\`Dockerfile:1\`](https://github.com/acme/till/blob/${head}/Dockerfile#L1)`,
  )
  expect(talk?.comments[0]?.body).not.toContain('prodgate-host')

  const next = commit(world, 'next', { ...good, [path]: policy() })
  world.app.calls.length = 0
  await world.deliver('pull_request', pullEvent(next, 'synchronize', { updated_at: '2026-11-18T09:30:00Z' }))
  await world.settle()
  expect(world.app.calls).toEqual([
    'commits.compare',
    'checks.create',
    'commits.workspace',
    'checks.update',
    'comments.edit',
  ])
  expect(talk?.comments).toHaveLength(1)
  expect(talk?.comments[0]?.body).toContain('✅ Go')
})

test('nothing is written again where nothing changed', async () => {
  const world = testWorld()
  const head = commit(world, 'head', bad)
  await world.deliver('pull_request', pullEvent(head))
  await world.settle()
  world.app.calls.length = 0
  await world.deliver('pull_request', pullEvent(head, 'ready_for_review'))
  await world.deliver('workflow_run', { action: 'completed', workflow_run: { head_sha: head } })
  await world.settle()
  expect(world.app.calls.filter((call) => /create|update|edit|workspace/.test(call))).toEqual([])
  expect(world.judged).toBe(1)
})

test('a delivery of an old head that comes late does not overwrite the comment', async () => {
  const world = testWorld()
  const old = commit(world, 'old', bad)
  const head = commit(world, 'head', good)
  await world.deliver('pull_request', pullEvent(head, 'synchronize', { updated_at: '2026-11-18T09:30:00Z' }))
  await world.deliver('pull_request', pullEvent(old, 'opened', { updated_at: '2026-11-18T09:00:00Z' }))
  await world.settle()
  expect(world.shop.conversations.get(1)?.comments.map(({ body }) => body.includes('✅ Go'))).toEqual([true])
})

test('a policy that is edited in the head does not count, and that is told', async () => {
  const world = testWorld()
  const head = commit(world, 'head', { ...bad, [path]: policy('{ mode: observe }') })
  await world.deliver('pull_request', pullEvent(head))
  await world.settle()
  expect(world.shop.checks[0]?.state).toEqual({ status: 'completed', conclusion: 'failure' })
  expect(world.shop.conversations.get(1)?.comments[0]?.body).toContain('counts once it is merged')
})

test.each<[string, Record<string, string>, boolean]>([
  ['lags behind', { [path]: policy('{ blocking: low }') }, false],
  ['deletes it', {}, true],
])('a branch that %s: is it told to edit the policy?', async (_, files, told) => {
  const world = testWorld()
  const head = commit(world, 'head', { ...good, ...files })
  world.shop.mergeBases[head] = shaOf('before')
  world.shop.commits[shaOf('before')] = { ...good, [path]: policy('{ blocking: low }') }
  await world.deliver('pull_request', pullEvent(head))
  await world.settle()
  expect(world.shop.conversations.get(1)?.comments[0]?.body.includes('counts once it is merged')).toBe(told)
})

test('what the base has too blocks nobody, and the base is judged once', async () => {
  const world = testWorld(policy(), bad)
  const head = commit(world, 'head', { ...bad, 'README.md': '# Till\n' })
  await world.deliver('pull_request', pullEvent(head))
  await world.settle()
  expect(world.shop.checks[0]?.state).toEqual({ status: 'completed', conclusion: 'success' })
  const next = commit(world, 'next', { ...bad, 'README.md': '# The till\n' })
  world.app.calls.length = 0
  await world.deliver('pull_request', pullEvent(next, 'synchronize', { updated_at: '2026-11-18T09:30:00Z' }))
  await world.settle()
  expect(world.app.calls.filter((call) => call === 'commits.workspace')).toHaveLength(1)
  expect(world.shop.checks[1]?.state).toEqual({ status: 'completed', conclusion: 'success' })
})

test('a policy that cannot be read is no-go, and never the recommended one', async () => {
  const world = testWorld('version: 2\n')
  const head = commit(world, 'head', good)
  await world.deliver('pull_request', pullEvent(head))
  await world.settle()
  expect(world.shop.checks.map(({ name, state }) => ({ name, state }))).toEqual([
    { name: 'prodgate / production', state: { status: 'completed', conclusion: 'failure' } },
  ])
})

test('without a policy the organisation decides, and without that the recommended policy', async () => {
  const world = testWorld(undefined)
  world.shop.commits[shaOf('main')] = good
  world.app.organisationRef = { id: 8, owner: 'acme', name: '.github', installation: 3 }
  const shared = world.app.repository(8)
  shared.branches['main'] = shaOf('law')
  shared.commits[shaOf('law')] = { [path]: policy().replace('production:', 'live:') }
  await world.deliver('push', { ref: 'refs/heads/main', after: shaOf('main') })
  await world.settle()
  expect(world.shop.checks.map(({ name }) => name)).toEqual(['prodgate / live'])
})

test('judging that fails leaves a check that is completed, and never as a success', async () => {
  const world = testWorld()
  const head = commit(world, 'head', good)
  world.broken = new Error('judging took longer than 120 seconds')
  await world.deliver('pull_request', pullEvent(head))
  await world.settle()
  expect(world.shop.checks.map(({ state }) => state)).toEqual([{ status: 'completed', conclusion: 'failure' }])
  expect(world.shop.checks[0]?.output.summary).toContain('longer than 120 seconds')
  expect(world.queue.dead).toHaveLength(1)
})

test.each(['checks.create', 'comments.create', 'checks.update'])(
  'an answer to %s that is lost makes no second one',
  async (operation) => {
    const world = testWorld()
    const head = commit(world, 'head', bad)
    let times = 0
    world.app.fault = (asked) =>
      asked === operation && times++ === 0
        ? { problem: { kind: 'unreachable', message: 'dropped' }, done: true }
        : undefined
    await world.deliver('pull_request', pullEvent(head))
    await world.settle()
    expect(world.shop.checks.map(({ state }) => state)).toEqual([{ status: 'completed', conclusion: 'failure' }])
    expect(world.shop.conversations.get(1)?.comments).toHaveLength(1)
  },
)

test('somebody who asks for a check again has it completed again', async () => {
  const world = testWorld()
  const head = commit(world, 'head', bad)
  await world.deliver('pull_request', pullEvent(head))
  await world.settle()
  world.app.calls.length = 0
  await world.deliver('check_run', {
    action: 'rerequested',
    check_run: { head_sha: head, name: 'prodgate / production' },
  })
  await world.settle()
  expect(world.app.calls).toContain('checks.update')
  expect(world.shop.checks).toHaveLength(1)
})

test('the commit of a merge queue is judged as a change to its branch', async () => {
  const world = testWorld(policy(), bad)
  const queued = commit(world, 'queued', bad)
  const group = { head_sha: queued, base_ref: 'refs/heads/main' }
  await world.deliver('merge_group', { action: 'checks_requested', merge_group: group })
  await world.settle()
  expect(world.shop.checks.map(({ sha, state }) => ({ sha, state }))).toEqual([
    { sha: queued, state: { status: 'completed', conclusion: 'success' } },
  ])
})
