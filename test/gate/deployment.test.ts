import { expect, test } from 'vitest'
import { ask, event, main, states, worldOf } from './deployment-world.ts'
import { artifact, bad, commit, deploymentEvent, policy, run, shaOf, withTests } from './world.ts'

const hour = 3_600_000

test.each<[string, object]>([
  ['as it comes', {}],
  ['without a deployment', { deployment: null }],
  ['without a commit at the top', { sha: undefined }],
  ['without any commit: the run has one', { sha: undefined, deployment: null }],
])('a request %s is approved once', async (_, more) => {
  const world = worldOf()
  await ask(world, more)
  expect(world.shop.answers).toMatchObject([{ run: 55, environment: 'production', state: 'approved' }])
  expect([...world.store.keptGates.values()]).toMatchObject([{ sha: main, attempt: 1, state: 'answered' }])
})

test('a no-go is rejected with its remedies', async () => {
  const world = worldOf(policy(), bad)
  await ask(world)
  expect(world.shop.answers).toMatchObject([{ state: 'rejected' }])
  expect(world.shop.answers[0]?.comment).toContain('Dockerfile:1')
})

test('the same request twice has one gate and one answer', async () => {
  const world = worldOf()
  await world.deliver(event, deploymentEvent(main))
  await world.deliver(event, deploymentEvent(main))
  await world.settle()
  await ask(world)
  expect(states(world)).toEqual(['approved'])
  expect(world.store.keptGates.size).toBe(1)
})

test('an unknown environment is never approved, and the known ones are told', async () => {
  const world = worldOf()
  await ask(world, { environment: 'moon' })
  expect(states(world)).toEqual(['rejected'])
  expect(world.shop.answers[0]?.comment).toContain('it has production')
})

test('an environment is known by a pattern', async () => {
  const world = worldOf()
  await ask(world, { environment: 'prod-eu' })
  expect(world.shop.answers).toMatchObject([{ environment: 'prod-eu', state: 'approved' }])
})

test('without a policy file nothing is approved in silence', async () => {
  const world = worldOf(undefined, bad)
  delete world.shop.commits[main]?.['.github/prodgate.yml']
  await ask(world)
  expect(states(world)).toEqual(['rejected'])
  expect(world.shop.answers[0]?.comment).toContain('There is no policy file')
})

test('the policy of the deployed commit does not count, that of the default branch does', async () => {
  const world = worldOf()
  const head = commit(world, 'head', { ...bad, '.github/prodgate.yml': policy('{ mode: observe }') })
  await ask(world, { sha: head })
  expect(states(world)).toEqual(['rejected'])
})

test('an ignore in a commit that nobody let in does not count', async () => {
  const excuse = '# prodgate: ignore containers/base-image-tag until 2027-01-01 because it is late\nFROM node\n'
  const world = worldOf()
  const head = commit(world, 'head', { Dockerfile: excuse })
  await ask(world, { sha: head })
  expect(states(world)).toEqual(['rejected'])
})

test('an environment that is observed is approved, and told what would have been', async () => {
  const world = worldOf(policy('{ mode: observe, minimum-score: 0 }'), bad)
  await ask(world)
  expect(states(world)).toEqual(['approved'])
  expect(world.shop.answers[0]?.comment).toContain('would have been rejected')
})

test('what awaits evidence that is being made is held, and decided when it is there', async () => {
  const world = worldOf(withTests())
  world.shop.runs.push(run(56, main, 'in_progress'))
  await ask(world)
  expect(states(world)).toEqual([])
  expect(world.shop.reports[0]?.comment).toContain('.github/workflows/test.yml')
  world.shop.runs[1] = run(56, main)
  world.shop.artifacts.set(56, [artifact(1)])
  await world.deliver('workflow_run', { action: 'completed', workflow_run: { head_sha: main } })
  await world.settle()
  expect(states(world)).toEqual(['approved'])
  expect(world.shop.reports).toHaveLength(1)
})

test('evidence that nobody makes is not waited for', async () => {
  const world = worldOf(withTests())
  await ask(world)
  expect(states(world)).toEqual(['rejected'])
})

