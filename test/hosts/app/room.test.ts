import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { Room } from '../../../src/hosts/app/room.ts'

test('a few are in at once, all have their turn, and who fails leaves too', async () => {
  const room = new Room(2)
  let inside = 0
  let most = 0
  const order: number[] = []
  const come = (index: number, signal = new AbortController().signal): Promise<void> =>
    room.use(signal, async () => {
      most = Math.max(most, ++inside)
      order.push(index)
      await pause(5)
      inside--
      if (index % 2 === 1) throw new Error('failed')
    })
  const ended = new AbortController()
  const visits = [0, 1, 2, 3, 4, 5].map((index) => come(index))
  const late = come(6, ended.signal)
  ended.abort(new Error('stopped'))
  const outcomes = await Promise.allSettled([...visits, late, come(7)])
  expect(most).toBe(2)
  expect(order).toEqual([0, 1, 2, 3, 4, 5, 7])
  expect(outcomes.map(({ status }) => status)).toEqual(
    [0, 1, 2, 3, 4, 5, 7, 7].map((index) => (index % 2 === 1 ? 'rejected' : 'fulfilled')),
  )
})
