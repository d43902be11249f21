import type { Report } from '../core/report.ts'
import { details, type Block } from './markdown-cut.ts'
import { markdownCode, markdownPlain, markdownText } from './markdown-text.ts'
import type { Outline } from './outline.ts'
import type { PlanPart } from './plan-parts.ts'
import { count, duration, firstOf, range } from './words.ts'

const fewRules = 2

const planRows = ({ steps }: PlanPart): string[] => [
  '| | Repair | Points | Effort |',
  '|--:|---|--:|--:|',
  ...steps.map(
    ({ rules, title, gain, effortMinutes }, index) =>
      `| ${index + 1} | ${markdownText(title)} ${firstOf(rules.map(markdownCode), fewRules)} | +${gain} | ${duration(effortMinutes)} |`,
  ),
]

const total = ({ steps, points, minutes }: PlanPart): string =>
  `${count(steps.length, 'step')}, +${points} points, about ${duration(minutes)}`

/** The smallest set of repairs that turns no-go into go. */
export const wayTable = ({ decision }: Report, { way }: Outline): Block[] =>
  way.steps.length === 0 || decision === 'go'
    ? []
    : [{ lines: [`### The shortest way to go: ${total(way)}`, '', ...planRows(way)] }]

/** What the plan keeps for the first week and the first month. */
export const laterTables = ({ later }: Outline): Block[] =>
  later.flatMap((part) => (part.steps.length === 0 ? [] : details(`${part.name}: ${total(part)}`, planRows(part))))

/** The score and the confidence of each category, the weakest first. */
export const scoreTable = ({ score: { categories } }: Report): Block[] => {
  if (categories.length === 0) return []
  const rows = categories
    .toSorted((a, b) => a.low - b.low || a.high - b.high || (a.id < b.id ? -1 : 1))
    .map(
      ({ id, low, high, confidence, pass, fail, unknown }) =>
        `| ${markdownPlain(id)} | ${range(low, high)} | ${confidence} % | ${pass} | ${fail} | ${unknown} |`,
    )
  const head = ['| Category | Score | Confidence | Pass | Fail | Unknown |', '|---|--:|--:|--:|--:|--:|']
  return [{ lines: ['### Score by category', '', ...head, ...rows] }]
}

const commit = (sha: string | null, judged: string | null): string => {
  if (sha === null) return 'not said'
  return sha === judged ? 'this one' : markdownCode(sha.slice(0, 12))
}

/** What the pipelines left, and for which commit. */
export const evidenceTable = ({ evidence, subject }: Report): Block[] => {
  const rows = evidence.map(
    ({ kind, format, path, sha, createdAt }) =>
      `| ${kind} | ${markdownPlain(format)} | ${markdownCode(path)} | ${commit(sha, subject.sha)} | ${markdownPlain(createdAt ?? 'not said')} |`,
  )
  if (rows.length === 0) return []
  const head = ['| Kind | Format | File | Commit | Made |', '|---|---|---|---|---|']
  return details(`Evidence: ${count(rows.length, 'file')}`, [...head, ...rows])
}