test.each([
  ['of a fork', { sameRepository: false }],
  ['of another workflow', { workflow: '.github/workflows/lint.yml' }],
])('evidence %s does not count', async (_, given) => {
  const law = `${withTests()}evidence: { workflows: [.github/workflows/test.yml] }\n`
  const world = worldOf(law)
  world.shop.runs.push({ ...run(56, main), ...given })
  world.shop.artifacts.set(56, [artifact(1)])
  await ask(world)
  expect(states(world)).toEqual(['rejected'])
})

test('a window holds until it opens', async () => {
  const world = worldOf(policy('{ minimum-score: 0, windows: [{ days: mon-fri, hours: "12:07-16:00" }] }'))
  await ask(world)
  expect(states(world)).toEqual([])
  const [gate] = world.store.keptGates.values()
  expect(gate?.wake?.toISOString()).toBe('2026-11-18T12:07:00.000Z')
  expect(gate?.deadline?.toISOString()).toBe('2026-11-19T10:00:00.000Z')
  world.pass(2 * hour + 7 * 60_000)
  await world.queue.send('reconcile', {})
  await world.settle()
  expect(states(world)).toEqual(['approved'])
})

test('a sign-off holds until who has the role gives it', async () => {
  const roles = '[{ role: security, teams: [acme/security] }, { role: owner, users: [ada] }]'
  const world = worldOf(policy(`{ minimum-score: 0, sign-offs: ${roles} }`))
  world.shop.teams['acme/security'] = ['grace']
  await ask(world)
  const press = async (login: string): Promise<void> => {
    await world.deliver('check_run', {
      action: 'requested_action',
      check_run: { head_sha: main, name: 'prodgate / production', external_id: 'production' },
      requested_action: { identifier: 'sign-off' },
      sender: { login },
    })
    await world.settle()
  }
  expect(world.shop.reports[0]?.comment).toContain('sign-off of security, owner')
  await press('mallory')
  await press('ada')
  expect(states(world)).toEqual([])
  expect(world.shop.reports.at(-1)?.comment).toContain('sign-off of security.')
  await press('grace')
  expect(states(world)).toEqual(['approved'])
})

test('at the deadline what is held is rejected, with the reason', async () => {
  const world = worldOf(policy('{ minimum-score: 0, deadline: 2h, sign-offs: [{ role: owner, users: [ada] }] }'))
  await ask(world)
  world.pass(2 * hour - 1)
  await world.queue.send('reconcile', {})
  await world.settle()
  expect(states(world)).toEqual([])
  world.pass(1)
  await world.queue.send('reconcile', {})
  await world.settle()
  expect(world.shop.answers).toMatchObject([{ state: 'rejected' }])
  expect(world.shop.answers[0]?.comment).toContain('sign-off of owner')
})

test('judging that fails holds, is told and is tried again; at the deadline it is rejected', async () => {
  const world = worldOf()
  world.broken = new Error('judging broke: out of memory')
  await ask(world)
  expect(states(world)).toEqual([])
  expect(world.shop.reports[0]?.comment).toContain('could not be judged')
  world.pass(24 * hour)
  await world.queue.send('reconcile', {})
  await world.settle()
  expect(world.shop.answers).toMatchObject([{ state: 'rejected' }])
})

test('judging that comes back approves', async () => {
  const world = worldOf()
  world.broken = new Error('judging broke')
  await ask(world)
  world.broken = undefined
  world.pass(61_000)
  await world.queue.send('reconcile', {})
  await world.settle()
  expect(states(world)).toEqual(['approved'])
})

test('a secondary limit on the answer is waited out', async () => {
  const world = worldOf()
  let times = 0
  const retryAt = new Date(world.time + 90_000)
  world.app.fault = (operation) =>
    operation === 'gates.decide' && times++ === 0
      ? { problem: { kind: 'forbidden', status: 403, message: 'secondary rate limit', retryAt } }
      : undefined
  await ask(world)
  expect(states(world)).toEqual([])
  world.pass(89_000)
  await world.settle()
  expect(times).toBe(1)
  world.pass(1000)
  await world.settle()
  expect(states(world)).toEqual(['approved'])
  expect([...world.store.keptGates.values()]).toMatchObject([{ state: 'answered' }])
})

