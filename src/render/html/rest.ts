import type { Report, ReportResult } from '../../core/report.ts'
import type { Outline } from '../outline.ts'
import type { RenderOptions } from '../renderer.ts'
import { count, severityCounts } from '../words.ts'
import { Markup, markup } from './markup.ts'
import { failureTable } from './risks.ts'
import { table, type Section } from './section.ts'
import { folded, placeOf, ruleName, said, severityMark } from './words.ts'

const passed = (results: readonly ReportResult[]): Markup =>
  table(
    'What holds, by rule.',
    [{ name: 'Rule' }, { name: 'Category' }, { name: 'Severity' }],
    results.map(({ title, rule, category, severity }) => [
      markup`${said(title)} ${ruleName(rule)}`,
      category,
      severityMark(severity),
    ]),
  )

/** Everything that a reader of the verdict need not see at once. */
export const restSection = (
  report: Report,
  { others, risks }: Outline,
  options: RenderOptions,
): Section | undefined => {
  const place = (item: { path: string; line: number }): Markup => placeOf(item, report.subject.directory, options)
  const passing = report.results.filter(({ status }) => status === 'pass')
  const absent = report.results.filter(({ status }) => status === 'not-applicable')
  const low = others.flatMap(({ results }) => results.filter((result) => !risks.failing.includes(result)))
  if (low.length + passing.length + absent.length === 0) return undefined
  return {
    id: 'rest',
    title: 'Everything else',
    body: markup`${
      low.length > 0 &&
      folded(
        markup`Failing <span class="quiet">${severityCounts(low)}, not blocking here</span>`,
        failureTable('Failures that block nothing.', low, place),
      )
    }${
      passing.length > 0 &&
      folded(markup`Passing <span class="quiet">${count(passing.length, 'rule')}</span>`, passed(passing), 'screen')
    }${
      absent.length > 0 &&
      folded(
        markup`Not applicable <span class="quiet">${count(absent.length, 'rule')} about things that are not here</span>`,
        markup`<ul class="columns">${absent.map(({ rule }) => markup`<li>${ruleName(rule)}</li>`)}</ul>`,
        'screen',
      )
    }`,
  }
}
