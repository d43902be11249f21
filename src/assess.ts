import { adviseOn } from './advise.ts'
import type { EvidenceGlobs } from './collect/evidence/collect-evidence.ts'
import {
  compareWith,
  isStatic,
  keepComparison,
  keptComparison,
  sortIgnores,
  type IgnoreTrust,
  type KeptComparison,
} from './compare.ts'
import { markKnown } from './core/baseline.ts'
import { defaultEnvironment, usualEnvironment } from './core/default-environment.ts'
import { awaitsEvidence, decisionOf, isBlocking, reasonsFor, sortReasons } from './core/decide.ts'
import { environmentNamed } from './core/environment-name.ts'
import { formatDiagnostic, type Diagnostic } from './core/errors.ts'
import { evaluate } from './core/evaluate.ts'
import { missingKinds } from './core/evidence-rules.ts'
import { globMatcher, nameMatcher } from './core/globs.ts'
import {
  historyFrom,
  lastPassing,
  withDecision,
  type History,
  type HistorySource,
  type Values,
} from './core/history.ts'
import type { Meter } from './core/meter.ts'
import { planFor } from './core/plan.ts'
import { findEnvironment, parsePolicy, recommendedPolicy, type Policy } from './core/policy.ts'
import type { Environment } from './core/policy-file.ts'
import type { Reason } from './core/reason-codes.ts'
import type { Report } from './core/report.ts'
import type { Result } from './core/result.ts'
import type { Rule } from './core/rule.ts'
import type { RuleSource } from './core/rule-sources.ts'
import type { SoakProof } from './core/soak.ts'
import { categoryScores, confidenceOf, scoreOf } from './core/score.ts'
import { applyWaivers } from './core/waivers.ts'
import { observe } from './observe.ts'
import type { EvidenceFiles } from './ports/evidence-files.ts'
import type { ManifestRenderer } from './ports/renderer.ts'
import type { Workspace } from './ports/workspace.ts'

/** Everything that a verdict depends on. The same input gives the same report, byte for byte. */
export interface AssessInput {
  workspace: Workspace
  evidenceFiles: EvidenceFiles
  rules: readonly Rule[]
  /** The repository's own rules, from where the law is kept, or why they cannot be read: then there is no law. */
  customRules?: readonly RuleSource[] | { diagnostics: readonly Diagnostic[] }
  /**
   * The policy's text, from where the law is kept; undefined when there is no policy file. One that cannot be read is no-go:
   * there may be one, and it may be stricter than the recommended policy.
   */
  policy: { path: string; text: string } | { path: string; unreadable: string } | undefined
  /** Evidence globs from the command line or the Action's input; they replace the policy's for their kind. */
  evidenceGlobs?: EvidenceGlobs
  /**
   * Reads the values of earlier deployments, from where the law is kept. Asked with the policy's path for them; resolves to
   * undefined where none are kept.
   */
  history?: (path: string | undefined) => Promise<HistorySource | undefined>
  /** The one that is asked about; without it the one that the policy's reader means. See `defaultEnvironment`. */
  environment?: string
  /** Renders kustomizations and charts; without one, what needs it stays unknown. */
  renderer?: ManifestRenderer | undefined
  /** The tree that a pull request is compared with: what it has too is marked, and blocks nobody. */
  base?: Workspace
  /** What judging the base came to before, by the same law on the same day, in place of `base`. */
  comparison?: KeptComparison
  /** Who signed the commit off for the environment, in which role. */
  signOffs?: readonly { role: string; login: string }[]
  /** Where the commit ran before, for an environment that asks for it; undefined where nobody can know. */
  soak?: SoakProof
  /** Which comments in the judged files may excuse findings; `base` where there is a base, else `all`. */
  trustIgnores?: IgnoreTrust
  now: Date
  subject: Report['subject']
  version: string
  /** For benchmarks. */
  meter?: Meter
}

/** The report, and what was wrong with the policy or the rules where they could not be applied. */
export interface Assessment {
  report: Report
  diagnostics: readonly Diagnostic[]
  /** The history with this decision in it, where one is kept and the decision lets a commit through. */
  history?: { path: string; text: string }
  /** What judging the base came to, where there is one. */
  comparison?: KeptComparison
  /** Whether nothing but evidence stands in the way: more of it may turn the no-go around without a new commit. */
  awaitsEvidence: boolean
}

/** Evidence that a rule does without lowers the score and holds nothing back. */
const onlyCounts = ({ rule, status, missing }: Result): boolean =>
  rule.absence === 'counts' && status === 'unknown' && !missing

