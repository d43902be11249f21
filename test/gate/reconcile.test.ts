import { expect, test } from 'vitest'
import { commit, good, pullEvent, testWorld, withTests } from './world.ts'

const minute = 60_000

test('deliveries that failed are sent again, once in a pause, and neither what is known nor what is too old', async () => {
  const world = testWorld()
  const lost = { id: '9', guid: 'lost', event: 'push', deliveredAt: '2026-11-18T09:00:00Z', ok: false }
  const old = { ...lost, id: '7', guid: 'old', deliveredAt: '2026-11-10T09:00:00Z' }
  await world.deliver('ping', {}, 'known')
  world.app.failing.push(lost, { ...lost, id: '8', guid: 'known' }, old)
  for (let count = 0; count < 5; count++) {
    await world.queue.send('reconcile', {})
    await world.settle()
  }
  expect(world.app.redelivered).toEqual(['9'])
})

test('a delivery whose job is gone is handled', async () => {
  const world = testWorld()
  await world.deliver('pull_request', pullEvent(commit(world, 'head', good)))
  world.queue.waiting.length = 0
  world.pass(3 * minute)
  await world.queue.send('reconcile', {})
  await world.settle()
  expect(world.shop.checks).toMatchObject([{ state: { status: 'completed' } }])
})

test('a check that was left in progress is completed', async () => {
  const world = testWorld()
  await world.deliver('pull_request', pullEvent(commit(world, 'head', good)))
  world.app.fault = (operation) => {
    if (operation !== 'commits.workspace') return undefined
    // The process dies here, and its job with it.
    world.queue.waiting.splice(
      0,
      world.queue.waiting.length,
      ...world.queue.waiting.filter(({ startAfter }) => startAfter),
    )
    throw new Error('killed')
  }
  await world.queue.one(world.handlers, world.clock.now())
  await world.queue.one(world.handlers, world.clock.now())
  world.queue.waiting.splice(
    0,
    world.queue.waiting.length,
    ...world.queue.waiting.filter(({ startAfter }) => startAfter),
  )
  world.app.fault = () => undefined
  expect(world.shop.checks).toMatchObject([{ state: { status: 'in_progress' } }])
  world.pass(10 * minute)
  await world.settle()
  expect(world.shop.checks).toMatchObject([{ state: { status: 'completed', conclusion: 'success' } }])
})

test('one part that fails holds the others up not at all', async () => {
  const world = testWorld()
  world.app.fault = (operation) =>
    operation === 'failedDeliveries' ? { problem: { kind: 'unreachable', message: 'no answer' } } : undefined
  await world.deliver('push', { ref: 'refs/heads/main', after: 'no commit' })
  await world.queue.send('reconcile', {})
  await world.settle()
  expect(world.lines.join('\n')).toContain('a part of reconciling failed')
  expect(world.queue.dead).toEqual([])
})

test('all evidence absent: the score does not rise, and the check is no success', async () => {
  const world = testWorld(withTests())
  const head = commit(world, 'head', good)
  await world.deliver('pull_request', pullEvent(head))
  await world.settle()
  expect(world.shop.checks[0]?.state).toMatchObject({ conclusion: 'failure' })
  expect(world.shop.checks[0]?.output.title).toContain('1 not judged, score 50–100')
})
