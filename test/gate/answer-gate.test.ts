import { expect, test } from 'vitest'
import { gateJob } from '../../src/gate/decide-gate.ts'
import { event, main, worldOf } from './deployment-world.ts'
import { deploymentEvent, type TestWorld } from './world.ts'

/** A world whose only gate is settled or not, and how often GitHub was told an answer. */
const asking = async (): Promise<{ world: TestWorld; id: string; told: () => number }> => {
  const world = worldOf()
  let told = 0
  world.app.fault = (operation) => {
    if (operation === 'gates.decide') told++
    return undefined
  }
  await world.deliver(event, deploymentEvent(main))
  await world.queue.one(world.handlers, world.clock.now(), () => 0)
  const [gate] = [...world.store.keptGates.values()]
  return { world, id: gate?.id ?? '', told: () => told }
}

const context = { attempt: 1, last: false, signal: new AbortController().signal }

test('of jobs for one gate at the same moment, one tells GitHub', async () => {
  const { world, id, told } = await asking()
  await Promise.all(Array.from({ length: 5 }, () => gateJob(world, id, context)))
  await world.settle()
  expect(told()).toBe(1)
  expect(world.shop.answers).toMatchObject([{ state: 'approved' }])
  expect(world.store.keptGates.get(id)?.state).toBe('answered')
})

test('what one who died was about to tell is told by another, after fifteen seconds', async () => {
  const { world, id, told } = await asking()
  await world.store.gates.settle(id, { state: 'approved', comment: 'Go.' })
  expect(await world.store.gates.tell(id, world.clock.now(), new Date(world.time + 15_000))).toBe(true)
  await gateJob(world, id, context)
  expect(told()).toBe(0)
  world.pass(15_000)
  await world.settle()
  expect(told()).toBe(1)
  expect(world.shop.answers).toMatchObject([{ state: 'approved', comment: 'Go.' }])
})

test('where GitHub could not be told, the next try need not wait', async () => {
  const { world, id } = await asking()
  world.app.fault = (operation) =>
    operation === 'gates.decide' ? { problem: { kind: 'unreachable', message: 'no route' } } : undefined
  await expect(gateJob(world, id, context)).rejects.toThrow('no route')
  world.app.fault = () => undefined
  await gateJob(world, id, context)
  expect(world.shop.answers).toMatchObject([{ state: 'approved' }])
})
