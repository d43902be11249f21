import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bad, deploymentEvent, good, policy, run, shaOf, testWorld, type TestWorld } from './world.ts'

const main = shaOf('main')
const minute = 60_000

/** What happens next: a request comes (again), a job is done, time passes, judging breaks or works, the forge or the process fails. */
const step = fc.oneof(
  fc.record({ does: fc.constant('request' as const), run: fc.integer({ min: 55, max: 56 }) }),
  fc.record({ does: fc.constant('job' as const), which: fc.nat(20) }),
  fc.record({ does: fc.constant('pass' as const), minutes: fc.integer({ min: 1, max: 30 }) }),
  fc.record({ does: fc.constant('judging' as const), works: fc.boolean() }),
  fc.record({
    does: fc.constant('fault' as const),
    kind: fc.constantFrom('dropped', 'lost', 'limit', 'death', 'death-after'),
  }),
  fc.record({ does: fc.constant('reconcile' as const) }),
)

const strike = (world: TestWorld, kind: string): void => {
  world.app.fault = (operation) => {
    world.app.fault = () => undefined
    const message = `${kind} at ${operation}`
    if (kind === 'death') throw new Error(message)
    if (kind === 'limit')
      return { problem: { kind: 'forbidden', status: 403, message, retryAt: new Date(world.time + minute) } }
    return { problem: { kind: 'unreachable', message }, done: kind === 'lost' || kind === 'death-after' }
  }
}

const play = async (world: TestWorld, steps: readonly (typeof step extends fc.Arbitrary<infer T> ? T : never)[]) => {
  for (const one of steps) {
    if (one.does === 'request') {
      const path = `/repos/acme/till/actions/runs/${one.run}/deployment_protection_rule`
      const callback = `https://api.github.com${path}`
      await world.deliver('deployment_protection_rule', deploymentEvent(main, { deployment_callback_url: callback }))
    } else if (one.does === 'job')
      await world.queue.one(world.handlers, world.clock.now(), (count) => one.which % count)
    else if (one.does === 'pass') world.pass(one.minutes * minute)
    else if (one.does === 'judging') world.broken = one.works ? undefined : new Error('judging broke')
    else if (one.does === 'fault') strike(world, one.kind)
    else await world.queue.send('reconcile', {}, { key: 'reconcile' })
  }
}

/** A minute of the process at work, as often as it takes for the deadline to come. */
const endure = async (world: TestWorld, minutes: number): Promise<void> => {
  for (let count = 0; count < minutes; count++) {
    await world.queue.send('reconcile', {}, { key: 'reconcile' })
    await world.settle()
    world.pass(minute)
  }
}

const started = (files: Record<string, string>): TestWorld => {
  const world = testWorld(policy('{ minimum-score: 0, deadline: 30m }'), files)
  world.shop.runs.push(run(55, main, 'in_progress'), run(56, main, 'in_progress'))
  return world
}

const asked = (world: TestWorld): number[] =>
  [...world.store.keptGates.values()].map((gate) => gate.run).sort((a, b) => a - b)

test.each([
  ['ready', good, ['approved', 'rejected']],
  ['not ready', bad, ['rejected']],
])(
  'whatever happens, each request of a commit that is %s gets one answer',
  { timeout: 120_000 },
  async (_, files, may) => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const world = started(files)
        await play(world, [{ does: 'request', run: 55 }, ...steps])
        world.app.fault = () => undefined
        world.broken = undefined
        await endure(world, 3)
        expect(world.shop.answers.map((answer) => answer.run).sort((a, b) => a - b)).toEqual(asked(world))
        expect(asked(world)).toContain(55)
        for (const { state } of world.shop.answers) expect(may).toContain(state)
        for (const { state } of world.store.keptGates.values()) expect(state).toBe('answered')
        for (const one of asked(world))
          expect(world.shop.reports.filter((report) => report.run === one).length).toBeLessThanOrEqual(9)
      }),
      { numRuns: 150 },
    )
  },
)

test(
  'where judging never works nothing is approved, and all is rejected at the deadline',
  { timeout: 120_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        const world = started(good)
        world.broken = new Error('judging broke')
        await play(world, [{ does: 'request', run: 55 }, ...steps.filter(({ does }) => does !== 'judging')])
        world.app.fault = () => undefined
        await endure(world, 45)
        expect(world.shop.answers.map((answer) => answer.run).sort((a, b) => a - b)).toEqual(asked(world))
        for (const { state } of world.shop.answers) expect(state).toBe('rejected')
      }),
      { numRuns: 60 },
    )
  },
)
