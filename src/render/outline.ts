import type { Report, ReportFinding, ReportResult } from '../core/report.ts'
import { severities } from '../core/severity.ts'
import { openRisks, type OpenRisks } from './open-risks.ts'
import { planPart, type PlanPart } from './plan-parts.ts'

/** Rules that could not be judged for one and the same reason. */
export interface UnknownGroup {
  reason: string
  /** Whether one of the rules stands in the way of the deployment. */
  blocking: boolean
  results: ReportResult[]
}

/** One thing that rules could not resolve, with the rules that asked. */
export interface UndecidedGroup {
  path: string
  line: number
  subject: string
  reason: string
  rules: string[]
}

/** A report in the order in which a person reads it. All texts for people, terminal, markdown and HTML, are made of it. */
export interface Outline {
  /** Blocking rules that fail or broke, worst first. */
  blockers: ReportResult[]
  /** Blocking rules that fail by findings alone that the base of the change has too. */
  known: ReportResult[]
  /** What could not be judged, blocking first. */
  unknowns: UnknownGroup[]
  /** Failures that block nothing, by category. */
  others: { category: string; results: ReportResult[] }[]
  undecided: UndecidedGroup[]
  waived: { rule: string; finding: ReportFinding }[]
  /** Rules that a waiver covers as a whole though they have no finding. */
  waivedWhole: ReportResult[]
  /** The smallest set of repairs that turns no-go into go. */
  way: PlanPart
  /** The rest of the plan: the first week and the first month. */
  later: PlanPart[]
  /** What is accepted with the deployment, beside `known`, `unknowns` and `undecided`. */
  risks: OpenRisks
}

const rank = ({ severity }: ReportResult): number => severities.indexOf(severity)
const worstFirst = (a: ReportResult, b: ReportResult): number => rank(a) - rank(b) || (a.rule < b.rule ? -1 : 1)

const group = <T>(list: readonly T[], key: (item: T) => string): Map<string, T[]> => {
  const groups = new Map<string, T[]>()
  for (const item of list) {
    const known = groups.get(key(item))
    if (known === undefined) groups.set(key(item), [item])
    else known.push(item)
  }
  return groups
}

/** An unknown result that only single things made so, and nothing that is missing, does not block. */
const isOnlyUndecided = ({ reason = '', undecided: [first] }: ReportResult): boolean =>
  first !== undefined && reason.startsWith(`${first.path}:${first.line} ${first.reason}`)

const unknownGroups = (results: readonly ReportResult[]): UnknownGroup[] => {
  const unknown = results.filter((result) => result.status === 'unknown' && !isOnlyUndecided(result))
  return [...group(unknown, ({ reason = 'no reason was given' }) => reason)]
    .map(([reason, members]) => ({
      reason,
      blocking: members.some(({ blocking }) => blocking),
      results: members.sort(worstFirst),
    }))
    .sort((a, b) => Number(b.blocking) - Number(a.blocking) || b.results.length - a.results.length)
}

const undecidedGroups = (results: readonly ReportResult[]): UndecidedGroup[] => {
  const all = results.flatMap(({ rule, undecided }) => undecided.map((item) => ({ ...item, rule })))
  return [...group(all, ({ path, line, reason }) => `${path}\n${line}\n${reason}`).values()].map((members) => {
    const [first] = members as [(typeof all)[number]]
    const { path, line, subject, reason } = first
    return { path, line, subject, reason, rules: [...new Set(members.map(({ rule }) => rule))] }
  })
}

/** The findings of a result that no waiver covers. */
export const openFindings = ({ findings }: ReportResult): ReportFinding[] =>
  findings.filter(({ waived }) => waived === undefined)

const isKnown = (result: ReportResult): boolean =>
  result.status === 'fail' && openFindings(result).every(({ known }) => known === true)

/** Puts a report in the order of reading. */
export const outlineOf = (report: Report): Outline => {
  const { results } = report
  const failing = results.filter(({ status }) => status === 'fail' || status === 'error')
  const blocking = failing.filter((result) => result.blocking).sort(worstFirst)
  const mild = failing.filter((result) => !result.blocking).sort(worstFirst)
  return {
    blockers: blocking.filter((result) => !isKnown(result)),
    known: blocking.filter(isKnown),
    unknowns: unknownGroups(results),
    others: [...group(mild, ({ category }) => category)]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([category, list]) => ({ category, results: list })),
    undecided: undecidedGroups(results),
    waived: results.flatMap(({ rule, findings }) =>
      findings.filter(({ waived }) => waived !== undefined).map((finding) => ({ rule, finding })),
    ),
    waivedWhole: results.filter(({ status, findings }) => status === 'waived' && findings.length === 0),
    way: planPart(report, 'before-deploy'),
    later: [planPart(report, 'first-week'), planPart(report, 'first-month')],
    risks: openRisks(report, mild),
  }
}
