import { describe, expect, test } from 'vitest'
import type { DeploymentStatus } from '../../src/ports/deployments.ts'
import { deploymentEvent, good, policy, run, shaOf, testWorld, type TestWorld } from './world.ts'

const main = shaOf('main')
const other = shaOf('other')
const hour = 3_600_000
/** The clock of these worlds begins at ten o'clock of this day. */
const at = (day: number, hours = 10): string =>
  `2026-11-${String(day).padStart(2, '0')}T${String(hours).padStart(2, '0')}:00:00Z`

const soaking = (more = '', environments = ''): string =>
  policy(`{ minimum-score: 0, soak: { environment: staging, for: 48h }, deadline: 7d${more} }${environments}`)

const worldOf = (law = soaking()): TestWorld => {
  const world = testWorld(law, good)
  world.shop.runs.push({ ...run(55, main, 'waiting'), workflow: '.github/workflows/deploy.yml' })
  return world
}

let ids = 0
/** Something was deployed, and this was said of it. */
const deployed = (
  { shop }: TestWorld,
  given: { sha?: string; environment?: string; said: [string, string, string?][]; createdAt?: string },
): { statuses: DeploymentStatus[] } => {
  const statuses = given.said.map(([state, when, environment]) => ({ id: ++ids, state, at: when, environment }))
  const createdAt = given.createdAt ?? given.said[0]?.[1] ?? at(1)
  const updatedAt = given.said.at(-1)?.[1] ?? createdAt
  const made = { id: ++ids, sha: given.sha ?? main, environment: given.environment ?? 'staging' }
  const deployment = { ...made, createdAt, updatedAt, statuses }
  shop.deployments.push(deployment)
  return deployment
}

const ask = async (world: TestWorld): Promise<void> => {
  await world.deliver('deployment_protection_rule', deploymentEvent(main))
  await world.settle()
}
const look = async (world: TestWorld): Promise<void> => {
  await world.queue.send('reconcile', {})
  await world.settle()
}
const tell = async (world: TestWorld, sha: string, state: string, environment = 'staging'): Promise<void> => {
  await world.deliver('deployment_status', {
    action: 'created',
    deployment: { sha, environment },
    deployment_status: { state },
  })
  await world.settle()
}
const states = ({ shop }: TestWorld): string[] => shop.answers.map(({ state }) => state)
const report = ({ shop }: TestWorld): string => shop.reports.at(-1)?.comment ?? ''
const calls = ({ app }: TestWorld): string[] => app.calls.filter((call) => call.startsWith('deployments.'))

describe('a deployment goes on at once where the commit ran in staging for long enough', () => {
  test.each<[string, Parameters<typeof deployed>[1][], string?]>([
    ['and runs there still', [{ said: [['success', at(16)]] }]],
    ['under a name with other letters', [{ environment: 'Staging', said: [['success', at(16)]] }]],
    [
      'in an environment that the policy knows by a pattern',
      [{ environment: 'stg-eu', said: [['success', at(16)]] }],
      soaking('', '\n  staging: { names: [stg-*] }'),
    ],
    [
      'and was replaced since',
      [
        {
          said: [
            ['success', at(10)],
            ['inactive', at(13)],
          ],
        },
        { sha: other, said: [['success', at(13)]] },
      ],
    ],
    [
      'after others, the last of which became inactive then',
      [
        {
          sha: other,
          said: [
            ['success', at(14)],
            ['inactive', at(16)],
          ],
        },
        {
          said: [
            ['in_progress', at(16, 9)],
            ['success', at(16)],
          ],
        },
      ],
    ],
    ['while others failed there', [{ said: [['success', at(16)]] }, { sha: other, said: [['failure', at(17)]] }]],
    [
      'while others were deployed elsewhere',
      [{ said: [['success', at(16)]] }, { sha: other, environment: 'preview', said: [['success', at(17)]] }],
    ],
  ])('%s', async (_, list, law) => {
    const world = worldOf(law)
    for (const one of list) deployed(world, one)
    await ask(world)
    expect(states(world)).toEqual(['approved'])
  })
})

