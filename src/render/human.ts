import type { Report } from '../core/report.ts'
import {
  footer,
  knownFailures,
  missingEvidence,
  otherFailures,
  plan,
  undecided,
  unknowns,
  waived,
} from './human-sections.ts'
import { blockers } from './human-blockers.ts'
import { pageOf, type Page } from './human-page.ts'
import { outlineOf } from './outline.ts'
import { paintFor } from './paint.ts'
import { plain } from './plain-text.ts'
import type { Renderer } from './renderer.ts'
import { range } from './words.ts'

const headline = ({ decision, environment, subject }: Report, { paint, line }: Page): void => {
  const badge = {
    go: paint.bold(paint.green('✔ GO')),
    conditional: paint.bold(paint.yellow('▲ CONDITIONAL')),
    'no-go': paint.bold(paint.red('✘ NO-GO')),
  }[decision]
  const commit = subject.sha === null ? '' : `@${subject.sha.slice(0, 12)}`
  const folder = subject.directory === '.' ? '' : ` ${subject.directory}`
  const what = plain(`${subject.repository ?? ''}${commit}${folder}`)
  line(0, `${badge} for ${paint.bold(plain(environment))}${what === '' ? '' : paint.dim(`  ${what}`)}`)
}

const scoreLine = ({ score }: Report, { paint, line }: Page): void => {
  if (score.minimum === null) return
  const text = `Score ${range(score.low, score.high)} of 100, minimum ${score.minimum}`
  const sure = `, confidence ${score.confidence} %`
  const open = score.low === score.high ? '' : paint.dim(' (the low bound counts what is unknown as failed)')
  line(0, `${score.low < score.minimum ? paint.red(text) : paint.green(text)}${sure}${open}`)
}

/** What a person reads in a terminal: the decision, what blocks it, the shortest way to go, and then the rest. */
export const human: Renderer = (report, { color = false, width = 100, all = false } = {}) => {
  const page = pageOf(paintFor(color), Math.max(40, width))
  const outline = outlineOf(report)
  headline(report, page)
  for (const { code, message } of report.reasons)
    page.wrapped(2, '• ', `${plain(message)} ${page.paint.dim(`[${code}]`)}`)
  page.gap()
  scoreLine(report, page)
  blockers(outline, page, all)
  unknowns(outline, page, all)
  missingEvidence(report, page)
  plan(report, outline, page, all)
  knownFailures(outline, page)
  otherFailures(outline, page)
  undecided(outline, page, all)
  waived(outline, page, all)
  footer(report, page)
  return page.text()
}
