import type { ReportResult } from '../core/report.ts'
import type { Page } from './human-page.ts'
import { openFindings, type Outline } from './outline.ts'
import { plain } from './plain-text.ts'
import { count, duration, spot } from './words.ts'

/** As many findings of one rule are shown unless all are asked for. */
export const shownFindings = 5

const severityMark = ({ severity }: ReportResult, { paint }: Page): string => {
  const colour = { critical: paint.red, high: paint.red, medium: paint.yellow, low: paint.dim }[severity]
  return colour(severity)
}

const findings = (result: ReportResult, page: Page, all: boolean): void => {
  const open = openFindings(result)
  const shown = all ? open : open.slice(0, shownFindings)
  for (const { path, line, message, known } of shown)
    page.wrapped(
      4,
      '',
      `${page.paint.cyan(plain(spot({ path, line })))}  ${plain(message)}${known === true ? page.paint.dim(' (the base has it too)') : ''}`,
      2,
    )
  if (shown.length < open.length)
    page.line(4, page.paint.dim(`… and ${open.length - shown.length} more (--all shows them)`))
}

/** The rules that stand in the way, worst first, each with its findings and its remedy. */
export const blockers = ({ blockers: list }: Outline, page: Page, all: boolean): void => {
  if (list.length === 0) return
  const total = list.reduce((sum, result) => sum + openFindings(result).length, 0)
  page.heading(`Blockers: ${count(list.length, 'rule')}, ${count(total, 'finding')}`)
  for (const result of list) {
    page.gap()
    const { title, rule, status, reason, fix, effortMinutes } = result
    const mark = `${page.paint.red('✘')} ${severityMark(result, page)}  `
    page.wrapped(2, mark, `${page.paint.bold(plain(title))}  ${page.paint.dim(plain(rule))}`)
    if (status === 'error') page.wrapped(4, '', `the rule broke: ${plain(reason ?? '')}`)
    findings(result, page, all)
    page.wrapped(4, page.paint.green('fix: '), `${plain(fix)} ${page.paint.dim(`(${duration(effortMinutes)})`)}`)
  }
}
