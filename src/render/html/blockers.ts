import type { Report, ReportFinding, ReportResult } from '../../core/report.ts'
import { openFindings, type Outline } from '../outline.ts'
import type { RenderOptions } from '../renderer.ts'
import { count, duration } from '../words.ts'
import { Markup, markup, nothing } from './markup.ts'
import type { Section } from './section.ts'
import { unjudged } from './unjudged.ts'
import { folded, placeOf, ruleName, said, severityMark } from './words.ts'

const shown = 5
/** So many findings of a rule are in the page unless all are asked for; a report may have a hundred thousand. */
const most = 200

/** The findings of a rule: some at once, more to unfold, and how many are left to the JSON report. */
export const findingList = (findings: readonly ReportFinding[], directory: string, options: RenderOptions): Markup => {
  const kept = options.all === true ? findings : findings.slice(0, most)
  const list = (some: readonly ReportFinding[]): Markup =>
    markup`<ul class="findings">${some.map(
      (finding) =>
        markup`<li>${placeOf(finding, directory, options)} <span class="text">${finding.message}</span>${finding.known === true && markup` <span class="quiet">the base has it too</span>`}</li>`,
    )}</ul>`
  const more = kept.slice(shown)
  const left = findings.length - kept.length
  return markup`${list(kept.slice(0, shown))}${more.length > 0 && folded(markup`${count(more.length, 'more finding')}`, list(more))}${left > 0 && markup`<p class="quiet">… and ${left} more in the JSON report.</p>`}`
}

const isUrl = (reference: string): boolean => /^https:\/\/[^\s<>"'\\]+$/.test(reference) && URL.canParse(reference)

const references = (list: readonly string[]): Markup =>
  list.length === 0
    ? nothing
    : folded(
        markup`References`,
        markup`<ul class="references">${list.map((one) => (isUrl(one) ? markup`<li><a href="${one}" rel="noreferrer">${one}</a></li>` : markup`<li><code>${one}</code></li>`))}</ul>`,
        'screen',
      )

const blocker = (
  result: ReportResult,
  anchor: string,
  gain: number | undefined,
  report: Report,
  options: RenderOptions,
): Markup => {
  const { severity, title, rule, status, reason, fix, why, effortMinutes } = result
  const worth = gain === undefined ? duration(effortMinutes) : `${duration(effortMinutes)}, +${gain} points`
  return markup`<article class="blocker" id="${anchor}" aria-labelledby="${anchor}-title"><header>${severityMark(severity)}<h3 id="${anchor}-title">${said(title)}</h3>${ruleName(rule)}</header>${
    status === 'error' && markup`<p class="broke">The rule broke: ${reason ?? ''}</p>`
  }${findingList(openFindings(result), report.subject.directory, options)}<dl><div><dt>Fix</dt><dd>${said(fix)} <span class="quiet">(${worth})</span></dd></div><div><dt>Why</dt><dd>${said(why)}</dd></div></dl>${references(result.references)}</article>`
}

/** Where each blocker stands in the page, by rule. */
export const anchorsOf = ({ blockers }: Outline): ReadonlyMap<string, string> =>
  new Map(blockers.map(({ rule }, index) => [rule, `blocker-${index + 1}`]))

/** What stands in the way: every blocking rule that fails, worst first, with its findings, the remedy and why; then what is missing. */
export const blockerSection = (
  report: Report,
  { blockers, unknowns }: Outline,
  anchors: ReadonlyMap<string, string>,
  options: RenderOptions,
): Section | undefined => {
  const missing = unknowns.filter(({ blocking }) => blocking)
  const unknown = missing.flatMap(({ results }) => results.filter(({ blocking }) => blocking))
  if (blockers.length + unknown.length === 0) return undefined
  const gains = new Map(report.plan.map(({ rule, gain }) => [rule, gain]))
  return {
    id: 'blockers',
    title: `Blockers: ${count(blockers.length + unknown.length, 'rule')}`,
    body: markup`${blockers.map((result) => blocker(result, anchors.get(result.rule) ?? '', gains.get(result.rule), report, options))}${unjudged('Not judged', missing)}`,
  }
}
