import type { Window } from './policy-file.ts'

const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']

const includesDay = (spec: string, day: string): boolean =>
  spec.split(',').some((part) => {
    const [from = '', to = from] = part.split('-')
    const [start, end, at] = [days.indexOf(from), days.indexOf(to), days.indexOf(day)]
    return start <= end ? start <= at && at <= end : at >= start || at <= end
  })

/** Whether an instant lies in a deployment window, in the window's own time zone. The end of the hours lies outside. */
export const inWindow = (window: Window, now: Date): boolean => {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: window['time-zone'],
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(now)
  const part = (type: string): string => parts.find((found) => found.type === type)?.value ?? ''
  const time = `${part('hour')}:${part('minute')}`
  const [from = '', to = ''] = window.hours.split('-')
  return includesDay(window.days, part('weekday').toLowerCase()) && from <= time && time < to
}
