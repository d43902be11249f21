import type { Report, ReportResult } from '../../core/report.ts'
import { openFindings, type Outline } from '../outline.ts'
import type { RenderOptions } from '../renderer.ts'
import { count, severityCounts } from '../words.ts'
import { Markup, markup, nothing } from './markup.ts'
import { table, type Section } from './section.ts'
import { unjudged } from './unjudged.ts'
import { folded, placeOf, ruleName, said, severityMark } from './words.ts'

type Place = (item: { path: string; line: number }) => Markup

/** Failing rules, a row each, with the first place where each of them fails. */
export const failureTable = (caption: string, results: readonly ReportResult[], place: Place): Markup =>
  table(
    caption,
    [{ name: 'Rule' }, { name: 'Severity' }, { name: 'Where', wide: true }],
    results.map((result) => {
      const [first, ...more] = openFindings(result)
      const where = first === undefined ? markup`${result.reason ?? ''}` : place(first)
      return [
        markup`${said(result.title)} ${ruleName(result.rule)}`,
        severityMark(result.severity),
        markup`${where}${more.length > 0 && markup` and ${more.length} more`}`,
      ]
    }),
  )

const waivers = ({ risks: { waived } }: Outline, place: Place): Markup => {
  const rows = waived.map(({ result, by, findings: [first, ...more] }) => [
    by.expires,
    by.owner,
    markup`${said(result.title)} ${ruleName(result.rule)}`,
    first === undefined
      ? 'the rule as a whole'
      : markup`${place(first)}${more.length > 0 && markup` and ${more.length} more`}`,
    by.reason,
  ])
  const columns = [{ name: 'Until' }, { name: 'Owner' }, { name: 'Rule' }, { name: 'Where' }, { name: 'Reason' }]
  return rows.length === 0
    ? nothing
    : markup`<h3>Waived</h3>${table(`${count(rows.length, 'exception')}, the first to end at the top. They earn no points.`, columns, rows)}`
}

const undecided = ({ undecided: groups }: Outline, place: Place): Markup =>
  groups.length === 0
    ? nothing
    : folded(
        markup`Undecided <span class="quiet">${count(groups.length, 'thing')} that could not be resolved</span>`,
        table(
          'They earn no points and block nothing by themselves.',
          [{ name: 'Where' }, { name: 'What' }, { name: 'Why' }, { name: 'Rules', number: true }],
          groups.map(({ path, line, subject, reason, rules }) => [
            place({ path, line }),
            subject,
            reason,
            rules.length,
          ]),
        ),
      )

/** What is accepted when the deployment goes ahead. */
export const riskSection = ({ subject }: Report, outline: Outline, options: RenderOptions): Section => {
  const place: Place = (item) => placeOf(item, subject.directory, options)
  const { known, risks, unknowns } = outline
  const body = markup`${risks.observed && markup`<p class="intro">This environment is only observed: whatever the verdict, nothing is held back.</p>`}${waivers(outline, place)}${unjudged(
    'Not judged, not blocking here',
    unknowns.filter(({ blocking }) => !blocking),
  )}${
    known.length > 0 &&
    markup`<h3>Known</h3>${failureTable(`${count(known.length, 'blocking rule')} that the base fails too; the change adds nothing.`, known, place)}`
  }${
    risks.failing.length > 0 &&
    markup`<h3>Failing without blocking</h3>${failureTable(`${severityCounts(risks.failing)}. Those of low severity are at the end of the page.`, risks.failing, place)}`
  }${undecided(outline, place)}`
  return {
    id: 'risks',
    title: 'Open risks',
    body:
      body.source === ''
        ? markup`<p class="intro">None beside what blocks: nothing is waived, and nothing else that applies fails or could not be judged.</p>`
        : body,
  }
}
