import { wholeText, type EvidenceText, type Likeness, type Refusal } from '../format.ts'
import { refuse } from './reading.ts'

/** Longer reports are refused: tools print a page or two. Characters. */
const maxLength = 4_000_000

/** The text of a report that a tool prints. */
export const readReport = async (text: EvidenceText): Promise<{ report: string } | { refused: Refusal }> => {
  const report = await wholeText(text, maxLength)
  return report === undefined
    ? refuse('too-large', `is longer than ${maxLength / 1_000_000} million characters`)
    : { report }
}

/** What a printed report is by the words in it. */
export const likeness = (head: string, marks: readonly RegExp[]): Likeness => {
  if (marks.every((mark) => mark.test(head))) return 'this'
  return /^\s*$/.test(head) ? 'unclear' : 'other'
}

const milliseconds = { ns: 1e-6, us: 1e-3, µs: 1e-3, μs: 1e-3, ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const

/** A duration as Go and wrk print it, `1m2.5s` or `13.20ms`, in milliseconds; NaN for what is none. */
export const durationOf = (text: string | undefined): number => {
  const whole = text?.trim() ?? ''
  if (!/^(?:\d{1,15}(?:\.\d{1,15})?(?:ns|us|µs|μs|ms|s|m|h)){1,4}$/.test(whole)) return whole === '0' ? 0 : Number.NaN
  let sum = 0
  for (const [, number, unit] of whole.matchAll(/(\d+(?:\.\d+)?)(ns|us|µs|μs|ms|s|m|h)/g))
    sum += Number(number) * milliseconds[unit as keyof typeof milliseconds]
  return sum
}

/** A plain number; undefined where there is no text, NaN for a text that is none. */
export const numberOf = (text: string | undefined): number | undefined =>
  text === undefined
    ? undefined
    : /^\s*\d{1,15}(?:\.\d{1,15})?(?:e[+-]?\d{1,2})?\s*$/i.test(text)
      ? Number(text)
      : Number.NaN
