import type { CheckAnnotation } from '../core/check-annotation.ts'
import type { Report, ReportFinding, ReportResult } from '../core/report.ts'
import { severities } from '../core/severity.ts'
import { blocker, markdown } from './markdown.ts'
import { cutTo, type Block } from './markdown-cut.ts'
import { wayTable } from './markdown-tables.ts'
import { markdownCode, markdownPlain } from './markdown-text.ts'
import { outlineOf } from './outline.ts'
import type { RenderOptions } from './renderer.ts'
import { count, range } from './words.ts'

/** GitHub's limit of the summary and of the text. Characters; UTF-16 units are at least as many. */
const textLimit = 65_535

/** More on one commit is noise, and four requests. */
const maxAnnotations = 200

/** GitHub takes 64 kB. Characters. */
const maxMessage = 8_000
const maxTitle = 200

/** What a check run shows. */
export interface CheckText {
  title: string
  summary: string
  text: string
  annotations: CheckAnnotation[]
}

const cut = (text: string, limit: number): string =>
  text.length <= limit ? text : `${text.slice(0, limit - 1).replace(/[\uD800-\uDBFF]$/, '')}…`

/** `no-go: 3 blockers, score 61–74, minimum 80`. */
export const headline = (report: Report): string => {
  const { blockers, unknowns } = outlineOf(report)
  const missing = unknowns.filter(({ blocking }) => blocking).flatMap(({ results }) => results)
  const said = [
    ...(blockers.length === 0 ? [] : [count(blockers.length, 'blocker')]),
    ...(missing.length === 0 ? [] : [`${missing.filter(({ blocking }) => blocking).length} not judged`]),
    ...(report.score.minimum === null
      ? []
      : [`score ${range(report.score.low, report.score.high)}, minimum ${report.score.minimum}`]),
  ]
  const [reason] = report.reasons
  if (said.length === 0 && reason !== undefined) said.push(reason.message)
  return cut(said.length === 0 ? report.decision : `${report.decision}: ${said.join(', ')}`, maxTitle)
}

const levelOf = (result: ReportResult, { known }: ReportFinding): CheckAnnotation['level'] => {
  if (result.blocking && known !== true) return 'failure'
  return result.severity === 'low' ? 'notice' : 'warning'
}

const annotationOf = (result: ReportResult, finding: ReportFinding): CheckAnnotation => {
  const { path, line, column, endLine = line, message } = finding
  return {
    path,
    startLine: line,
    endLine: Math.max(line, endLine),
    // GitHub takes columns only where the annotation is on one line.
    ...(endLine <= line ? { startColumn: column, endColumn: column } : {}),
    level: levelOf(result, finding),
    title: cut(`${result.rule} (${result.severity})`, maxTitle),
    message: cut(`${message}\n${result.fix}`, maxMessage),
  }
}

const levels = ['failure', 'warning', 'notice']

/** The findings on their lines, blocking ones first, the worst before the others. What is about no file has no line. */
export const checkAnnotations = (report: Report): CheckAnnotation[] =>
  report.results
    .filter(({ status }) => status === 'fail')
    .toSorted((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity) || (a.rule < b.rule ? -1 : 1))
    .flatMap((result) =>
      result.findings
        .filter(({ path, waived }) => path !== '.' && waived === undefined)
        .map((finding) => annotationOf(result, finding)),
    )
    .sort((a, b) => levels.indexOf(a.level) - levels.indexOf(b.level))

const summaryOf = (report: Report, hidden: number, options: RenderOptions): string => {
  const outline = outlineOf(report)
  const blocks: Block[] = [
    { lines: report.reasons.map(({ code, message }) => `- ${markdownPlain(message)} (${markdownCode(code)})`) },
    ...(options.notes ?? []).map((note) => ({ lines: [`> ${markdownPlain(note)}`] })),
    ...outline.blockers.map((result) => blocker(result, report, options)),
    ...wayTable(report, outline),
    ...(hidden === 0 ? [] : [{ lines: [`${count(hidden, 'more finding')} than are shown on the lines.`] }]),
  ]
  return cutTo(blocks, textLimit, 'the details below')
}

/** A report as a check run shows it, within GitHub's limits; nothing from the repository has an effect of its own. */
export const checkText = (report: Report, options: Pick<RenderOptions, 'blobUrl' | 'notes'> = {}): CheckText => {
  const annotations = checkAnnotations(report)
  return {
    title: headline(report),
    summary: summaryOf(report, Math.max(0, annotations.length - maxAnnotations), options),
    text: markdown(report, { ...options, limit: textLimit, full: 'the report of prodgate check at this commit' }),
    annotations: annotations.slice(0, maxAnnotations),
  }
}
