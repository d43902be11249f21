import { asList, asMapping, asText, type Mapping } from '../shape.ts'
import type { Reading, Source } from './reading.ts'

/** Labels by which people say how urgent an alert is. */
const urgency = ['severity', 'priority', 'level', 'urgency', 'page', 'criticality']

/** An expression that looks back by itself, or asks whether something is there at all. */
const looksBack = /\[\s{0,4}\d+\s{0,4}[mhd]|absent(?:_over_time)?\s{0,4}\(|offset\s/

/** Notes the alerts of a rule file, and the metrics that it records itself. */
export const readAlerts = (source: Source, root: Mapping, reading: Reading, file: boolean): void => {
  for (const group of asList(root['groups']) ?? [])
    for (const item of asList(asMapping(group)?.['rules']) ?? []) {
      const rule = asMapping(item)
      if (rule === undefined) continue
      const recorded = asText(rule['record'])
      if (recorded !== undefined) reading.recorded.add(recorded)
      const name = asText(rule['alert'])
      if (name === undefined) continue
      const expression = asText(rule['expr']) ?? ''
      const labels = { ...asMapping(asMapping(group)?.['labels']), ...asMapping(rule['labels']) }
      reading.alerts.push({
        name,
        expression,
        place: source.document.at(rule, 'alert'),
        places: { expr: source.document.at(rule, 'expr') },
        waits: rule['for'] != null || looksBack.test(expression),
        severity: urgency.some((label) => label in labels),
        ...(file ? { file: source.path } : {}),
      })
    }
}

const words = /[A-Za-z_:][\w:]*/y
const grammar = new Set(
  'by without on ignoring group_left group_right and or unless offset bool inf nan atan2 start end le'.split(' '),
)
/** No expression that a person wrote is longer. Characters. */
const maxExpression = 20_000

const skipTo = (text: string, from: number, close: string): number => {
  const end = text.indexOf(close, from)
  return end < 0 ? text.length : end + 1
}

/** The end of `{…}`, whose strings may hold braces of their own. */
const skipSelector = (text: string, from: number): number => {
  let at = from + 1
  while (at < text.length && text[at] !== '}')
    at = /["'`]/.test(text[at] ?? '') ? skipTo(text, at + 1, text[at] ?? '') : at + 1
  return at + 1
}

/**
 * The names of the metrics in an expression of PromQL: words that are no function, no label and no keyword. Selectors,
 * strings, ranges and lists of labels are passed over.
 */
export const metricsIn = (expression: string): string[] => {
  const text = expression.slice(0, maxExpression)
  const found = new Set<string>()
  let labels = false
  for (let at = 0; at < text.length;) {
    const char = text[at] ?? ''
    words.lastIndex = at
    const word = words.exec(text)?.[0]
    if (word !== undefined) {
      at += word.length
      const rest = text.slice(at, at + 40).trimStart()
      labels = /^(?:by|without|on|ignoring|group_left|group_right)$/i.test(word)
      if (grammar.has(word.toLowerCase()) || rest.startsWith('(') || /^(?:by|without)\b/.test(rest)) continue
      found.add(word)
    } else if (char === '(' && labels) {
      at = skipTo(text, at, ')')
      labels = false
    } else if (char === '#') at = skipTo(text, at, '\n')
    else if (char === '"' || char === "'" || char === '`') at = skipTo(text, at + 1, char)
    else if (char === '{') at = skipSelector(text, at)
    else if (char === '[') at = skipTo(text, at, ']')
    else if (/\d/.test(char)) while (/[\w.]/.test(text[at] ?? '')) at++
    else at++
  }
  return [...found]
}