describe('a deployment is held', () => {
  test.each<[string, Parameters<typeof deployed>[1][], RegExp]>([
    ['where the commit was never in staging', [], /it has not been deployed there/],
    ['where it was deployed elsewhere', [{ environment: 'preview', said: [['success', at(10)]] }], /not been deployed/],
    ['where another commit was', [{ sha: other, said: [['success', at(10)]] }], /not been deployed/],
    ['where it is on its way', [{ said: [['in_progress', at(10)]] }], /not been deployed/],
    [
      'where it is there for too short a time',
      [{ said: [['success', at(17)]] }],
      /since 2026-11-17 10:00 UTC, long enough 2026-11-19 10:00 UTC/,
    ],
    [
      'where it failed there',
      [
        {
          said: [
            ['success', at(10)],
            ['failure', at(17)],
          ],
        },
      ],
      /failed, 2026-11-17/,
    ],
    [
      'where another one replaced it too early',
      [
        {
          said: [
            ['success', at(10)],
            ['inactive', at(11)],
          ],
        },
      ],
      /replaced there too early, 2026-11-11/,
    ],
    [
      'where another one replaced it and GitHub did not mark it',
      [{ said: [['success', at(10)]] }, { sha: other, said: [['success', at(11)]] }],
      /replaced there too early, 2026-11-11/,
    ],
    [
      'where one that was made before it succeeded after it',
      [{ sha: other, said: [['success', at(11)]], createdAt: at(9) }, { said: [['success', at(10)]] }],
      /replaced there too early, 2026-11-11/,
    ],
    [
      'where it came back, and others were deployed since',
      [
        { said: [['success', at(5)]] },
        { sha: other, said: [['success', at(6)]] },
        { said: [['success', at(10)]] },
        { sha: other, said: [['success', at(11)]] },
      ],
      /replaced there too early, 2026-11-11/,
    ],
    [
      'where its deployment was one to another environment when it succeeded',
      [
        {
          said: [
            ['success', at(10), 'sandbox'],
            ['in_progress', at(11)],
          ],
        },
      ],
      /not been deployed/,
    ],
  ])('%s', async (_, list, said) => {
    const world = worldOf()
    for (const one of list) deployed(world, one)
    await ask(world)
    expect(states(world)).toEqual([])
    expect(report(world)).toMatch(said)
  })

  test('until the moment that it says, and is then approved', async () => {
    const world = worldOf()
    deployed(world, { said: [['success', at(17)]] })
    await ask(world)
    expect(report(world)).toBe(
      'Held: awaits 48h of the same commit in staging: there since 2026-11-17 10:00 UTC, long enough 2026-11-19 10:00 UTC. Waits until 2026-11-25 10:00 UTC at the latest.',
    )
    world.pass(24 * hour - 1)
    await look(world)
    expect(states(world)).toEqual([])
    world.pass(1)
    await look(world)
    expect(states(world)).toEqual(['approved'])
    expect(world.shop.reports).toHaveLength(1)
  })

  test('and told when the commit is deployed there, fails there, and is replaced there', async () => {
    const world = worldOf()
    await ask(world)
    const first = deployed(world, { said: [['success', at(18)]] })
    await tell(world, main, 'success')
    expect(report(world)).toContain('there since 2026-11-18 10:00 UTC')
    first.statuses.push({ id: ++ids, state: 'failure', at: at(18, 11), environment: undefined })
    await tell(world, main, 'failure')
    expect(report(world)).toContain('its deployment there failed')
    deployed(world, { said: [['success', at(18, 12)]] })
    await tell(world, main, 'success')
    expect(report(world)).toContain('there since 2026-11-18 12:00 UTC')
    deployed(world, { sha: other, said: [['success', at(18, 13)]] })
    await tell(world, other, 'success')
    expect(report(world)).toContain('it was replaced there too early, 2026-11-18 13:00 UTC')
    expect(states(world)).toEqual([])
  })

  test('and looked at again within half an hour where no event came', async () => {
    const world = worldOf()
    await ask(world)
    deployed(world, { said: [['success', at(15)]] })
    world.pass(hour / 2 - 1)
    await look(world)
    expect(states(world)).toEqual([])
    world.pass(1)
    await look(world)
    expect(states(world)).toEqual(['approved'])
  })

  test('where its window is closed too, until both are met', async () => {
    const world = worldOf(soaking(', windows: [{ days: mon-fri, hours: "12:00-16:00" }]'))
    deployed(world, { said: [['success', at(16, 11)]] })
    await ask(world)
    expect(report(world)).toMatch(
      /long enough 2026-11-18 11:00 UTC; deployments start.*The window opens 2026-11-18 12:00/,
    )
    world.pass(hour)
    await look(world)
    expect(states(world)).toEqual([])
    expect(report(world)).not.toContain('awaits 48h')
    world.pass(hour)
    await look(world)
    expect(states(world)).toEqual(['approved'])
  })
})

