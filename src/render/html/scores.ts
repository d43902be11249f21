import type { Report } from '../../core/report.ts'
import { range } from '../words.ts'
import { scoreBar } from './charts.ts'
import { Markup, markup } from './markup.ts'
import { table, type Section } from './section.ts'

const columns = [
  { name: 'Category' },
  { name: '0 to 100' },
  { name: 'Score', number: true },
  { name: 'Confidence', number: true },
  { name: 'Pass', number: true },
  { name: 'Fail', number: true },
  { name: 'Unknown', number: true },
]

const key = (kind: string, words: string): Markup =>
  markup`<li><svg class="key ${kind}" aria-hidden="true" width="22" height="12"><rect class="track" width="22" height="12" rx="2"/><rect class="sample" width="22" height="12" rx="2"${kind === 'unknown' && markup` fill="url(#open)"`}/></svg>${words}</li>`

/** The score and the confidence of each category, the weakest first. */
export const scoreSection = ({ score: { categories, minimum } }: Report): Section | undefined => {
  if (categories.length === 0) return undefined
  const rows = categories
    .toSorted((a, b) => a.low - b.low || a.high - b.high || (a.id < b.id ? -1 : 1))
    .map(({ id, low, high, confidence, pass, fail, unknown }) => [
      id,
      scoreBar({ name: id, low, high, minimum }),
      range(low, high),
      `${confidence} %`,
      pass,
      fail,
      unknown,
    ])
  return {
    id: 'scores',
    title: 'Score by category',
    body: markup`<ul class="keys">${key('met', 'certain, minimum met')}${key('unmet', 'certain, below the minimum')}${key('unknown', 'not known')}${minimum !== null && key('line', `minimum ${minimum}`)}</ul><div class="scores">${table('Weakest first. The low bound counts what is unknown as failed, the high bound as passed.', columns, rows)}</div>`,
  }
}
