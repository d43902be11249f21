/** A percentage with the fraction that it should be. `column` counts from 1. */
export interface Fraction {
  text: string
  percent: number
  computed: number
  column: number
}

const after =
  /(?<![\d.])(\d{1,3}(?:\.\d{1,2})?)\s?%\s?\(\s?(\d{1,7})\s?(?:\/|of|out of)\s?(\d{1,7})(?:\s[a-z ]{0,30})?\)/gi
const before =
  /(?<![\d./-])(\d{1,7})\s?(?:\/|of|out of)\s?(\d{1,7})(?![\d./-])(?:\s[a-z][a-z ]{0,40})?\s?\((\d{1,3}(?:\.\d{1,2})?)\s?%(?:\s(?:coverage|passing|passed|pass rate|complete|completed|done|success(?: rate)?))?\)/gi

/** The percentages of a line that stand beside their own fraction. A whole of nothing has no percentage. */
export const fractionsIn = (line: string): Fraction[] => {
  if (line.length > 2_000 || !line.includes('%')) return []
  const found: Fraction[] = []
  const add = (match: RegExpMatchArray, percent: number, part: number, whole: number): void => {
    if (whole > 0 && part <= whole)
      found.push({
        text: match[0].trim(),
        percent,
        computed: Math.round((part / whole) * 1000) / 10,
        column: (match.index ?? 0) + 1,
      })
  }
  for (const match of line.matchAll(after)) add(match, Number(match[1]), Number(match[2]), Number(match[3]))
  for (const match of line.matchAll(before)) add(match, Number(match[3]), Number(match[1]), Number(match[2]))
  return found
}
