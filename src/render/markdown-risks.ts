import type { Report, ReportResult } from '../core/report.ts'
import { details, type Block } from './markdown-cut.ts'
import { markdownPlace } from './markdown-place.ts'
import { markdownCode, markdownPlain, markdownText } from './markdown-text.ts'
import type { WaivedRisk } from './open-risks.ts'
import { openFindings, type Outline } from './outline.ts'
import type { RenderOptions } from './renderer.ts'
import { count, severityCounts } from './words.ts'

type Line = (result: ReportResult) => string

const waivedRow = ({ result, by, findings }: WaivedRisk, directory: string, options: RenderOptions): string => {
  const [first] = findings
  const where = first === undefined ? 'the rule as a whole' : markdownPlace(first, directory, options)
  const more = findings.length > 1 ? ` and ${findings.length - 1} more` : ''
  return `| ${markdownPlain(by.expires)} | ${markdownPlain(by.owner)} | ${markdownCode(result.rule)} | ${where}${more} | ${markdownPlain(by.reason)} |`
}

const failureLine =
  (directory: string, options: RenderOptions): Line =>
  (result) => {
    const [first, ...more] = openFindings(result)
    const where = first === undefined ? '' : ` ${markdownPlace(first, directory, options)}`
    const further = more.length === 0 ? '' : ` and ${more.length} more`
    return `- ${result.severity}: ${markdownText(result.title)} ${markdownCode(result.rule)}${where}${further}`
  }

/** What is accepted when the deployment goes ahead: a line a kind of risk, and then each of them, folded. */
export const riskSections = (report: Report, outline: Outline, options: RenderOptions): Block[] => {
  const { directory } = report.subject
  const { known, unknowns, undecided, risks, others } = outline
  const line = failureLine(directory, options)
  const unjudged = unknowns.reduce((sum, { results }) => sum + results.length, 0)
  const [soonest] = risks.waived
  const said = [
    risks.observed ? 'this environment is observed: nothing is held back' : '',
    soonest === undefined
      ? ''
      : `${count(risks.waived.length, 'waiver')}, the first until ${soonest.by.expires} by ${soonest.by.owner}`,
    known.length === 0 ? '' : `${count(known.length, 'blocking rule')} that the base fails too`,
    unjudged === 0 ? '' : `${count(unjudged, 'rule')} not judged, for ${count(unknowns.length, 'reason')}`,
    risks.failing.length === 0
      ? ''
      : `${count(risks.failing.length, 'failing rule')} of medium severity or above that do not block here`,
    undecided.length === 0 ? '' : `${count(undecided.length, 'thing')} that could not be resolved`,
  ].filter((text) => text !== '')
  const failing = others.flatMap(({ category, results }) => [
    `- ${markdownPlain(category)}`,
    ...results.map((result) => `  ${line(result)}`),
  ])
  const open = undecided.map(
    (item) =>
      `- ${markdownPlace(item, directory, options)} ${markdownPlain(item.subject)}: ${markdownPlain(item.reason)} (${item.rules.map(markdownCode).join(', ')})`,
  )
  const waived = risks.waived.map((risk) => waivedRow(risk, directory, options))
  const head = ['| Until | Owner | Rule | Where | Reason |', '|---|---|---|---|---|']
  return [
    ...(said.length === 0
      ? []
      : [{ lines: ['### Open risks', '', ...said.map((text) => `- ${markdownPlain(text)}`)] }]),
    ...details(`Waived: ${waived.length}`, waived.length === 0 ? [] : [...head, ...waived]),
    ...details(`Known, as the base fails too: ${count(known.length, 'blocking rule')}`, known.map(line)),
    ...details(
      `Other failures, not blocking here: ${severityCounts(others.flatMap(({ results }) => results))}`,
      failing,
    ),
    ...details(`Undecided: ${open.length}`, open),
  ]
}
