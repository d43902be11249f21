import type { Report, ReportFinding, ReportResult } from '../core/report.ts'
import { cutTo, type Block } from './markdown-cut.ts'
import { markdownCode, markdownPlain, markdownText } from './markdown-text.ts'
import { openFindings, outlineOf, type Outline } from './outline.ts'
import type { Renderer, RenderOptions } from './renderer.ts'
import { fromRoot, uriOf } from './sarif-location.ts'
import { count, duration, firstOf, range, severityCounts } from './words.ts'

const shown = 5
const badges = { go: '✅ Go', conditional: '⚠️ Conditional', 'no-go': '❌ No-go' } as const

const place = (item: { path: string; line: number }, directory: string, { blobUrl }: RenderOptions): string => {
  if (item.path === '.') return 'the repository:'
  const text = markdownCode(`${item.path}:${item.line}`)
  // A link's target ends at a round bracket, which encodeURIComponent leaves as it is.
  const target = uriOf(fromRoot(item.path, directory)).replaceAll('(', '%28').replaceAll(')', '%29')
  return blobUrl === undefined ? text : `[${text}](${blobUrl}/${target}#L${item.line})`
}

const top = ({ decision, environment, reasons, score }: Report, notes: readonly string[]): Block[] => [
  { lines: [`## ${badges[decision]} for ${markdownCode(environment)}`] },
  { lines: reasons.map(({ code, message }) => `- ${markdownPlain(message)} (${markdownCode(code)})`) },
  ...(score.minimum === null
    ? []
    : [{ lines: [`**Score ${range(score.low, score.high)}** of 100, minimum ${score.minimum}`] }]),
  ...notes.map((note) => ({ lines: [`> ${markdownPlain(note)}`] })),
]

const blocker = (result: ReportResult, report: Report, options: RenderOptions): Block => {
  const open = openFindings(result)
  const some = options.all === true ? open : open.slice(0, shown)
  const line = (finding: ReportFinding): string =>
    `- ${place(finding, report.subject.directory, options)} ${markdownPlain(finding.message)}`
  return {
    lines: [
      `#### ${result.severity}: ${markdownText(result.title)} ${markdownCode(result.rule)}`,
      '',
      ...(result.status === 'error' ? [`- the rule broke: ${markdownPlain(result.reason ?? '')}`] : []),
      ...some.map(line),
      ...(some.length < open.length ? [`- … and ${open.length - some.length} more`] : []),
      `- **Fix** (${duration(result.effortMinutes)}): ${markdownText(result.fix)}`,
    ],
  }
}

const details = (summary: string, lines: string[]): Block[] =>
  lines.length === 0
    ? []
    : [{ open: ['<details>', `<summary>${summary}</summary>`, ''], lines, close: ['', '</details>'] }]

const unknowns = ({ unknowns: groups }: Outline): Block[] => {
  if (groups.length === 0) return []
  const lines = groups.map(({ reason, blocking, results }) => {
    const rules = firstOf(
      results.map(({ rule }) => markdownCode(rule)),
      shown,
    )
    return `- ${blocking ? '**blocking** ' : ''}${count(results.length, 'rule')}: ${markdownPlain(reason)} (${rules})`
  })
  return [{ lines: ['### Not judged', '', ...lines] }]
}

const plan = ({ results, decision }: Report, { plan: items }: Outline): Block[] => {
  if (items.length === 0 || decision === 'go') return []
  const titles = new Map(results.map(({ rule, title }) => [rule, title]))
  const points = Math.round(items.reduce((sum, { gain }) => sum + gain, 0))
  const minutes = items.reduce((sum, { effortMinutes }) => sum + effortMinutes, 0)
  const rows = items.map(
    ({ rule, gain, effortMinutes }, index) =>
      `| ${index + 1} | ${markdownText(titles.get(rule) ?? rule)} ${markdownCode(rule)} | +${gain} | ${duration(effortMinutes)} |`,
  )
  const heading = `### The shortest way to go: ${count(items.length, 'step')}, +${points} points, about ${duration(minutes)}`
  return [{ lines: [heading, '', '| | Repair | Points | Effort |', '|--:|---|--:|--:|', ...rows] }]
}

