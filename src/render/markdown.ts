import type { Report, ReportFinding, ReportResult } from '../core/report.ts'
import { cutTo, details, type Block } from './markdown-cut.ts'
import { markdownPlace } from './markdown-place.ts'
import { riskSections } from './markdown-risks.ts'
import { evidenceTable, laterTables, scoreTable, wayTable } from './markdown-tables.ts'
import { markdownCode, markdownPlain, markdownText } from './markdown-text.ts'
import { openFindings, outlineOf, type Outline } from './outline.ts'
import type { Renderer, RenderOptions } from './renderer.ts'
import { count, duration, firstOf, range } from './words.ts'

const shown = 5
/** The decision at the top of a text. */
export const badges = { go: '✅ Go', conditional: '⚠️ Conditional', 'no-go': '❌ No-go' } as const

const top = ({ decision, environment, reasons, score }: Report, notes: readonly string[]): Block[] => [
  { lines: [`## ${badges[decision]} for ${markdownCode(environment)}`] },
  { lines: reasons.map(({ code, message }) => `- ${markdownPlain(message)} (${markdownCode(code)})`) },
  ...(score.minimum === null
    ? []
    : [
        {
          lines: [
            `**Score ${range(score.low, score.high)}** of 100, minimum ${score.minimum}; **confidence ${score.confidence} %**`,
          ],
        },
      ]),
  ...notes.map((note) => ({ lines: [`> ${markdownPlain(note)}`] })),
]

/** One blocking rule with its places and its repair. */
export const blocker = (result: ReportResult, report: Report, options: RenderOptions): Block => {
  const open = openFindings(result)
  const some = options.all === true ? open : open.slice(0, shown)
  const line = (finding: ReportFinding): string =>
    `- ${markdownPlace(finding, report.subject.directory, options)} ${markdownPlain(finding.message)}`
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
    ...wayTable(report, outline),
    ...scoreTable(report),
    ...riskSections(report, outline, options),
    ...advice(report),
    ...laterTables(outline),
    ...evidenceTable(report),
    footer(report),
  ]
  return cutTo(blocks, options.limit ?? Number.POSITIVE_INFINITY, options.full)
}
