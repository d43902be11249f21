import { collect } from './collect/collect.ts'
import { collectEvidence, type EvidenceGlobs } from './collect/evidence/collect-evidence.ts'
import { evidenceFormats } from './collect/evidence/index.ts'
import { collectors } from './collect/index.ts'
import { reasonsFor, decisionOf, isBlocking } from './core/decide.ts'
import type { Diagnostic } from './core/errors.ts'
import { formatDiagnostic } from './core/errors.ts'
import { evaluate } from './core/evaluate.ts'
import { FactSet } from './core/facts/fact-set.ts'
import { globMatcher } from './core/globs.ts'
import { planFor } from './core/plan.ts'
import { findEnvironment, parsePolicy, recommendedPolicy, type Policy } from './core/policy.ts'
import type { Environment } from './core/policy-file.ts'
import type { Reason } from './core/reason-codes.ts'
import type { Report } from './core/report.ts'
import type { Result } from './core/result.ts'
import type { Rule } from './core/rule.ts'
import { categoryScores, scoreOf } from './core/score.ts'
import { applyWaivers } from './core/waivers.ts'
import type { EvidenceFiles } from './ports/evidence-files.ts'
import type { Workspace } from './ports/workspace.ts'

/** Everything that a verdict depends on. The same input gives the same report, byte for byte. */
export interface AssessInput {
  workspace: Workspace
  evidenceFiles: EvidenceFiles
  rules: readonly Rule[]
  /**
   * The policy's text, from where the law is kept; undefined when there is no policy file. One that cannot be read is no-go:
   * there may be one, and it may be stricter than the recommended policy.
   */
  policy: { path: string; text: string } | { path: string; unreadable: string } | undefined
  /** Evidence globs from the command line or the Action's input; they replace the policy's for their kind. */
  evidenceGlobs?: EvidenceGlobs
  environment: string
  now: Date
  subject: Report['subject']
  version: string
}

/** The report, and what was wrong with the policy where it could not be applied. */
export interface Assessment {
  report: Report
  diagnostics: readonly Diagnostic[]
}

const reportResult = (result: Result, environment: Environment): Report['results'][number] => ({
  rule: result.rule.id,
  title: result.rule.title,
  category: result.rule.category,
  severity: result.rule.severity,
  blocking: isBlocking(result, environment),
  status: result.status,
  effortMinutes: result.rule.effortMinutes,
  ...(result.reason === undefined ? {} : { reason: result.reason }),
  findings: result.findings.map(({ place, subject, message, fingerprint, waived }) => ({
    ...place,
    subject,
    message,
    fingerprint,
    ...(waived === undefined ? {} : { waived }),
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
  environment: input.environment,
  decision: 'no-go',
  reasons,
  score: { low: 0, high: 100, minimum: null, categories: [] },
  results: [],
  plan: [],
  evidence: [],
  files: { found: 0, ignored: 0, judged: 0 },
})

/** The paths of the services that are deployed to an environment, where the policy knows services for it. */
const serviceCover = (policy: Policy, environment: string): ((path: string) => boolean) | undefined => {
  const services = Object.values(policy.services).filter(({ environments }) => globMatcher(environments)(environment))
  return services.length === 0 ? undefined : globMatcher(services.flatMap(({ paths }) => paths))
}

/** What there is to see: the repository's facts, the evidence's, and how much was looked at. */
export interface Observation {
  facts: FactSet
  evidence: Report['evidence']
  files: Report['files']
}

/** Reads the repository and the evidence with every collector. Judges nothing. */
export const observe = async (input: {
  workspace: Workspace
  evidenceFiles: EvidenceFiles
  ignore: readonly string[]
  evidenceGlobs: EvidenceGlobs
}): Promise<Observation> => {
  const listed = [...(await input.workspace.list())].sort((a, b) => (a.path < b.path ? -1 : 1))
  const ignored = globMatcher(input.ignore)
  const files = listed.filter(({ path }) => !ignored(path))
  const found = await collect(input.workspace, files, collectors)
  const proof = await collectEvidence(input.evidenceFiles, input.evidenceGlobs, evidenceFormats)
  const unjudged = [...found.unjudged, ...proof.unjudged]
  const facts = [
    ...found.facts,
    ...proof.facts,
    ...unjudged.map(({ topic, place, code, reason, repairable }) => ({
      kind: 'repository.unjudged-file' as const,
      subject: `file ${place.path}`,
      place,
      value: { topic, code, reason, repairable },
    })),
  ]
  return {
    facts: new FactSet(facts, unjudged),
    evidence: proof.evidence,
    files: {
      found: listed.length,
      ignored: listed.length - files.length,
      judged: found.judged + proof.evidence.length,
    },
  }
}

const judge = async (input: AssessInput, policy: Policy, environment: Environment): Promise<Report> => {
  const evidenceGlobs = { ...policy.evidence, ...input.evidenceGlobs }
  const { workspace, evidenceFiles } = input
  const { facts, evidence, files } = await observe({ workspace, evidenceFiles, ignore: policy.ignore, evidenceGlobs })
  const cover = serviceCover(policy, input.environment)
  const evaluated = evaluate(policy.rules, {
    facts,
    evidence: new Set(evidence.map(({ kind }) => kind)),
    ...(cover === undefined ? {} : { covers: cover }),
  })
  const results = applyWaivers(evaluated, policy.waivers, input.now)
  const score = scoreOf(results)
  const reasons = reasonsFor(results, score, environment, policy.waivers, input.now)
  if (policy.path === undefined)
    reasons.push({ code: 'policy-default', message: 'no policy file was found: the recommended policy applies' })
  return {
    ...refused(input, reasons),
    decision: decisionOf(reasons),
    score: { ...score, minimum: environment['minimum-score'], categories: categoryScores(results) },
    results: results.map((result) => reportResult(result, environment)),
    plan: planFor(results, environment),
    evidence,
    files,
  }
}

const lawOf = ({ policy, rules }: AssessInput): { policy: Policy } | { diagnostics: Diagnostic[] } => {
  if (policy === undefined) return { policy: recommendedPolicy(rules) }
  if ('text' in policy) return parsePolicy(policy.text, policy.path, rules)
  return { diagnostics: [{ code: 'policy-unreadable', message: policy.unreadable, path: policy.path }] }
}

/**
 * Judges a repository for one environment: the one use case that the Action, the App and the command line share.
 * A mistake in the policy is a no-go with its diagnostics; so is an environment that the policy does not know.
 */
export const assess = async (input: AssessInput): Promise<Assessment> => {
  const parsed = lawOf(input)
  if ('diagnostics' in parsed) {
    const reasons = parsed.diagnostics.map((diagnostic) => ({
      code: 'policy-invalid' as const,
      message: formatDiagnostic(diagnostic),
    }))
    return { report: refused(input, reasons), diagnostics: parsed.diagnostics }
  }
  const { policy } = parsed
  const environment = findEnvironment(policy, input.environment, (globs, name) => globMatcher(globs)(name))
  if (environment === undefined) {
    const known = Object.keys(policy.environments).join(', ')
    const message = `the policy has no environment "${input.environment}"; it has ${known === '' ? 'none' : known}`
    return { report: refused(input, [{ code: 'environment-unknown', message }]), diagnostics: [] }
  }
  return { report: await judge(input, policy, environment), diagnostics: [] }
}
