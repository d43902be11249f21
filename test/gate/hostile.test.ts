import { expect, test } from 'vitest'
import { ask, main, states, worldOf } from './deployment-world.ts'
import {
  artifact,
  bad,
  commit,
  good,
  policy,
  pullEvent,
  run,
  shaOf,
  testWorld,
  till,
  withTests,
  type TestWorld,
} from './world.ts'

const minute = 60_000
const path = '.github/prodgate.yml'

const failing =
  '<testsuites><testsuite name="till" tests="1" failures="1"><testcase classname="till" name="opens"><failure message="no"/></testcase></testsuite></testsuites>'

test.each([
  ['oldest first', [artifact(1), artifact(2, failing)]],
  ['newest first', [artifact(2, failing), artifact(1)]],
])('of artifacts with one name in one run the newest counts, listed %s', async (_, listed) => {
  const world = worldOf(withTests())
  world.shop.runs.push({ ...run(56, main), attempt: 2 })
  world.shop.artifacts.set(56, listed)
  await ask(world)
  expect(states(world)).toEqual(['rejected'])
})

test('a run that was started again and passes is not held against its first attempt', async () => {
  const world = worldOf(withTests())
  world.shop.runs.push({ ...run(56, main), attempt: 2 })
  world.shop.artifacts.set(56, [artifact(2), artifact(1, failing)])
  await ask(world)
  expect(states(world)).toEqual(['approved'])
})

test.each(['Production', 'PROD-eu', ' production '])(
  'the environment %j is not another one by its letters',
  async (name) => {
    const law = `version: 1
extends: []
environments:
  staging: { names: ["*"], blocking: critical, minimum-score: 0 }
  production: { names: [prod-*], minimum-score: 0 }
rules:
  containers/base-image-tag: high
`
    const world = worldOf(name === 'PROD-eu' ? law.replace('"*"', '"stag*"') : law, bad)
    await ask(world, { environment: name })
    expect(states(world)).toEqual(['rejected'])
  },
)

const evilLaw = policy('{ mode: observe, minimum-score: 0 }')

/** A pull request to a branch with another law, and one to main, of one commit. */
const twoPulls = async (first: string, second: string): Promise<{ world: TestWorld; head: string }> => {
  const world = testWorld()
  world.shop.branches['evil'] = shaOf('evil')
  world.shop.commits[shaOf('evil')] = { ...good, [path]: evilLaw }
  const head = commit(world, 'head', bad)
  await world.deliver('pull_request', pullEvent(head, 'opened', { number: 1, base: { ref: first } }))
  await world.deliver('pull_request', pullEvent(head, 'opened', { number: 2, base: { ref: second } }))
  await world.settle()
  return { world, head }
}

test.each([
  ['evil', 'main'],
  ['main', 'evil'],
])('a commit that is a change to %s and to %s has the worse verdict of both', async (first, second) => {
  const { world } = await twoPulls(first, second)
  expect(world.shop.checks).toMatchObject([{ state: { conclusion: 'failure' } }])
  expect(world.shop.conversations.get(1)?.comments).toHaveLength(1)
  expect(world.shop.conversations.get(2)?.comments).toHaveLength(1)
})

test('events of two pull requests at once lose neither', async () => {
  const world = testWorld()
  const head = commit(world, 'head', bad)
  const events = [1, 2].map((number) => pullEvent(head, 'opened', { number }))
  for (const one of events) await world.deliver('pull_request', one)
  const jobs = world.queue.waiting.splice(0)
  await Promise.all(jobs.map(({ job }) => world.handlers.delivery(job as { guid: string }, undefined as never)))
  await world.settle()
  expect(world.shop.conversations.get(1)?.comments).toHaveLength(1)
  expect(world.shop.conversations.get(2)?.comments).toHaveLength(1)
})

test('a retarget in the second of the opening counts, in whatever order the two arrive', async () => {
  const world = testWorld()
  world.shop.branches['evil'] = shaOf('evil')
  world.shop.commits[shaOf('evil')] = { ...good, [path]: evilLaw }
  const head = commit(world, 'head', bad)
  world.shop.pulls.push({
    number: 1,
    open: true,
    draft: false,
    head: { sha: head, sameRepository: true },
    base: { branch: 'main' },
    updatedAt: '2026-11-18T09:00:00Z',
  })
  const retarget = { ...pullEvent(head, 'edited'), changes: { base: { ref: { from: 'evil' } } } }
  await world.deliver('pull_request', retarget)
  await world.deliver('pull_request', pullEvent(head, 'opened', { base: { ref: 'evil' } }))
  await world.settle()
  expect(world.shop.checks).toMatchObject([{ state: { conclusion: 'failure' } }])
})

