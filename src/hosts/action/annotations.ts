import type { Report, ReportResult } from '../../core/report.ts'
import { severities } from '../../core/severity.ts'

/** GitHub shows this many annotations of each level for one step, and drops the rest in silence. */
export const perLevel = 10

export interface Annotation {
  level: 'error' | 'warning' | 'notice'
  message: string
  properties: { title?: string; file?: string; startLine?: number; endLine?: number; startColumn?: number }
}

const open = new Set<ReportResult['status']>(['fail', 'unknown', 'error'])

const annotate = (result: ReportResult, pathOf: (path: string) => string): Annotation[] => {
  const level = result.blocking ? 'error' : 'warning'
  const title = `${result.rule} (${result.severity})`
  const live = result.findings.filter(({ waived }) => waived === undefined)
  // Only a blocker is worth a line of its own when there is no place to put it on.
  if (live.length === 0)
    return result.blocking
      ? [{ level, message: `${result.title}: ${result.reason ?? result.status}`, properties: { title } }]
      : []
  return live.map(({ path, line, column, endLine, message }) => ({
    level,
    message: `${message}\n${result.fix}`,
    // A finding about the repository as a whole stands at no line.
    properties:
      path === '.'
        ? { title }
        : {
            title,
            file: pathOf(path),
            startLine: line,
            // GitHub takes columns only where the annotation is on one line.
            ...(endLine === undefined || endLine === line ? { startColumn: column } : { endLine }),
          },
  }))
}

/**
 * What to show on the lines: blockers first and as errors, the rest as warnings, the worst first, within GitHub's limits.
 * What does not fit is counted in a notice.
 * @param pathOf a finding's path from the root of the repository
 * @param errors how many errors may be used
 */
export const annotationsFor = (report: Report, pathOf: (path: string) => string, errors = perLevel): Annotation[] => {
  const results = report.results
    .filter(({ status }) => open.has(status))
    .toSorted((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity) || (a.rule < b.rule ? -1 : 1))
  const all = results.flatMap((result) => annotate(result, pathOf))
  const blockers = all.filter(({ level }) => level === 'error')
  const others = all.filter(({ level }) => level === 'warning')
  const shown = [...blockers.slice(0, errors), ...others.slice(0, perLevel)]
  const hidden = [Math.max(blockers.length - errors, 0), Math.max(others.length - perLevel, 0)] as const
  if (hidden[0] + hidden[1] === 0) return shown
  const message = `${hidden[0]} more blocking and ${hidden[1]} more other findings are in the job summary and the report.`
  return [...shown, { level: 'notice', message, properties: { title: 'prodgate' } }]
}
