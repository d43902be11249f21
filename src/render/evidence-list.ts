import { evidenceKinds } from '../core/evidence-kinds.ts'
import type { Report } from '../core/report.ts'
import { pageOf, type Page } from './human-page.ts'
import { paintFor } from './paint.ts'
import { escapeControls, plain } from './plain-text.ts'
import type { RenderOptions } from './renderer.ts'
import { count } from './words.ts'

/** A rendering of what evidence there is, which needs to know as of when. */
export interface EvidenceOptions extends Pick<RenderOptions, 'color' | 'width'> {
  now: Date
}

type Item = Report['evidence'][number]

const hour = 3_600_000

/** An age as a person says it. */
const ageOf = (createdAt: string, now: Date): string => {
  const hours = Math.floor((now.getTime() - Date.parse(createdAt)) / hour)
  if (hours < 1) return 'less than an hour old'
  return hours < 72 ? `${count(hours, 'hour')} old` : `${Math.floor(hours / 24)} days old`
}

const sources = {
  file: 'the file',
  artifact: 'the artifact',
  policy: 'the policy',
  ci: 'CI',
  git: 'git',
  mtime: 'the disk',
} as const

const originOf = ({ sha, shaFrom, createdAt, createdFrom, committed }: Item, now: Date): string => {
  const commit = sha === null ? 'of an unknown commit' : `of ${plain(sha.slice(0, 12))}`
  const who = sha === null || shaFrom === undefined ? '' : ` (${sources[shaFrom]})`
  const age = createdAt === null ? 'nobody knows when' : ageOf(createdAt, now)
  const says = createdAt === null || createdFrom === undefined ? '' : ` (${sources[createdFrom]})`
  return `${commit}${who}, ${age}${says}${committed === true ? ', tracked by git' : ''}`
}

const toolOf = ({ format, tool }: Item): string =>
  plain(
    tool === undefined ? format : `${format} by ${tool.name}${tool.version === undefined ? '' : ` ${tool.version}`}`,
  )

const found = (items: readonly Item[], page: Page, now: Date): void => {
  for (const item of items) {
    page.wrapped(2, '✔ ', `${page.paint.cyan(plain(item.path))}  ${toolOf(item)}: ${plain(item.says ?? '')}`)
    page.wrapped(4, '', page.paint.dim(originOf(item, now)))
  }
}

const missing = ({ advice = [] }: Report, page: Page): void => {
  for (const { kind, steps } of advice) {
    page.heading(`To have ${kind} evidence, add to the job that judges, before Prodgate:`)
    if (steps.length === 0)
      page.line(2, 'no language or test runner was recognised: run your tests so that they write JUnit XML')
    for (const { yaml, note } of steps) {
      if (note !== undefined) page.wrapped(2, '# ', note)
      for (const line of yaml.trimEnd().split('\n')) page.line(2, line)
    }
  }
}

/** What evidence was found, why some was refused, and the steps that would make what is missing. */
export const evidenceList = (report: Report, { color = false, width = 100, now }: EvidenceOptions): string => {
  const page = pageOf(paintFor(color), Math.max(40, width))
  const { evidence, refused = [], advice = [] } = report
  const wanted = new Set(advice.map(({ kind }) => kind))
  for (const kind of evidenceKinds) {
    const items = evidence.filter((item) => item.kind === kind)
    const not = refused.filter((item) => item.kind === kind)
    if (items.length === 0 && not.length === 0 && !wanted.has(kind)) continue
    page.heading(`${kind}: ${items.length === 0 ? 'none that counts' : count(items.length, 'file')}`)
    found(items, page, now)
    for (const { path, line, code, reason } of not)
      page.wrapped(
        2,
        page.paint.red('✘ '),
        `${page.paint.cyan(plain(`${path}:${line}`))}  ${plain(reason)} ${page.paint.dim(`[${plain(code)}]`)}`,
      )
  }
  missing(report, page)
  return page.text().replace(/^\n+/, '')
}

/** The same for programs. */
export const evidenceJson = ({ evidence, refused = [], advice = [] }: Report): string =>
  `${escapeControls(JSON.stringify({ evidence, refused, advice }, undefined, 2))}\n`
