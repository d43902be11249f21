import { plainText, type MarkdownLine } from './markdown.ts'

/** A score of 100 that a line gives to something. */
interface Score {
  label: string
  value: number
  line: number
  section: string
}

const bullet = /^\s*(?:[-*+]|\d+[.)])?\s*([A-Z][\w &/+,-]{2,60}?)\s*:\s*(\d{1,3}(?:\.\d+)?)\s?(?:%|\/\s?(100|10)\b)/
const row = /^\s*\|\s*([A-Z][\w &/+,-]{2,60}?)\s*\|\s*(\d{1,3}(?:\.\d+)?)\s?(?:%|\/\s?(100|10)\b)\s*\|/
const titled = /^([A-Z][\w &/+,-]{2,60}?)\s*\((\d{1,3})\s?(?:%|\/\s?100)\)$/
const overall =
  /^(?:overall|total|final|aggregate|production readiness|readiness)(?:\s+(?:score|readiness|rating|grade|production readiness))*$/i

const scoreOf = (match: RegExpExecArray | null, line: MarkdownLine): Score | undefined => {
  const [, label = '', digits = '', base] = match ?? []
  const value = Number(digits) * (base === '10' ? 10 : 1)
  return match === null || value > 100
    ? undefined
    : { label: label.trim(), value, line: line.number, section: line.section }
}

const normal = (label: string): string =>
  label
    .toLowerCase()
    .replace(/^\d+\.?\s*/, '')
    .replace(/&/g, 'and')
    .replace(/[^a-z ]/g, '')
    .replace(/\b(?:score|the|and)\b/g, '')
    .replace(/s\b/g, '')
    .replace(/\s+/g, ' ')
    .trim()

const round = (value: number): number => Math.round(value * 10) / 10

export interface Scores {
  stated: { value: number; line: number } | undefined
  computed: number | undefined
  categories: { label: string; values: number[]; line: number; consistent: boolean }[]
}

/**
 * The overall score, the mean of the category scores in its own section (none where weights are spoken of), and every
 * category that has a score in that section, with all scores that the report gives it.
 */
export const readScores = (lines: readonly MarkdownLine[]): Scores => {
  const all: Score[] = []
  for (const line of lines) {
    if (line.code || line.text.length > 500) continue
    const words = plainText(line.text)
    const found = scoreOf(
      (line.heading ? titled : line.text.trimStart().startsWith('|') ? row : bullet).exec(words),
      line,
    )
    if (found !== undefined) all.push(found)
  }
  const stated = all.find(({ label }) => overall.test(label))
  if (stated === undefined) return { stated: undefined, computed: undefined, categories: [] }
  const here = all.filter(({ label, section }) => section === stated.section && !overall.test(label))
  const weighted = lines.some(({ section, text }) => section === stated.section && /weight/i.test(text))
  const categories = here.map(({ label, line, value }) => {
    const same = all.filter((other) => normal(other.label) === normal(label))
    const values = [...new Set([value, ...same.map((other) => other.value)])]
    return { label, values, line, consistent: values.length === 1 }
  })
  const computed =
    here.length < 2 || weighted ? undefined : round(here.reduce((sum, { value }) => sum + value, 0) / here.length)
  return { stated: { value: stated.value, line: stated.line }, computed, categories }
}
