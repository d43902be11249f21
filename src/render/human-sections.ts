import type { Report, ReportResult } from '../core/report.ts'
import type { Page } from './human-page.ts'
import { openFindings, type Outline } from './outline.ts'
import { plain } from './plain-text.ts'
import { count, duration, firstOf, severityCounts, spot } from './words.ts'

const few = 5
const fewSteps = 15
const fewRules = 2

const more = (page: Page, left: number): void => {
  if (left > 0) page.line(2, page.paint.dim(`… and ${left} more (--all shows them)`))
}

/** What could not be judged: one paragraph for each reason, however many rules share it. */
export const unknowns = ({ unknowns: groups }: Outline, page: Page, all: boolean): void => {
  if (groups.length === 0) return
  page.heading('Not judged')
  for (const { reason, blocking, results } of groups) {
    const marked = blocking ? page.paint.red('? blocking  ') : page.paint.yellow('?  ')
    const rules = results.map(({ rule }) => plain(rule))
    page.wrapped(
      2,
      marked,
      `${count(results.length, 'rule')}: ${plain(reason)} ${page.paint.dim(firstOf(rules, all ? rules.length : few))}`,
    )
  }
}

/** What to put into a workflow for evidence that is missing: a line a kind, for `prodgate evidence` shows the steps. */
export const missingEvidence = ({ advice = [] }: Report, page: Page): void => {
  const offered = advice.filter(({ steps }) => steps.length > 0)
  if (offered.length === 0) return
  page.heading('Missing evidence, and what makes it')
  for (const { kind, steps } of offered)
    page.wrapped(2, '+ ', `${kind}: ${firstOf([...new Set(steps.map(({ title }) => plain(title)))], few)}`)
  page.line(2, page.paint.dim('prodgate evidence prints the steps for your workflow'))
}

/** The smallest set of repairs that turns no-go into go. */
export const plan = ({ decision }: Report, { way }: Outline, page: Page, all: boolean): void => {
  const { steps, points, minutes } = way
  if (steps.length === 0 || decision === 'go') return
  page.heading(`The shortest way to go: ${count(steps.length, 'step')}, +${points} points, about ${duration(minutes)}`)
  const shown = all ? steps : steps.slice(0, fewSteps)
  for (const [index, { rules, title, gain, effortMinutes }] of shown.entries()) {
    const step = `${String(index + 1).padStart(2)}. `
    const worth = page.paint.dim(`+${gain} points, ${duration(effortMinutes)}`)
    page.wrapped(2, step, `${plain(title)}  ${page.paint.dim(firstOf(rules.map(plain), fewRules))}  ${worth}`)
  }
  more(page, steps.length - shown.length)
}

const failureLine = (result: ReportResult, page: Page): void => {
  const [first, ...rest] = openFindings(result)
  const place = first === undefined ? plain(result.reason ?? '') : plain(spot(first))
  const where = rest.length === 0 ? place : `${place} and ${rest.length} more`
  const said = `${plain(result.title)}  ${page.paint.dim(`${plain(result.rule)}  ${where}`)}`
  page.wrapped(4, `${result.severity.padEnd(8)}  `, said)
}

/** Blocking rules that fail by what was there before the change: a line a rule. */
export const knownFailures = ({ known }: Outline, page: Page): void => {
  if (known.length === 0) return
  page.heading(`Known: ${count(known.length, 'blocking rule')} where the base fails too and the change adds nothing`)
  for (const result of known) failureLine(result, page)
}

/** Failures that block nothing: a line a rule, by category. */
export const otherFailures = ({ others }: Outline, page: Page): void => {
  if (others.length === 0) return
  page.heading(`Other failures, not blocking here: ${severityCounts(others.flatMap(({ results }) => results))}`)
  for (const { category, results } of others) {
    page.line(2, `${plain(category)} ${page.paint.dim(`(${severityCounts(results)})`)}`)
    for (const result of results) failureLine(result, page)
  }
}

/** Single things that rules could not resolve. */
export const undecided = ({ undecided: groups }: Outline, page: Page, all: boolean): void => {
  if (groups.length === 0) return
  page.heading(`Undecided: ${count(groups.length, 'thing')} that could not be resolved`)
  const shown = all ? groups : groups.slice(0, few)
  for (const { path, line, subject, reason, rules } of shown) {
    const asked = rules.length === 1 ? plain(rules[0] ?? '') : count(rules.length, 'rule')
    page.wrapped(
      2,
      '? ',
      `${page.paint.cyan(plain(spot({ path, line })))}  ${plain(subject)}: ${plain(reason)} ${page.paint.dim(asked)}`,
    )
  }
  more(page, groups.length - shown.length)
}

/** What a waiver covers: it is shown and does not count. */
export const waived = ({ waived: list, waivedWhole }: Outline, page: Page, all: boolean): void => {
  const total = list.length + waivedWhole.length
  if (total === 0) return
  page.heading(`Waived: ${total}`)
  const shown = all ? list : list.slice(0, few)
  for (const { rule, finding } of shown) {
    const { waived: waiver, path, line } = finding
    const said = waiver === undefined ? '' : `until ${waiver.expires} by ${waiver.owner}: ${waiver.reason}`
    page.wrapped(2, '~ ', `${page.paint.cyan(plain(spot({ path, line })))}  ${plain(rule)}  ${plain(said)}`)
  }
  for (const { rule } of waivedWhole) page.line(2, `~ ${plain(rule)}  as a whole`)
  more(page, list.length - shown.length)
}

/** How much was looked at, and where to go on. */
export const footer = ({ files, evidence, results }: Report, page: Page): void => {
  page.gap()
  const ignored = files.ignored === 0 ? '' : `, ${files.ignored} ignored`
  const kinds = [...new Set(evidence.map(({ kind }) => kind))]
  const found = kinds.map((kind) => `${kind} (${count(evidence.filter((item) => item.kind === kind).length, 'file')})`)
  const passed = results.filter(({ status }) => status === 'pass').length
  page.line(
    0,
    page.paint.dim(
      `${count(files.found, 'file')} found, ${files.judged} read${ignored}; ${count(passed, 'rule')} passed`,
    ),
  )
  page.line(0, page.paint.dim(`evidence: ${found.length === 0 ? 'none found' : found.join(', ')}`))
  const example = results.find(({ status }) => status === 'fail')?.rule ?? results[0]?.rule ?? '<rule>'
  page.line(0, page.paint.dim(`more: prodgate explain ${plain(example)}`))
}
