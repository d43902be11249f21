import { ExpressionError, type Scope } from './expression.ts'
import { topics, type Topic } from './facts/define.ts'
import type { Fact, FactKind } from './facts/index.ts'
import type { FactSet, Unjudged } from './facts/fact-set.ts'
import { vocabulary } from './facts/vocabulary.ts'
import type { Place } from './facts/place.ts'
import { Fingerprints } from './fingerprint.ts'
import { metered, type Meter } from './meter.ts'
import type { Finding, Result, Undecided } from './result.ts'
import type { EvidenceKind } from './evidence-kinds.ts'
import { asksEvidence, asksOrigin, evidenceFor, isUnproven, missingKinds } from './evidence-rules.ts'
import { compileRule, type CompiledRule, type Rule } from './rule.ts'

/** What was looked at: the facts, and of which kinds evidence was found. */
export interface Observed {
  facts: FactSet
  /** The day of the judgement, UTC: `2026-11-21`. */
  today: string
  evidence: ReadonlySet<EvidenceKind>
  /** The kinds of fact that the evidence answers for: where there is none of them, there is known to be none. */
  answers?: ReadonlySet<FactKind>
  /** Keeps a service's rules to its own files; everything by default. */
  covers?: (path: string) => boolean
  meter?: Meter
}

/** With the kinds of evidence that any rule asks for and that were not found. */
interface Asked extends Observed {
  missing: readonly EvidenceKind[]
}

interface Tally {
  passed: number
  findings: Finding[]
  undecided: Undecided[]
  errors: Undecided[]
  /** What was said, and where: overlays that share a base would say it once for each. */
  said: Set<string>
}

const isNew = (tally: Tally, { path, line, column }: Place, subject: string, words: string): boolean => {
  const identity = `${path}\n${line}\n${column}\n${subject}\n${words}`
  if (tally.said.has(identity)) return false
  tally.said.add(identity)
  return true
}

const judge = (compiled: CompiledRule, fact: Fact, today: string, tally: Tally, prints: Fingerprints): void => {
  const { rule } = compiled
  const scope: Scope = { fact, parameters: compiled.parameters, today }
  const place = (rule.at === undefined ? undefined : fact.places?.[rule.at]) ?? fact.place
  try {
    if (compiled.when !== undefined && compiled.when(scope) !== true) return
    const { subject } = fact
    if (compiled.undecided !== undefined && compiled.undecided.when(scope) === true) {
      const reason = compiled.undecided.because(scope)
      if (isNew(tally, place, subject, reason)) tally.undecided.push({ place, subject, reason })
    } else if (compiled.expect(scope) === true) tally.passed++
    else {
      const message = compiled.message(scope)
      if (isNew(tally, place, subject, message))
        tally.findings.push({ place, subject, message, fingerprint: prints.of(rule.id, place.path, subject) })
    }
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error
    tally.errors.push({ place, subject: fact.subject, reason: error.message })
  }
}

const describe = (list: readonly { place: { path: string; line: number }; reason: string }[]): string => {
  const [first] = list
  if (first === undefined) return ''
  const more = list.length === 1 ? '' : ` (and ${list.length - 1} more)`
  return `${first.place.path}:${first.place.line} ${first.reason}${more}`
}

type Verdict = Omit<Result, 'rule' | 'passed' | 'findings' | 'undecided'>

/** Why a rule cannot be judged, and whether it blocks for that. */
interface Lack {
  missing: boolean
  reason: string
}

/** What of the evidence that a rule asks about is not there, or does not count. */
const lack = (rule: Rule, unread: readonly Unjudged[], observed: Asked): Lack | undefined => {
  const kind = evidenceFor(rule)
  const seen = kind ?? (asksOrigin(rule) ? 'evidence' : undefined)
  if (unread.length > 0)
    return {
      missing: true,
      reason:
        seen === undefined || unread.some(({ topic }) => topic !== seen)
          ? `not everything could be read: ${describe(unread)}`
          : `not all ${kind === undefined ? '' : `${kind} `}evidence counts: ${describe(unread)}`,
    }
  const absent = asksOrigin(rule) ? observed.missing[0] : rule.evidence
  return absent === undefined || observed.evidence.has(absent)
    ? undefined
    : { missing: rule.absence !== 'counts', reason: `no ${absent} evidence was found` }
}

