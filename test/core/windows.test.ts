import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Window } from '../../src/core/policy-file.ts'
import { inWindow, nextChange } from '../../src/core/windows.ts'

const week = 8 * 86_400_000
const window = (days: string, hours: string, zone = 'UTC') => Window.parse({ days, hours, 'time-zone': zone })

test.each([
  ['opens later the same day', window('mon-fri', '12:07-16:00'), '2026-11-18T10:00:30Z', '2026-11-18T12:07:00.000Z'],
  ['closes', window('mon-fri', '09:00-16:00'), '2026-11-18T10:00:00Z', '2026-11-18T16:00:00.000Z'],
  ['opens after the weekend', window('mon', '09:00-10:00'), '2026-11-20T10:00:00Z', '2026-11-23T09:00:00.000Z'],
  [
    'opens in a zone of quarters',
    window('wed', '09:00-16:00', 'Asia/Kathmandu'),
    '2026-11-18T01:00:00Z',
    '2026-11-18T03:15:00.000Z',
  ],
  [
    'opens after summer time ends',
    window('sun', '09:00-16:00', 'Europe/London'),
    '2026-10-24T12:00:00Z',
    '2026-10-25T09:00:00.000Z',
  ],
])('a window that %s', (_, one, now, change) => {
  expect(nextChange([one], new Date(now), week)?.toISOString()).toBe(change)
})

test('what never changes has no next change', () => {
  expect(nextChange([], new Date('2026-11-18T10:00:00Z'), week)).toBeUndefined()
  expect(nextChange([window('mon-sun', '00:00-24:00')], new Date('2026-11-18T10:00:00Z'), week)).toBeUndefined()
})

test('the next change is the first minute at which it changes whether a window is open', () => {
  const two = (value: number): string => String(value).padStart(2, '0')
  const time = fc.tuple(fc.nat(23), fc.nat(59)).map(([hour, minute]) => `${two(hour)}:${two(minute)}`)
  const zones = fc.constantFrom('UTC', 'Europe/London', 'Asia/Kolkata', 'America/St_Johns')
  fc.assert(
    fc.property(time, time, zones, fc.nat(525_600), (from, to, zone, minutes) => {
      const one = window('mon-sun', `${from}-${to}`, zone)
      const now = Date.parse('2026-01-01T00:00:00Z') + minutes * 60_000
      const before = inWindow(one, new Date(now))
      let slow: number | undefined
      for (let at = now + 60_000; at <= now + 86_400_000 && slow === undefined; at += 60_000)
        if (inWindow(one, new Date(at)) !== before) slow = at
      expect(nextChange([one], new Date(now), 86_400_000)?.getTime()).toBe(slow)
    }),
    { numRuns: 30 },
  )
})
