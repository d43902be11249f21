import { memoryWorkspace } from './adapters/memory/memory.ts'
import { evaluate } from './core/evaluate.ts'
import type { FactKind } from './core/facts/index.ts'
import type { Rule } from './core/rule.ts'
import type { RuleCase } from './core/rule-file.ts'
import { observe } from './observe.ts'

const key = ({ path, line }: { path: string; line: number }): string => `${path}:${line}`

const differences = (what: string, wanted: readonly string[], got: readonly string[]): string[] => [
  ...wanted.filter((place) => !got.includes(place)).map((place) => `${what} expected at ${place}, there is none`),
  ...got.filter((place) => !wanted.includes(place)).map((place) => `${what} at ${place} was not expected`),
]

/** Runs one case of a rule against the real collectors. Returns what is not as the case says; nothing when it holds. */
export const runCase = async (rule: Rule, value: RuleCase): Promise<string[]> => {
  const files = memoryWorkspace(value.files, value.origins)
  const services = Object.entries(value.services ?? {}).map(([name, paths]) => ({ name, paths }))
  const demands = value.today === undefined ? {} : { now: new Date(value.today) }
  const input = { workspace: files, evidenceFiles: files, ignore: [], evidenceGlobs: {}, demands, services }
  const history = value.previous === undefined ? {} : { history: { previous: value.previous } }
  const { facts, evidence, answers } = await observe({ ...input, ...history })
  for (const [kind, fields] of Object.entries(value.adds ?? {}))
    for (const fact of facts.of(kind as FactKind)) Object.assign(fact.value, fields)
  const kinds = new Set(evidence.map(({ kind }) => kind))
  const judged = { ...rule, parameters: { ...rule.parameters, ...value.parameters } }
  const [result] = evaluate([judged], { facts, today: value.today ?? '2026-01-01', evidence: kinds, answers })
  if (result === undefined) return ['the rule gave no result']
  if (result.status === 'error') return [`error: ${result.reason ?? ''}`]
  const wrong: string[] = []
  if (value.is !== undefined && value.is !== result.status) wrong.push(`expected ${value.is}, got ${result.status}`)
  const findings = result.findings.map(({ place }) => key(place))
  wrong.push(...differences('a finding', (value.fails ?? []).map(key), findings))
  if (value.undecided !== undefined)
    wrong.push(
      ...differences(
        'an undecided',
        value.undecided.map(key),
        result.undecided.map(({ place }) => key(place)),
      ),
    )
  for (const { path, line, message } of value.fails ?? []) {
    if (message === undefined) continue
    const said = result.findings
      .filter(({ place }) => place.path === path && place.line === line)
      .map((finding) => finding.message)
    if (said.length > 0 && !said.some((one) => one.includes(message)))
      wrong.push(`the message at ${path}:${line} lacks "${message}": ${said.join(' | ')}`)
  }
  return wrong
}

/** What a rule's cases leave unproven: it has one that fails and one that does not. */
export const lacksProof = (cases: readonly RuleCase[]): string[] => [
  ...(cases.some(({ fails }) => fails !== undefined && fails.length > 0) ? [] : ['there is no case that fails']),
  ...(cases.some(({ is, fails }) => is === 'pass' || is === 'not-applicable' || fails?.length === 0)
    ? []
    : ['there is no case that passes or is not applicable']),
]
