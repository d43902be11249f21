import type { Window } from './policy-file.ts'

const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']

const includesDay = (spec: string, day: string): boolean =>
  spec.split(',').some((part) => {
    const [from = '', to = from] = part.split('-')
    const [start, end, at] = [days.indexOf(from), days.indexOf(to), days.indexOf(day)]
    return start <= end ? start <= at && at <= end : at >= start || at <= end
  })

const formatters = new Map<string, Intl.DateTimeFormat>()

/** One for each time zone: making one takes longer than asking it a hundred times. */
const formatterOf = (timeZone: string): Intl.DateTimeFormat => {
  const known = formatters.get(timeZone)
  if (known !== undefined) return known
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  formatters.set(timeZone, made)
  return made
}

/** Whether an instant lies in a deployment window, in the window's own time zone. The end of the hours lies outside. */
export const inWindow = (window: Window, now: Date): boolean => {
  const parts = formatterOf(window['time-zone']).formatToParts(now)
  const part = (type: string): string => parts.find((found) => found.type === type)?.value ?? ''
  const time = `${part('hour')}:${part('minute')}`
  const [from = '', to = ''] = window.hours.split('-')
  return includesDay(window.days, part('weekday').toLowerCase()) && from <= time && time < to
}

const minute = 60_000
const quarter = 15 * minute

/** The minutes of a quarter of an hour at which a window may open or close: offsets of time zones are whole quarters. */
const phases = (windows: readonly Window[]): number[] => {
  const minutes = windows.flatMap(({ hours }) => hours.split('-').map((time) => Number(time.slice(3)) % 15))
  return [...new Set([0, ...minutes])].sort((a, b) => a - b)
}

/**
 * The next instant after `now` at which it changes whether one of the windows is open; undefined where that is more than
 * `within` milliseconds away.
 */
export const nextChange = (windows: readonly Window[], now: Date, within: number): Date | undefined => {
  if (windows.length === 0) return undefined
  const open = (time: number): boolean => windows.some((window) => inWindow(window, new Date(time)))
  const before = open(now.getTime())
  const offsets = phases(windows)
  const first = Math.floor(now.getTime() / quarter) * quarter
  for (let start = first; start <= now.getTime() + within; start += quarter)
    for (const offset of offsets) {
      const time = start + offset * minute
      if (time > now.getTime() && open(time) !== before) return new Date(time)
    }
  return undefined
}