const verdict = (
  rule: Rule,
  tally: Tally,
  lacking: Lack | undefined,
  { facts, evidence, answers }: Observed,
): Verdict => {
  const missing = false
  if (tally.errors.length > 0) return { status: 'error', missing, reason: describe(tally.errors) }
  if (tally.findings.length > 0)
    return { status: 'fail', missing, ...(lacking !== undefined && asksEvidence(rule) ? { partial: true } : {}) }
  if (lacking !== undefined) return { status: 'unknown', ...lacking }
  if (tally.passed > 0) return { status: 'pass', missing }
  if (tally.undecided.length > 0) return { status: 'unknown', missing, reason: describe(tally.undecided) }
  // Nothing that this rule asks about is there. That is good news only from evidence that looked for it.
  if (answers?.has(rule.for) === true) return { status: 'pass', missing }
  if (rule.evidence !== undefined && facts.of(rule.for).length === 0) {
    const subject = vocabulary[rule.for].variable
    const reason = `the ${rule.evidence} evidence that was found cannot tell of any ${subject}`
    return { status: 'unknown', missing: rule.absence !== 'counts', reason }
  }
  return { status: 'not-applicable', missing, ...(isUnproven(rule, evidence) ? { unproven: true } : {}) }
}

/** Whether the policy's parameters say that the rule has nothing to ask: a target of 0 users is no target. */
const isOff = ({ off, parameters }: Rule): boolean =>
  off !== undefined && Object.entries(off).every(([name, value]) => parameters[name] === value)

const evaluateRule = (rule: Rule, observed: Asked, unread: readonly Unjudged[]): Result => {
  const tally: Tally = { passed: 0, findings: [], undecided: [], errors: [], said: new Set() }
  if (isOff(rule)) return { rule, status: 'not-applicable', missing: false, passed: 0, findings: [], undecided: [] }
  const facts = observed.facts.of(rule.for).filter(({ place }) => covers(observed, rule, place.path))
  if (facts.length > 0) {
    let compiled: CompiledRule
    try {
      compiled = compileRule(rule)
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error
      return { rule, status: 'error', reason: error.message, missing: false, passed: 0, findings: [], undecided: [] }
    }
    const prints = new Fingerprints()
    for (const fact of facts) judge(compiled, fact, observed.today, tally, prints)
  }
  const { passed, findings, undecided } = tally
  return { rule, ...verdict(rule, tally, lack(rule, unread, observed), observed), passed, findings, undecided }
}

/** A service is judged by its own files; the repository itself and the evidence belong to all services. */
const covers = (observed: Observed, rule: Rule, path: string): boolean =>
  path === '.' || asksEvidence(rule) || (observed.covers?.(path) ?? true)

/**
 * Asks every rule of every fact of its kind. Pure: the same rules and facts give the same results in the same order.
 * A rule that breaks is an `error` for that rule alone. A file of the rule's topic that could not be read makes the rule
 * unknown unless it fails anyway: what was not seen never passes.
 */
export const evaluate = (rules: readonly Rule[], observed: Observed): Result[] => {
  const unread = new Map<Topic, Unjudged[]>(topics.map((topic) => [topic, []]))
  for (const file of observed.facts.unjudged) if (file.blocks) unread.get(file.topic)?.push(file)
  const asked = { ...observed, missing: missingKinds(rules, observed.evidence) }
  // By kind, since what expressions see of a fact is kept while its kind is asked about.
  return [...rules]
    .sort((a, b) => (a.for < b.for ? -1 : a.for > b.for ? 1 : 0))
    .map((rule) => {
      const own = unread.get(vocabulary[rule.for].topic) ?? []
      const blocking = own.filter(({ place }) => covers(observed, rule, place.path))
      return metered(observed.meter, 'rule', rule.id, () => evaluateRule(rule, asked, blocking))
    })
    .sort((a, b) => (a.rule.id < b.rule.id ? -1 : 1))
}