describe('what is not known is never a pass', () => {
  const forbidden = { kind: 'forbidden' as const, status: 403, message: 'Resource not accessible by integration' }
  test.each(['deployments.ofCommit', 'deployments.to', 'deployments.statuses'])('%s is refused', async (operation) => {
    const world = worldOf()
    deployed(world, { said: [['success', at(10)]] })
    world.app.fault = (asked) => (asked === operation ? { problem: forbidden } : undefined)
    await ask(world)
    expect(states(world)).toEqual([])
    expect(report(world)).toContain('whether it ran there is not known, Resource not accessible')
    world.app.fault = () => undefined
    world.pass(hour / 2)
    await look(world)
    expect(states(world)).toEqual(['approved'])
  })

  test('GitHub is away: held, and tried again', async () => {
    const world = worldOf()
    deployed(world, { said: [['success', at(10)]] })
    const problem = { kind: 'unreachable' as const, message: 'bad gateway' }
    world.app.fault = (asked) => (asked === 'deployments.statuses' ? { problem } : undefined)
    await ask(world)
    expect(states(world)).toEqual([])
    expect(report(world)).toContain('could not be judged')
    world.app.fault = () => undefined
    world.pass(61_000)
    await look(world)
    expect(states(world)).toEqual(['approved'])
  })

  test.each<[string, (world: TestWorld) => void, RegExp]>([
    [
      'deployments of the commit',
      (world) => {
        for (let count = 0; count < 21; count++) deployed(world, { said: [['success', at(10)]] })
      },
      /deployed there more than 20 times/,
    ],
    [
      'deployments of others',
      (world) => {
        deployed(world, { said: [['success', at(10)]] })
        for (let count = 0; count < 61; count++) deployed(world, { sha: other, said: [['failure', at(11)]] })
      },
      /more than 60 other deployments/,
    ],
    [
      'returns of the commit',
      (world) => {
        for (let day = 1; day < 14; day += 2) {
          deployed(world, {
            said: [
              ['success', at(day)],
              ['inactive', at(day + 2)],
            ],
          })
          deployed(world, { sha: other, said: [['success', at(day + 1)]] })
        }
      },
      /came and went there more than 5 times/,
    ],
  ])('there are too many %s to look through', async (_, fill, said) => {
    const world = worldOf()
    fill(world)
    await ask(world)
    expect(states(world)).toEqual([])
    expect(report(world)).toMatch(said)
  })
})

test.each<[string, Parameters<typeof deployed>[1][]]>([
  ['it was not deployed to staging', []],
  ['it was deployed there an hour ago', [{ said: [['success', at(18, 9)]] }]],
])('what cannot be met before the deadline is not waited for: %s', async (_, list) => {
  const world = worldOf(policy('{ minimum-score: 0, soak: { environment: staging, for: 48h } }'))
  for (const one of list) deployed(world, one)
  await ask(world)
  expect(states(world)).toEqual(['rejected'])
  expect(world.shop.answers[0]?.comment).toMatch(
    /awaits 48h .* cannot be met before the deadline, 2026-11-19 10:00 UTC/,
  )
})

test('an environment that is observed is approved, and told what would have been', async () => {
  const world = worldOf(soaking(', mode: observe'))
  await ask(world)
  expect(states(world)).toEqual(['approved'])
  expect(world.shop.answers[0]?.comment).toContain('would have been held: awaits 48h')
})

test('GitHub is asked about deployments only where the policy asks for a soak, and little', async () => {
  const without = worldOf(policy('{ minimum-score: 0 }'))
  deployed(without, { said: [['success', at(10)]] })
  await ask(without)
  expect(calls(without)).toEqual([])
  const never = worldOf()
  await ask(never)
  expect(calls(never)).toEqual(['deployments.ofCommit'])
  const replaced = worldOf()
  deployed(replaced, {
    said: [
      ['success', at(10)],
      ['inactive', at(11)],
    ],
  })
  await ask(replaced)
  expect(calls(replaced)).toEqual(['deployments.ofCommit', 'deployments.statuses'])
  const soaked = worldOf()
  for (let day = 1; day < 10; day++) deployed(soaked, { sha: other, said: [['success', at(day)]] })
  deployed(soaked, { said: [['success', at(10)]] })
  await ask(soaked)
  expect(calls(soaked)).toHaveLength(8)
})

test('the checks of a commit follow it: it is there, and then for long enough', async () => {
  const world = worldOf()
  const push = { ref: 'refs/heads/main', after: main }
  await world.deliver('push', push)
  await world.settle()
  const conclusion = (): unknown => world.shop.checks.at(-1)?.state
  expect(conclusion()).toEqual({ status: 'completed', conclusion: 'neutral' })
  deployed(world, { said: [['success', at(18)]] })
  await tell(world, main, 'success')
  expect(world.shop.checks.at(-1)?.output.summary).toContain('there since 2026-11-18 10:00 UTC')
  const before = world.app.calls.length
  await tell(world, main, 'success', 'preview')
  expect(world.app.calls.length).toBe(before)
  world.pass(48 * hour - 1)
  await world.settle()
  expect(conclusion()).toEqual({ status: 'completed', conclusion: 'neutral' })
  world.pass(1)
  await world.settle()
  expect(conclusion()).toEqual({ status: 'completed', conclusion: 'success' })
  expect(world.shop.checks).toHaveLength(1)
})

test('news of deployments of commits that wait for nothing costs nothing', async () => {
  const world = worldOf()
  const before = world.app.calls.length
  await tell(world, other, 'success')
  await tell(world, main, 'in_progress')
  expect(world.app.calls.length).toBe(before)
})