test('an answer that GitHub had already, and one whose acknowledgement was lost, end the gate', async () => {
  const world = worldOf()
  let times = 0
  world.app.fault = (operation) =>
    operation === 'gates.decide' && times++ === 0
      ? { problem: { kind: 'unreachable', message: 'dropped' }, done: true }
      : undefined
  await ask(world)
  expect(states(world)).toEqual(['approved'])
  expect(times).toBe(2)
  expect([...world.store.keptGates.values()]).toMatchObject([{ state: 'answered' }])
})

test('a process that dies between the durable answer and GitHub answers the same afterwards', async () => {
  const world = worldOf()
  const { gate } = await world.store.gates.open(
    { repository: 7, run: 55, attempt: 1, environment: 'production', sha: main },
    { id: 7, owner: 'acme', name: 'till', installation: 3 },
    world.clock.now(),
  )
  await world.store.gates.settle(gate.id, { state: 'rejected', comment: 'No-go.' })
  world.pass(31_000)
  await world.queue.send('reconcile', {})
  await world.settle()
  expect(world.shop.answers).toEqual([{ run: 55, environment: 'production', state: 'rejected', comment: 'No-go.' }])
})

test('a process that dies between the row of a gate and its job decides it afterwards', async () => {
  const world = worldOf()
  await world.deliver(event, deploymentEvent(main))
  await world.queue.one(world.handlers, world.clock.now())
  world.queue.waiting.length = 0
  world.pass(121_000)
  await world.queue.send('reconcile', {})
  await world.settle()
  expect(states(world)).toEqual(['approved'])
})

test('a waiver that ends at the instant of the decision does not count any more', async () => {
  const waiver = '{ rule: containers/base-image-tag, reason: late, owner: ada, expires: "2026-11-18T10:00:01Z" }'
  const world = worldOf(`${policy()}waivers: [${waiver}]\n`, bad)
  world.shop.runs.push({ ...run(57, main, 'waiting') })
  await ask(world)
  expect(states(world)).toEqual(['approved'])
  world.pass(1000)
  const callback = 'https://api.github.com/repos/acme/till/actions/runs/57/deployment_protection_rule'
  await ask(world, { deployment_callback_url: callback })
  expect(states(world)).toEqual(['approved', 'rejected'])
})

test('a second job of a run that was answered gets its answer, unless it would be another one', async () => {
  const world = worldOf()
  await ask(world)
  world.shop.answers.length = 0
  await ask(world)
  expect(states(world)).toEqual(['approved'])
  world.shop.answers.length = 0
  world.shop.commits[shaOf('law')] = { '.github/prodgate.yml': withTests() }
  world.shop.branches['main'] = shaOf('law')
  await ask(world)
  expect(states(world)).toEqual(['rejected'])
})

test.each<[string, object]>([
  ['is of a kind that nobody knows', { action: 'withdrawn' }],
  ['names a commit that is none', { sha: 'main' }],
])('a request that %s is rejected rather than forgotten', async (_, more) => {
  const world = worldOf()
  await ask(world, more)
  expect(states(world)).toEqual(['rejected'])
})

test.each<[string, object]>([
  ['no callback', { deployment_callback_url: undefined }],
  ['a callback to elsewhere', { deployment_callback_url: 'https://evil.example/collect' }],
])('a request with %s is logged, and handled once', async (_, more) => {
  const world = worldOf()
  await ask(world, more)
  expect(world.lines.join('\n')).toContain('does not fit')
  expect(world.store.handled.size).toBe(1)
  expect(world.queue.dead).toEqual([])
})

test('the run is asked of the forge, and not of the host that the payload names', async () => {
  const world = worldOf()
  const path = '/repos/acme/till/actions/runs/55/deployment_protection_rule'
  await ask(world, { deployment_callback_url: `https://evil.example${path}` })
  expect(world.shop.answers).toMatchObject([{ run: 55 }])
})

test('what is said twice of a run that does not wait any more is not answered again', async () => {
  const world = worldOf()
  await ask(world)
  world.shop.runs[0] = run(55, main, 'in_progress')
  await ask(world)
  expect(world.app.calls.filter((call) => call === 'gates.decide')).toHaveLength(1)
})
