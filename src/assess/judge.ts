import { adviseOn } from '../advise.ts'
import { isStatic, keepComparison, sortIgnores } from '../compare.ts'
import { markKnown } from '../core/baseline.ts'
import { awaitsEvidence, decisionOf, reasonsFor, sortReasons } from '../core/decide.ts'
import { evaluate } from '../core/evaluate.ts'
import { missingKinds } from '../core/evidence-rules.ts'
import { planFor } from '../core/plan.ts'
import type { Reason } from '../core/reason-codes.ts'
import type { Report } from '../core/report.ts'
import type { Result } from '../core/result.ts'
import { categoryScores, confidenceOf, scoreOf, type Score } from '../core/score.ts'
import { applyWaivers } from '../core/waivers.ts'
import type { EvidenceKind } from '../core/evidence-kinds.ts'
import type { Law } from './law.ts'
import type { Sight } from './look.ts'
import type { Assessment } from './question.ts'
import { refused } from './refusal.ts'
import { reportResult } from './report-result.ts'

/** What the rules come to, after everything that excuses findings. */
interface Verdict {
  results: readonly Result[]
  score: Score
  reasons: Reason[]
}

/** Puts the facts to the rules, and takes away what is known, waived or ignored. */
const verdictOn = (
  { asked, policy, environment }: Law,
  { seen, comparison, covers, today }: Sight,
  evidence: ReadonlySet<EvidenceKind>,
): Verdict => {
  const { facts, answers } = seen
  const meter = asked.meter === undefined ? {} : { meter: asked.meter }
  const evaluated = evaluate(policy.rules, { facts, today, evidence, answers, ...covers, ...meter })
  const marked = comparison === undefined ? evaluated : markKnown(evaluated, comparison.baseline)
  const trust = asked.trustIgnores ?? (comparison === undefined ? 'all' : 'base')
  const { ignores, reasons: untrusted } = sortIgnores(seen.ignores, trust, comparison)
  const { results, reasons: told } = applyWaivers(marked, policy.waivers, ignores, asked.now)
  const score = scoreOf(results)
  const worse = comparison === undefined || scoreOf(results.filter(isStatic)).low < comparison.score.low
  const standings = { signedOff: new Set(asked.signOffs?.map(({ role }) => role)), soak: asked.soak }
  const reasons = [...reasonsFor(results, score, environment, asked.now, worse, standings), ...told, ...untrusted]
  if (policy.path === undefined)
    reasons.push({ code: 'policy-default', message: 'no policy file was found: the recommended policy applies' })
  return { results, score, reasons }
}

/** Judges what was seen by the law, and writes the report of it. */
export const judge = async (law: Law, sight: Sight): Promise<Assessment> => {
  const { asked, policy, environment } = law
  const { seen, comparison } = sight
  const kinds = new Set(seen.evidence.map(({ kind }) => kind))
  const { results, score, reasons } = verdictOn(law, sight, kinds)
  const report: Report = {
    ...refused(asked, sortReasons(reasons)),
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
    advice: await adviseOn(asked.workspace, seen.listed, missingKinds(policy.rules, kinds)),
    files: seen.files,
  }
  return {
    report,
    diagnostics: [],
    awaitsEvidence: awaitsEvidence(results, reasons, environment, score),
    ...(comparison === undefined ? {} : { comparison: keepComparison(comparison) }),
  }
}
