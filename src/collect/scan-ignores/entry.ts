import type { FactValue } from '../../core/facts/index.ts'
import type { Place } from '../../core/facts/place.ts'

/** One entry of an ignore file. */
export type IgnoreEntry = FactValue<'vulnerabilities.ignored'> & { place: Place }

/** The day in a date or a time; undefined for anything else. YAML gives dates as text here. */
export const dayIn = (value: unknown): string | undefined => {
  const day = typeof value === 'string' ? /^\s*(\d{4}-\d\d-\d\d)/.exec(value)?.[1] : undefined
  return day === undefined || Number.isNaN(Date.parse(day)) ? undefined : day
}

/** Words as one line that fits a message; undefined for none. */
export const wordsIn = (value: unknown): string | undefined => {
  if (typeof value !== 'string') return undefined
  const words = value.slice(0, 400).replaceAll(/\s+/g, ' ').trim().slice(0, 200)
  return words === '' ? undefined : words
}