test('a commit that was fast-forwarded into main is judged as a whole, and can be signed off', async () => {
  const world = testWorld(policy('{ minimum-score: 0, sign-offs: [{ role: owner, users: [ada] }] }'), bad)
  await world.deliver('pull_request', pullEvent(main))
  await world.settle()
  await world.deliver('push', { ref: 'refs/heads/main', after: main })
  await world.deliver(
    'pull_request',
    pullEvent(main, 'closed', { state: 'closed', updated_at: '2026-11-18T09:30:00Z' }),
  )
  await world.settle()
  await world.deliver('check_suite', { action: 'rerequested', check_suite: { head_sha: main } })
  await world.settle()
  expect(world.shop.checks).toMatchObject([{ state: { conclusion: 'failure' } }])
  await world.deliver('check_run', {
    action: 'requested_action',
    check_run: { head_sha: main, name: 'prodgate / production', external_id: 'production' },
    requested_action: { identifier: 'sign-off' },
    sender: { login: 'ada' },
  })
  await world.settle()
  expect(world.store.keptSignOffs).toHaveLength(1)
})

test('a sign-off of who has left the role since does not count', async () => {
  const law = (who: string): string => policy(`{ minimum-score: 0, sign-offs: [{ role: owner, users: [${who}] }] }`)
  const world = worldOf(law('ada'))
  await world.store.signOffs.add({
    repository: 7,
    sha: main,
    environment: 'production',
    role: 'owner',
    login: 'mallory',
    at: world.clock.now(),
  })
  await ask(world)
  expect(states(world)).toEqual([])
})

test('an answer to a repository that cannot be seen just now is not taken for told', async () => {
  const world = worldOf()
  world.app.fault = (operation) =>
    operation === 'gates.decide' || operation === 'defaultBranch.check'
      ? { problem: { kind: 'missing', status: 404, message: 'Not Found' } }
      : undefined
  let hidden = false
  const fault = world.app.fault
  world.app.fault = (operation) => {
    if (operation === 'gates.decide') hidden = true
    if (hidden && operation === 'defaultBranch') return { problem: { kind: 'missing', message: 'Not Found' } }
    return fault(operation)
  }
  await ask(world)
  expect([...world.store.keptGates.values()]).toMatchObject([{ state: 'answering' }])
  world.app.fault = () => undefined
  world.pass(minute)
  await world.queue.send('reconcile', {})
  await world.settle()
  expect(states(world)).toEqual(['approved'])
})

test('a deployment that waits for evidence is looked at again though no event comes', async () => {
  const world = worldOf(withTests())
  world.shop.runs.push(run(56, main, 'in_progress'))
  await ask(world)
  expect(states(world)).toEqual([])
  world.shop.runs[1] = run(56, main)
  world.shop.artifacts.set(56, [artifact(1)])
  world.pass(5 * minute)
  await world.queue.send('reconcile', {})
  await world.settle()
  expect(states(world)).toEqual(['approved'])
})

test('a verdict that ran out while it was made approves nothing', async () => {
  const waiver = `waivers:
  - { rule: containers/base-image-tag, reason: late, owner: ada, expires: "2026-11-18T10:01:00Z" }
`
  const world = worldOf(policy(undefined, '') + waiver, bad)
  const judge = world.judge.judge.bind(world.judge)
  world.judge.judge = async (question, signal) => {
    const judged = await judge(question, signal)
    world.pass(2 * minute)
    return judged
  }
  await ask(world)
  expect(states(world)).toEqual(['rejected'])
})

test('what breaks inside is not told to the world', async () => {
  const world = worldOf()
  const get = world.store.memory.get.bind(world.store.memory)
  world.store.memory.get = (kind, key) =>
    kind === 'verdict'
      ? Promise.reject(new Error('password authentication failed for user "prodgate" at 10.0.0.5:5432'))
      : get(kind, key)
  await ask(world)
  await world.deliver('push', { ref: 'refs/heads/main', after: main })
  await world.settle()
  const told = JSON.stringify([world.shop.reports, world.shop.checks])
  expect(world.shop.reports.length).toBeGreaterThan(0)
  expect(told).toContain('could not be judged')
  expect(told).not.toContain('10.0.0.5')
})

