import * as z from 'zod'
import { firstLine } from '../format.ts'

/** One line of text; anything else than text is as good as absent where a tool need not give it. */
export const line = z
  .string()
  .nullish()
  .transform((text) => firstLine(text ?? ''))

/** A text that has to be there and to say something. */
export const name = z
  .string()
  .transform((text) => firstLine(text) ?? '')
  .refine((text) => text !== '')

export const lineNumber = z
  .number()
  .nullish()
  .transform((value) => (typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : undefined))

export const listOf = <Entry extends z.ZodType>(entry: Entry) =>
  z
    .array(entry)
    .nullish()
    .transform((list) => list ?? [])

/** A day as ISO 8601 has it, from a date or a time. */
export const dayOf = (text: string | undefined): string | undefined => {
  const day = /^(\d{4}-\d\d-\d\d)(?:$|[T ])/.exec(text ?? '')?.[1]
  return day === undefined || Number.isNaN(Date.parse(day)) ? undefined : day
}