const reportResult = (result: Result, environment: Environment): Report['results'][number] => ({
  rule: result.rule.id,
  title: result.rule.title,
  category: result.rule.category,
  severity: result.rule.severity,
  blocking: isBlocking(result, environment) && !onlyCounts(result),
  status: result.status,
  effortMinutes: result.rule.effortMinutes,
  ...(result.reason === undefined ? {} : { reason: result.reason }),
  ...(result.waived === undefined ? {} : { waived: result.waived }),
  findings: result.findings.map(({ place, subject, message, fingerprint, waived, known }) => ({
    ...place,
    subject,
    message,
    fingerprint,
    ...(waived === undefined ? {} : { waived }),
    ...(known === true ? { known } : {}),
  })),
  undecided: result.undecided.map(({ place, subject, reason }) => ({
    path: place.path,
    line: place.line,
    subject,
    reason,
  })),
  why: result.rule.why,
  fix: result.rule.fix,
  references: result.rule.references,
})

/** The report of a question that could not be put to the rules: no-go, with the reasons. */
const refused = (input: AssessInput, reasons: Reason[]): Report => ({
  schemaVersion: 1,
  tool: { name: 'prodgate', version: input.version },
  subject: input.subject,
  environment: input.environment ?? usualEnvironment,
  decision: 'no-go',
  reasons,
  score: { low: 0, high: 100, minimum: null, confidence: 0, categories: [] },
  results: [],
  plan: [],
  evidence: [],
  refused: [],
  advice: [],
  files: { found: 0, ignored: 0, judged: 0 },
})

/** There is no law to judge by: no-go, with everything that is wrong with it. */
const mistaken = (
  input: AssessInput,
  code: 'policy-invalid' | 'rules-invalid' | 'history-invalid',
  diagnostics: readonly Diagnostic[],
): Assessment => ({
  report: refused(
    input,
    diagnostics.map((diagnostic) => ({ code, message: formatDiagnostic(diagnostic) })),
  ),
  diagnostics,
  awaitsEvidence: false,
})

/** The services that are deployed to an environment. */
const servicesOf = (policy: Policy, environment: string): { name: string; paths: readonly string[] }[] =>
  Object.entries(policy.services)
    .filter(([, { environments }]) => nameMatcher(environments)(environment))
    .map(([name, { paths }]) => ({ name, paths }))

/** The paths of the services that are deployed to an environment, where the policy knows services for it. */
const serviceCover = (policy: Policy, environment: string): ((path: string) => boolean) | undefined => {
  const services = servicesOf(policy, environment)
  return services.length === 0 ? undefined : globMatcher(services.flatMap(({ paths }) => paths))
}