test('a delivery that was lost is asked for again with growing pauses, for as long as it can be', async () => {
  const world = testWorld()
  world.app.failing.push({ id: '9', guid: 'lost', event: 'push', deliveredAt: '2026-11-18T09:55:00Z', ok: false })
  for (let count = 0; count < 12 * 60; count++) {
    await world.queue.send('reconcile', {})
    await world.settle()
    world.pass(minute)
  }
  expect(world.app.redelivered.length).toBeGreaterThan(6)
  expect(world.app.redelivered.length).toBeLessThan(15)
})

test('a limit while deliveries are asked for again costs none of their tries', async () => {
  const world = testWorld()
  for (const id of ['1', '2', '3'])
    world.app.failing.push({ id, guid: `lost-${id}`, event: 'push', deliveredAt: '2026-11-18T09:55:00Z', ok: false })
  let limited = true
  world.app.fault = (operation) =>
    limited && operation === 'redeliver'
      ? { problem: { kind: 'unreachable', message: 'limit', retryAt: new Date(world.time + minute) } }
      : undefined
  await world.queue.send('reconcile', {})
  await world.settle()
  expect(world.app.calls.filter((call) => call === 'redeliver')).toHaveLength(1)
  limited = false
  world.pass(minute)
  await world.queue.send('reconcile', {})
  await world.settle()
  expect(world.app.redelivered).toHaveLength(3)
})

test('a delivery that can never be handled is given up in the end', async () => {
  const world = testWorld()
  world.app.fault = (operation) =>
    operation === 'people.permission' ? { problem: { kind: 'forbidden', message: 'suspended' } } : undefined
  const user = { login: 'grace', type: 'User' }
  const comment = { id: 5, body: '/prodgate help', user }
  await world.deliver('issue_comment', {
    action: 'created',
    issue: { number: 1, pull_request: {} },
    comment,
    sender: user,
  })
  for (let count = 0; count < 3 * 24 * 60; count += 30) {
    await world.queue.send('reconcile', {})
    await world.settle()
    world.pass(30 * minute)
  }
  const calls = world.app.calls.filter((call) => call === 'people.permission').length
  await world.queue.send('reconcile', {})
  await world.settle()
  expect(world.app.calls.filter((call) => call === 'people.permission')).toHaveLength(calls)
})

const comment = async (world: TestWorld, id: number, body: string, login: string): Promise<void> => {
  const user = { login, type: 'User' }
  await world.deliver('issue_comment', {
    action: 'created',
    issue: { number: 1, pull_request: {} },
    comment: { id, body, user },
    sender: user,
  })
  await world.settle()
}

test('a stranger who writes commands without end is answered a few times an hour, and others all the same', async () => {
  const world = testWorld()
  Object.assign(world.shop.permissions, { rita: 'read', grace: 'write' })
  for (let id = 1; id <= 100; id++) await comment(world, id, '/prodgate help', 'rita')
  const talk = world.shop.conversations.get(1)
  expect(talk?.comments).toHaveLength(10)
  expect(world.app.calls.filter((call) => call === 'people.permission').length).toBeLessThanOrEqual(30)
  await comment(world, 101, '/prodgate help', 'grace')
  expect(talk?.comments).toHaveLength(11)
  world.pass(60 * minute)
  await comment(world, 102, '/prodgate help', 'rita')
  expect(talk?.comments).toHaveLength(12)
})

test('strangers together get no more answers than leave room for those who work here', async () => {
  const world = testWorld()
  for (let id = 1; id <= 50; id++) {
    world.shop.permissions[`rita-${id}`] = 'read'
    await comment(world, id, '/prodgate help', `rita-${id}`)
  }
  expect(world.shop.conversations.get(1)?.comments).toHaveLength(30)
})

test('to ask for the status makes nobody judge', async () => {
  const world = testWorld(policy(), bad)
  const head = commit(world, 'head', bad)
  world.shop.permissions['rita'] = 'read'
  world.shop.pulls.push({
    number: 1,
    open: true,
    draft: false,
    head: { sha: head, sameRepository: true },
    base: { branch: 'main' },
    updatedAt: '2026-11-18T09:00:00Z',
  })
  await comment(world, 1, '/prodgate status', 'rita')
  await comment(world, 2, '/prodgate explain own/rule', 'rita')
  expect(world.judged).toBe(0)
  const said = world.shop.conversations.get(1)?.comments.map(({ body }) => body)
  expect(said?.[0]).toContain('`production`: not judged yet')
  expect(said?.[0]).toContain('/prodgate recheck')
})

