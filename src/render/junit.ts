import type { Report, ReportResult } from '../core/report.ts'
import { openFindings } from './outline.ts'
import { plain } from './plain-text.ts'
import type { Renderer } from './renderer.ts'
import { duration } from './words.ts'

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Text that XML 1.0 may hold, escaped for an attribute or an element. */
const xml = (text: string): string =>
  plain(text)
    .replaceAll(/[\ufffe\uffff]/g, '')
    .replaceAll(/[&<>"]/g, (mark) => entities[mark] ?? '')

const body = (result: ReportResult): string =>
  [
    ...openFindings(result).map(({ path, line, column, message }) => `${path}:${line}:${column} ${message}`),
    `fix: ${result.fix} (${duration(result.effortMinutes)})`,
  ]
    .map(xml)
    .join('\n')

const errorText = (result: ReportResult): string =>
  `<error type="${result.status}" message="${xml(result.reason ?? '')}">${body(result)}</error>`

const outcomes: Record<ReportResult['status'], (result: ReportResult) => string> = {
  pass: () => '',
  fail: (result) => {
    const findings = openFindings(result)
    const more = findings.length > 1 ? ` (and ${findings.length - 1} more)` : ''
    const message = xml(`${findings[0]?.message ?? 'fails'}${more}`)
    return `<failure type="${result.severity}" message="${message}">${body(result)}</failure>`
  },
  unknown: errorText,
  error: errorText,
  waived: ({ findings }) => {
    const waiver = findings.find(({ waived }) => waived !== undefined)?.waived
    const said = waiver === undefined ? '' : ` until ${waiver.expires} by ${waiver.owner}: ${waiver.reason}`
    return `<skipped message="${xml(`waived${said}`)}"/>`
  },
  'not-applicable': () => '<skipped message="not applicable: nothing here is of the kind that this rule is about"/>',
}

const counts = (results: readonly ReportResult[]): string => {
  const having = (...statuses: ReportResult['status'][]): number =>
    results.filter(({ status }) => statuses.includes(status)).length
  return [
    `tests="${results.length}"`,
    `failures="${having('fail')}"`,
    `errors="${having('unknown', 'error')}"`,
    `skipped="${having('waived', 'not-applicable')}"`,
    'time="0"',
  ].join(' ')
}

const testcase = (result: ReportResult): string => {
  const [name, within] = [xml(`${result.title} (${result.rule})`), xml(`prodgate.${result.category}`)]
  const said = outcomes[result.status](result)
  const open = `    <testcase name="${name}" classname="${within}" time="0"`
  return said === '' ? `${open}/>` : `${open}>${said}</testcase>`
}

/** The decision as a test case of its own, so that a report without results never looks like a run that passed. */
const decisionSuite = ({ decision, reasons, environment }: Report): string[] => {
  const failed = decision === 'no-go'
  const said = reasons.map(({ code, message }) => xml(`${code}: ${message}`)).join('\n')
  const close = failed
    ? `><failure type="${decision}" message="no-go for ${xml(environment)}">${said}</failure></testcase>`
    : '/>'
  return [
    `  <testsuite name="decision" tests="1" failures="${failed ? 1 : 0}" errors="0" skipped="0" time="0">`,
    `    <testcase name="the decision is go or conditional" classname="prodgate.decision" time="0"${close}`,
    '  </testsuite>',
  ]
}

/** JUnit XML: a test suite for each category, a test case for each rule. What could not be judged is an error. */
export const junit: Renderer = (report) => {
  const { results, environment, decision } = report
  const categories = [...new Set(results.map(({ category }) => category))].sort()
  const suites = categories.flatMap((category) => {
    const own = results.filter((result) => result.category === category)
    return [`  <testsuite name="${xml(category)}" ${counts(own)}>`, ...own.map(testcase), '  </testsuite>']
  })
  const name = xml(`prodgate ${environment}: ${decision}`)
  const whole = decisionSuite(report)
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${name}">`,
    ...whole,
    ...suites,
    '</testsuites>',
    '',
  ].join('\n')
}
