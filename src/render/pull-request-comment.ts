import type { Report } from '../core/report.ts'
import { badges, blocker, markdown } from './markdown.ts'
import { cutTo, type Block } from './markdown-cut.ts'
import { wayTable } from './markdown-tables.ts'
import { markdownCode, markdownPlain } from './markdown-text.ts'
import { outlineOf } from './outline.ts'
import type { RenderOptions } from './renderer.ts'
import { count, range } from './words.ts'

/** GitHub refuses a longer comment. Characters; UTF-16 units are at least as many. */
const commentLimit = 65_536

/** What is folded begins after this at the latest. Characters. */
const openLimit = 30_000

/** What is said of one environment. */
export interface CommentPart {
  report: Report
  /** Who can unblock it, one sentence each. */
  unblock: readonly string[]
}

export interface PullRequestText extends Pick<RenderOptions, 'blobUrl' | 'notes'> {
  /** The hidden first lines by which the comment is found again. */
  marker: string
}

const scoreOf = ({ score }: Report): string =>
  score.minimum === null ? '–' : `${range(score.low, score.high)}, ${score.minimum}`

const verdicts = (parts: readonly CommentPart[]): Block => ({
  lines: [
    '| Environment | Verdict | Score, minimum | Blockers | Not judged |',
    '|---|---|--:|--:|--:|',
    ...parts.map(({ report }) => {
      const { blockers, unknowns } = outlineOf(report)
      const missing = unknowns.flatMap(({ results }) => results).filter(({ blocking }) => blocking)
      const cells = [badges[report.decision], scoreOf(report), blockers.length, missing.length]
      return `| ${markdownCode(report.environment)} | ${cells.join(' | ')} |`
    }),
  ],
})

const worst = (parts: readonly CommentPart[]): Report['decision'] => {
  const decisions = new Set(parts.map(({ report }) => report.decision))
  return decisions.has('no-go') ? 'no-go' : decisions.has('conditional') ? 'conditional' : 'go'
}

/** Environments that are blocked by the same rules at the same places are told once. */
const grouped = (parts: readonly CommentPart[]): CommentPart[][] => {
  const groups = new Map<string, CommentPart[]>()
  for (const part of parts) {
    const { blockers } = outlineOf(part.report)
    const key = JSON.stringify([part.report.reasons, blockers.map(({ rule, findings }) => [rule, findings])])
    groups.set(key, [...(groups.get(key) ?? []), part])
  }
  return [...groups.values()]
}

const told = (group: readonly CommentPart[], options: RenderOptions): Block[] => {
  const [first] = group
  if (first === undefined || first.report.decision === 'go') return []
  const { report } = first
  const outline = outlineOf(report)
  const names = group.map((part) => markdownCode(part.report.environment)).join(', ')
  const unblock = [...new Set(group.flatMap((part) => part.unblock))]
  return [
    { lines: [`### ${names}: ${report.decision}`] },
    { lines: report.reasons.map(({ code, message }) => `- ${markdownPlain(message)} (${markdownCode(code)})`) },
    ...outline.blockers.map((result) => blocker(result, report, options)),
    ...(outline.blockers.length === 0 ? [] : wayTable(report, outline)),
    ...(unblock.length === 0
      ? []
      : [{ lines: ['**Who can unblock:**', ...unblock.map((one) => `- ${markdownPlain(one)}`)] }]),
  ]
}

/** All verdicts on a pull request as one comment, within GitHub's limit; nothing from the repository has an effect of its own. */
export const pullRequestComment = (
  parts: readonly CommentPart[],
  { marker, notes = [], ...options }: PullRequestText,
): string => {
  const [first] = parts
  const sha = first?.report.subject.sha ?? ''
  const open: Block[] = [
    { lines: [`## ${badges[worst(parts)]}: Prodgate on ${markdownCode(sha.slice(0, 12))}`] },
    verdicts(parts),
    ...notes.map((note) => ({ lines: [`> ${markdownPlain(note)}`] })),
    ...grouped(parts).flatMap((group) => told(group, options)),
  ]
  const top = cutTo(open, openLimit, 'the check run')
  const foot = `<sub>${count(parts.length, 'environment')}; \`/prodgate help\` says what can be asked here</sub>\n`
  const room = commentLimit - marker.length - top.length - foot.length - 8
  const each = Math.floor(room / Math.max(1, parts.length)) - 200
  const folded = parts.map(({ report }) => {
    const name = markdownCode(report.environment).replaceAll('`', '')
    const body = markdown(report, { ...options, limit: Math.max(0, each), full: 'the check run' })
    return `<details>\n<summary>Everything about ${name}</summary>\n\n${body}\n</details>\n`
  })
  return [marker, top, ...folded, foot].join('\n').slice(0, commentLimit)
}