const judge = async (
  input: AssessInput & { environment: string },
  policy: Policy,
  environment: Environment,
  history: History | undefined,
): Promise<{ assessment: Assessment; values: Values }> => {
  const { workspace, evidenceFiles, base, now } = input
  const evidenceGlobs = { ...policy.evidence, ...input.evidenceGlobs }
  const { sha } = input.subject
  const maxAge = policy.evidenceMaxAge === undefined ? {} : { maxAge: policy.evidenceMaxAge }
  const demands = { now, sha, commit: policy.evidenceCommit, committed: policy.evidenceCommitted, ...maxAge }
  const meter = input.meter === undefined ? {} : { meter: input.meter }
  const rendering = {
    renderer: input.renderer,
    environment: { name: input.environment, names: environment.names ?? [] },
  }
  const meant = environmentNamed(policy.environments, input.environment)
  const alike = (name: string): boolean => meant !== undefined && environmentNamed(policy.environments, name) === meant
  const seen = await observe({
    workspace,
    evidenceFiles,
    ignore: policy.ignore,
    evidenceGlobs,
    archiveGlobs: policy.evidenceArchives,
    demands,
    history: history === undefined ? undefined : { previous: lastPassing(history, input.environment, sha, alike) },
    services: servicesOf(policy, input.environment),
    ...meter,
    ...rendering,
  })
  const cover = serviceCover(policy, input.environment)
  const covers = cover === undefined ? {} : { covers: cover }
  const today = now.toISOString().slice(0, 10)
  const kept = input.comparison === undefined ? undefined : keptComparison(input.comparison)
  const comparison =
    kept ?? (base === undefined ? undefined : await compareWith(base, policy, today, covers, rendering))
  const kinds = new Set(seen.evidence.map(({ kind }) => kind))
  const evaluated = evaluate(policy.rules, {
    facts: seen.facts,
    today,
    evidence: kinds,
    answers: seen.answers,
    ...covers,
    ...meter,
  })
  const marked = comparison === undefined ? evaluated : markKnown(evaluated, comparison.baseline)
  const trust = input.trustIgnores ?? (comparison === undefined ? 'all' : 'base')
  const { ignores, reasons: untrusted } = sortIgnores(seen.ignores, trust, comparison)
  const { results, reasons: told } = applyWaivers(marked, policy.waivers, ignores, now)
  const score = scoreOf(results)
  const worse = comparison === undefined || scoreOf(results.filter(isStatic)).low < comparison.score.low
  const standings = { signedOff: new Set(input.signOffs?.map(({ role }) => role)), soak: input.soak }
  const reasons = [...reasonsFor(results, score, environment, now, worse, standings), ...told, ...untrusted]
  if (policy.path === undefined)
    reasons.push({ code: 'policy-default', message: 'no policy file was found: the recommended policy applies' })
  const report: Report = {
    ...refused(input, sortReasons(reasons)),
    decision: decisionOf(reasons),
    score: {
      ...score,
      minimum: environment['minimum-score'],
      confidence: confidenceOf(results),
      categories: categoryScores(results),
    },
    results: results.map((result) => reportResult(result, environment)),
    plan: planFor(
      results,
      environment,
      comparison === undefined ? undefined : { low: comparison.score.low, counts: isStatic },
    ),
    evidence: seen.evidence,
    refused: seen.refused,
    advice: await adviseOn(workspace, seen.listed, missingKinds(policy.rules, kinds)),
    files: seen.files,
  }
  return {
    assessment: {
      report,
      diagnostics: [],
      awaitsEvidence: awaitsEvidence(results, reasons, environment, score),
      ...(comparison === undefined ? {} : { comparison: keepComparison(comparison) }),
    },
    values: seen.values,
  }
}

const policyFrom = (
  given: AssessInput['policy'],
  rules: readonly Rule[],
): { policy: Policy } | { diagnostics: Diagnostic[] } => {
  if (given === undefined) return { policy: recommendedPolicy(rules) }
  if ('text' in given) return parsePolicy(given.text, given.path, rules)
  return { diagnostics: [{ code: 'policy-unreadable', message: given.unreadable, path: given.path }] }
}

/** All rules together. What reads and proves custom ones is loaded for those who have some. */
const lawOf = async ({
  rules,
  customRules = [],
}: AssessInput): Promise<{ rules: readonly Rule[] } | { diagnostics: readonly Diagnostic[] }> => {
  if ('diagnostics' in customRules) return customRules
  if (customRules.length === 0) return { rules }
  const { withCustomRules } = await import('./core/custom-rules.ts')
  return withCustomRules(rules, customRules)
}

/**
 * Judges a repository for one environment: the one use case that the Action, the App and the command line share.
 * A mistake in the policy is a no-go with its diagnostics; so is an environment that the policy does not know.
 */
export const assess = async (input: AssessInput): Promise<Assessment> => {
  const law = await lawOf(input)
  if ('diagnostics' in law) return mistaken(input, 'rules-invalid', law.diagnostics)
  const parsed = policyFrom(input.policy, law.rules)
  if ('diagnostics' in parsed) return mistaken(input, 'policy-invalid', parsed.diagnostics)
  const { policy } = parsed
  const asked = { ...input, environment: input.environment ?? defaultEnvironment(policy) }
  const environment = findEnvironment(policy, asked.environment)
  if (environment === undefined) {
    const known = Object.keys(policy.environments).join(', ')
    const message = `the policy has no environment "${asked.environment}"; it has ${known === '' ? 'none' : known}`
    return {
      report: refused(asked, [{ code: 'environment-unknown', message }]),
      diagnostics: [],
      awaitsEvidence: false,
    }
  }
  const read = historyFrom(await input.history?.(policy.history))
  if ('diagnostics' in read) return mistaken(asked, 'history-invalid', read.diagnostics)
  const { kept } = read
  const { assessment, values } = await judge(asked, policy, environment, kept?.history)
  const { decision } = assessment.report
  const { sha } = input.subject
  if (kept === undefined || decision === 'no-go' || sha === null) return assessment
  const text = withDecision(kept.history, { sha, environment: asked.environment, at: input.now, decision, values })
  return { ...assessment, history: { path: kept.path, text } }
}