const build = '.github/workflows/test.yml'

test.each([
  ['that the change edits', 'on: push # mine\n', '', 'is edited by this commit'],
  ['as the base branch has them', 'on: push\n', '', undefined],
  ['of workflows that nobody named', 'on: push\n', 'no', 'names no workflows'],
])('evidence of workflows %s', async (_, text, named, note) => {
  const law = `${withTests()}${named === '' ? `evidence: { workflows: [${build}] }\n` : ''}`
  const world = testWorld(law, { ...good, [build]: 'on: push\n' })
  const head = commit(world, 'head', { ...good, [build]: text })
  world.shop.runs.push(run(56, head))
  world.shop.artifacts.set(56, [artifact(1)])
  await world.deliver('pull_request', pullEvent(head))
  await world.deliver('workflow_run', { action: 'completed', workflow_run: { head_sha: head } })
  await world.settle()
  const told = JSON.stringify(world.shop.checks.map(({ output }) => output.summary))
  const notes = ['is edited by this commit', 'names no workflows']
  expect(notes.filter((one) => told.includes(one))).toEqual(note === undefined ? [] : [note])
})

test('of two that judge a commit at once the one who began later tells', async () => {
  const world = testWorld(policy('{ minimum-score: 0, sign-offs: [{ role: owner, users: [ada] }] }'))
  const head = commit(world, 'head', good)
  await world.deliver('pull_request', pullEvent(head))
  await world.queue.one(world.handlers, world.clock.now())
  const judge = world.judge.judge.bind(world.judge)
  let first = true
  world.judge.judge = async (question, signal) => {
    const judged = await judge(question, signal)
    if (!first) return judged
    first = false
    // Somebody signs off meanwhile, and another worker judges faster.
    const at = world.clock.now()
    const signOff = { repository: 7, sha: head, environment: 'production', role: 'owner', login: 'ada', at }
    await world.store.signOffs.add(signOff)
    const { id: repository, ...rest } = till
    await world.handlers.judge({ repository, ...rest, sha: head, why: 'asked' }, { attempt: 1, last: false, signal })
    return judged
  }
  await world.settle()
  expect(world.shop.checks).toMatchObject([{ state: { conclusion: 'success' } }])
})

test('an ignore that the base has excuses no more in the change than there', async () => {
  const excuse = '# prodgate: ignore containers/base-image-tag until 2027-01-01 because it is late\nFROM node AS a\n'
  const world = testWorld(policy(), { Dockerfile: excuse })
  const copied = `${excuse}${excuse.replace('FROM node AS a', 'FROM golang AS b')}`
  const head = commit(world, 'head', { Dockerfile: copied })
  await world.deliver('pull_request', pullEvent(head))
  await world.settle()
  expect(world.shop.checks).toMatchObject([{ state: { conclusion: 'failure' } }])
})

test.each<[string, string | undefined, object, string]>([
  ['of an environment that nobody knows', policy(), { environment: 'moon' }, 'of the default branch'],
  ['for want of evidence', withTests(), {}, 'tests'],
  ['by a policy that is none', 'version: 2\n', {}, 'Repair .github/prodgate.yml of the default branch'],
])('a rejection %s says what to do', async (_, law, more, remedy) => {
  const world = worldOf(law)
  await ask(world, more)
  const [answer] = world.shop.answers
  expect(answer?.state).toBe('rejected')
  expect(answer?.comment.split('To repair: ')[1]).toContain(remedy)
})

test('a deployment that waits for a sign-off says where to give it, and at the deadline what was missing', async () => {
  const world = worldOf(policy('{ minimum-score: 0, deadline: 2h, sign-offs: [{ role: owner, users: [ada] }] }'))
  await ask(world)
  expect(world.shop.reports[0]?.comment).toContain('“Sign off” in the check prodgate / production')
  world.pass(120 * minute)
  await world.queue.send('reconcile', {})
  await world.settle()
  const [answer] = world.shop.answers
  expect(answer?.comment).toContain('awaits the sign-off of owner')
  expect(answer?.comment).not.toContain('could not be judged')
})