const rest = (report: Report, outline: Outline, options: RenderOptions): Block[] => {
  const { directory } = report.subject
  const others = outline.others.flatMap(({ results }) => results)
  const failure = (result: ReportResult): string => {
    const [first, ...more] = openFindings(result)
    const where = first === undefined ? '' : ` ${place(first, directory, options)}`
    const further = more.length === 0 ? '' : ` and ${more.length} more`
    return `- ${result.severity}: ${markdownText(result.title)} ${markdownCode(result.rule)}${where}${further}`
  }
  const failing = outline.others.flatMap(({ category, results }) => [
    `- ${markdownPlain(category)}`,
    ...results.map((result) => `  ${failure(result)}`),
  ])
  const undecided = outline.undecided.map(
    (item) =>
      `- ${place(item, directory, options)} ${markdownPlain(item.subject)}: ${markdownPlain(item.reason)} (${item.rules.map(markdownCode).join(', ')})`,
  )
  const waived = [
    ...outline.waived.map(({ rule, finding }) => {
      const { waived: by } = finding
      const said = by === undefined ? '' : `until ${by.expires} by ${by.owner}: ${by.reason}`
      return `- ${place(finding, directory, options)} ${markdownCode(rule)} ${markdownPlain(said)}`
    }),
    ...outline.waivedWhole.map(({ rule }) => `- ${markdownCode(rule)} as a whole`),
  ]
  return [
    ...details(
      `Known, as the base fails too: ${count(outline.known.length, 'blocking rule')}`,
      outline.known.map(failure),
    ),
    ...details(`Other failures, not blocking here: ${severityCounts(others)}`, failing),
    ...details(`Undecided: ${undecided.length}`, undecided),
    ...details(`Waived: ${waived.length}`, waived),
  ]
}

const advice = ({ advice: kinds = [] }: Report): Block[] => {
  const offered = kinds.filter(({ steps }) => steps.length > 0)
  const lines = offered.flatMap(({ kind, steps }) => [
    `**${kind}**`,
    '',
    '```yaml',
    ...steps.flatMap(({ yaml, note }) => [...(note === undefined ? [] : [`# ${note}`]), ...yaml.trimEnd().split('\n')]),
    '```',
    '',
  ])
  return details(`Missing evidence, and the steps that make it: ${offered.map(({ kind }) => kind).join(', ')}`, lines)
}

const footer = ({ files, evidence, tool }: Report): Block => {
  const kinds = firstOf([...new Set(evidence.map(({ kind }) => kind))], shown)
  const ignored = files.ignored === 0 ? '' : `, ${files.ignored} ignored`
  const read = `${count(files.found, 'file')} found, ${files.judged} read${ignored}`
  return {
    lines: [`<sub>${read}; evidence: ${kinds === '' ? 'none found' : kinds}; prodgate ${tool.version}</sub>`],
  }
}

/** GitHub-flavoured markdown for a job summary or a comment; nothing from the repository has an effect of its own. */
export const markdown: Renderer = (report, options = {}) => {
  const outline = outlineOf(report)
  const blockers = outline.blockers.map((result) => blocker(result, report, options))
  const blocks: Block[] = [
    ...top(report, options.notes ?? []),
    ...(blockers.length === 0 ? [] : [{ lines: [`### Blockers: ${count(blockers.length, 'rule')}`] }]),
    ...blockers,
    ...unknowns(outline),
    ...plan(report, outline),
    ...advice(report),
    ...rest(report, outline, options),
    footer(report),
  ]
  return cutTo(blocks, options.limit ?? Number.POSITIVE_INFINITY, options.full)
}
