import type { Report, ReportFinding, ReportResult } from '../core/report.ts'
import { severities } from '../core/severity.ts'
import { inert, inertUpTo } from './inert.ts'

/** GitHub refuses a longer comment. Characters; UTF-16 units are at least as many. */
export const commentLimit = 65_536

/** What a comment says beside the report. */
export interface CommentSetting {
  /** The hidden first lines by which the comment is found again. */
  marker: string
  /** What a path is put after to link to a file: `https://github.com/owner/name/blob/<sha>`. */
  blobUrl?: string | undefined
  /** A finding's path from the root of the repository. */
  pathOf?: (path: string) => string
  /** Sentences about the policy that was applied. */
  notes?: readonly string[]
  limit?: number
}

/** Lines that belong together: all of `open` and `close`, and as many of `lines` as fit. */
interface Section {
  open: string
  lines: readonly string[]
  close: string
}

const icons = { go: '🟢', conditional: '🟡', 'no-go': '🔴' } as const

/** More blockers than this are read in the report, not in a conversation. */
const shownBlockers = 25

const live = ({ findings }: ReportResult): ReportFinding[] => findings.filter(({ waived }) => waived === undefined)

const open = new Set<ReportResult['status']>(['fail', 'unknown', 'error'])

const encodePath = (path: string): string =>
  path
    .split('/')
    // encodeURIComponent leaves parentheses, which would end a Markdown link.
    .map((part) =>
      encodeURIComponent(part.replace(/\p{Surrogate}/gu, '\ufffd')).replace(/[()]/g, (char) =>
        char === '(' ? '%28' : '%29',
      ),
    )
    .join('/')

const placeOf = ({ path, line }: { path: string; line: number }, setting: CommentSetting): string => {
  if (path === '.') return 'the repository:'
  const full = setting.pathOf?.(path) ?? path
  const text = `${inertUpTo(full, 200)}:${line}`
  return setting.blobUrl === undefined ? text : `[${text}](${setting.blobUrl}/${encodePath(full)}#L${line})`
}

const findingLines = (result: ReportResult, setting: CommentSetting): string[] => {
  const about = `<sub>${inert(result.rule)} · ${result.severity}</sub>`
  const repair = `**Repair:** ${inertUpTo(result.fix, 400)}`
  const found = live(result)
  if (found.length === 0)
    return [`- ${inert(result.title)}: ${inertUpTo(result.reason ?? result.status, 300)} ${about}<br>${repair}`]
  return found.map((finding, index) => {
    const line = `- ${placeOf(finding, setting)} ${inertUpTo(finding.message, 400)} ${about}`
    return index === 0 ? `${line}<br>${repair}` : line
  })
}

const bySeverity = (a: ReportResult, b: ReportResult): number =>
  severities.indexOf(a.severity) - severities.indexOf(b.severity) || (a.rule < b.rule ? -1 : 1)

const duration = (minutes: number): string => {
  if (minutes < 60) return `${minutes} min`
  return minutes < 60 * 24 ? `${Math.round(minutes / 6) / 10} h` : `${Math.round(minutes / 144) / 10} d`
}

const planSection = ({ plan, results }: Report): Section[] => {
  const steps = plan.filter(({ when }) => when === 'before-deploy')
  if (steps.length === 0) return []
  const titles = new Map(results.map(({ rule, title }) => [rule, title]))
  const total = steps.reduce((sum, { effortMinutes }) => sum + effortMinutes, 0)
  const lines = steps.map(
    ({ rule, gain, effortMinutes }) =>
      `1. ${inertUpTo(titles.get(rule) ?? rule, 200)} <sub>${inert(rule)} · +${gain} points · ${duration(effortMinutes)}</sub>`,
  )
  return [{ open: `\n#### The shortest way to go, about ${duration(total)}\n`, lines, close: '' }]
}

const folded = (title: string, lines: readonly string[]): Section[] =>
  lines.length === 0 ? [] : [{ open: `\n<details><summary>${title}</summary>\n`, lines, close: '\n</details>' }]

const sections = (report: Report, setting: CommentSetting): Section[] => {
  const results = report.results.filter(({ status }) => open.has(status)).toSorted(bySeverity)
  const lines = (blocking: boolean): string[] =>
    results.filter((result) => result.blocking === blocking).flatMap((result) => findingLines(result, setting))
  const blockers = lines(true)
  const more = blockers.length - shownBlockers
  const waived = report.results.flatMap(({ rule, findings }) =>
    findings.flatMap((finding) =>
      finding.waived === undefined
        ? []
        : `- ${placeOf(finding, setting)} ${inert(rule)}: ${inertUpTo(finding.waived.reason, 300)} (${inert(finding.waived.owner)}, until ${inert(finding.waived.expires)})`,
    ),
  )
  const undecided = report.results.flatMap(({ rule, undecided: things }) =>
    things.map((thing) => `- ${placeOf(thing, setting)} ${inert(rule)}: ${inertUpTo(thing.reason, 300)}`),
  )
  const blocking: Section[] =
    blockers.length === 0
      ? []
      : [
          {
            open: '\n#### What blocks\n',
            lines: [...blockers.slice(0, shownBlockers), ...(more > 0 ? [`- and ${more} more`] : [])],
            close: '',
          },
        ]
  const others = lines(false)
  return [
    ...blocking,
    ...planSection(report),
    ...folded(`${others.length} that do not block`, others),
    ...folded(`${undecided.length} that could not be decided`, undecided),
    ...folded(`${waived.length} waived`, waived),
  ]
}

const headline = ({ decision, environment, score, reasons, files }: Report, notes: readonly string[]): string[] => {
  const minimum = score.minimum === null ? '' : `, at least ${score.minimum} asked`
  const shown = reasons.slice(0, 20).map(({ message }) => `- ${inertUpTo(message, 500)}`)
  return [
    `### ${icons[decision]} ${decision} for ${inertUpTo(environment, 255)}`,
    '',
    `Score **${score.low}–${score.high}** of 100${minimum}; ${files.judged} files judged.`,
    '',
    ...shown,
    ...(reasons.length > shown.length ? [`- and ${reasons.length - shown.length} more`] : []),
    ...notes.map((note) => `\n> ${inertUpTo(note, 500)}`),
  ]
}

const pointer = "\n*Cut at GitHub's limit for comments. The whole is in the job summary and the report.*"

/** The report as one comment of a pull request, within GitHub's limit. Everything that comes from the repository is inert. */
export const renderComment = (report: Report, setting: CommentSetting): string => {
  const limit = setting.limit ?? commentLimit
  let text = [setting.marker, ...headline(report, setting.notes ?? [])].join('\n')
  const fits = (addition: string): boolean => text.length + addition.length + pointer.length <= limit
  for (const { open: head, lines, close } of sections(report, setting)) {
    const [first] = lines
    if (first === undefined) continue
    if (!fits(`\n${head}\n${first}\n${close}`)) return text + pointer
    text += `\n${head}`
    for (const line of lines) {
      if (!fits(`\n${line}\n${close}`)) return `${text}\n${close}${pointer}`
      text += `\n${line}`
    }
    if (close !== '') text += `\n${close}`
  }
  return text
}
