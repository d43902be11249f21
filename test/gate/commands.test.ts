import { expect, test } from 'vitest'
import { parseCommand } from '../../src/gate/commands/parse.ts'
import { bad, commit, good, policy, pullEvent, testWorld, type TestWorld } from './world.ts'

test.each<[string, unknown]>([
  ['/prodgate recheck', { name: 'recheck' }],
  ['Please look.\r\n/prodgate  status \r\n/prodgate recheck', { name: 'status' }],
  ['/prodgate explain containers/base-image-tag', { name: 'explain', rule: 'containers/base-image-tag' }],
  ['/prodgate', { name: 'help' }],
  ['/prodgate explain', { name: 'unknown', word: 'explain' }],
  ['/prodgate recheck now', { name: 'unknown', word: 'recheck now' }],
  ['> /prodgate recheck', undefined],
  ['see /prodgate recheck', undefined],
  ['/prodgated recheck', undefined],
  [`/prodgate explain ${'x'.repeat(600)}`, undefined],
])('%j is read', (text, command) => {
  expect(parseCommand(text)).toEqual(command)
})

const opened = async (files: Record<string, string> = bad): Promise<{ world: TestWorld; head: string }> => {
  const world = testWorld(policy('{ minimum-score: 0, sign-offs: [{ role: owner, users: [ada] }] }'))
  const head = commit(world, 'head', files)
  const pull = {
    number: 1,
    open: true,
    draft: false,
    head: { sha: head, sameRepository: true },
    base: { branch: 'main' },
    updatedAt: '2026-11-18T09:00:00Z',
  }
  world.shop.pulls.push(pull)
  Object.assign(world.shop.permissions, { ada: 'admin', grace: 'write', rita: 'read' })
  await world.deliver('pull_request', pullEvent(head))
  await world.settle()
  world.app.calls.length = 0
  return { world, head }
}

const say = async (world: TestWorld, text: string, more: Record<string, unknown> = {}): Promise<string[]> => {
  const { login = 'grace', action = 'created', type = 'User' } = more
  const user = { login, type }
  const issue = { number: 1, pull_request: {} }
  await world.deliver('issue_comment', { action, issue, comment: { id: 500, body: text, user }, sender: user })
  await world.settle()
  return (world.shop.conversations.get(1)?.comments ?? []).slice(1).map(({ body }) => body)
}

test('status says what the check says, for who may read, after a reaction', async () => {
  const { world } = await opened()
  expect((await say(world, '/prodgate status', { login: 'rita' }))[0]).toContain('no-go: 1 blocker')
  expect(world.shop.reactions).toEqual([{ comment: 500, reaction: 'eyes' }])
})

test.each([
  ['explain base-image-tag', 'containers/base-image-tag'],
  ['explain image-tag', 'Did you mean'],
  ['explain nothing/of-the-kind', 'There is no rule'],
  ['help', '/prodgate recheck'],
  ['dance @ada', '/prodgate help'],
])('/prodgate %s', async (command, answer) => {
  const { world } = await opened()
  const [said] = await say(world, `/prodgate ${command}`)
  expect(said).toContain(answer)
  expect(said).not.toContain('@ada')
})

test('recheck judges the newest commit with all evidence, for who may write', async () => {
  const { world, head } = await opened()
  await say(world, '/prodgate recheck', { login: 'rita' })
  expect(world.app.calls).toEqual(['people.permission', 'react'])
  expect(world.shop.reactions).toEqual([{ comment: 500, reaction: '-1' }])
  // The head moves between what was printed and the command; its event is still on the way.
  const next = commit(world, 'next', good)
  world.shop.pulls[0] = { ...world.shop.pulls[0]!, head: { sha: next, sameRepository: true } }
  await say(world, '/prodgate recheck')
  expect(world.shop.checks.map(({ sha }) => sha)).toEqual([head, next])
})

test.each<[string, Record<string, unknown>]>([
  ['an edited comment', { action: 'edited' }],
  ['a bot', { type: 'Bot' }],
])('%s is no command', async (_, more) => {
  const { world } = await opened()
  expect(await say(world, '/prodgate status', more)).toEqual([])
  expect(world.app.calls).toEqual([])
})

test('a command that is tried again is answered once', async () => {
  const { world } = await opened()
  let times = 0
  world.app.fault = (operation) =>
    operation === 'comments.create' && times++ === 0
      ? { problem: { kind: 'unreachable', message: 'dropped' }, done: true }
      : undefined
  expect(await say(world, '/prodgate help')).toHaveLength(1)
})

const press = async (world: TestWorld, sha: string, identifier: string, login: string): Promise<void> => {
  await world.deliver('check_run', {
    action: 'requested_action',
    check_run: { head_sha: sha, name: 'prodgate / production', external_id: 'production' },
    requested_action: { identifier },
    sender: { login },
  })
  await world.settle()
}

test('a waiver is written out for who may write, and changes nothing', async () => {
  const { world, head } = await opened()
  await press(world, head, 'request-waiver', 'rita')
  await press(world, head, 'request-waiver', 'grace')
  const talk = world.shop.conversations.get(1)?.comments ?? []
  expect(talk).toHaveLength(2)
  expect(talk[1]?.body).toContain('rule: "containers/base-image-tag"\n    paths: ["Dockerfile"]')
  expect(world.shop.checks[0]?.state).toMatchObject({ conclusion: 'failure' })
})

test('a sign-off of who has the role completes the check; of others it says who can', async () => {
  const { world, head } = await opened(good)
  expect(world.shop.checks[0]?.state).toMatchObject({ conclusion: 'action_required' })
  await press(world, head, 'sign-off', 'grace')
  expect(world.shop.conversations.get(1)?.comments[1]?.body).toContain('owner: ada')
  await press(world, head, 'sign-off', 'ada')
  expect(world.shop.checks[0]?.state).toMatchObject({ conclusion: 'success' })
  expect(world.store.keptSignOffs).toMatchObject([{ role: 'owner', login: 'ada', sha: head }])
})

test('a sign-off of a commit that is no head any more is refused', async () => {
  const { world, head } = await opened(good)
  const next = commit(world, 'next', good)
  await world.deliver('pull_request', pullEvent(next, 'synchronize', { updated_at: '2026-11-18T09:30:00Z' }))
  await press(world, head, 'sign-off', 'ada')
  expect(world.store.keptSignOffs).toEqual([])
})
