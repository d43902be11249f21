import { baselineOf, type Baseline } from './core/baseline.ts'
import { evaluate } from './core/evaluate.ts'
import { asksEvidence } from './core/evidence-rules.ts'
import type { InlineIgnore } from './core/inline-ignores.ts'
import type { Policy } from './core/policy.ts'
import type { Reason } from './core/reason-codes.ts'
import type { Result } from './core/result.ts'
import { scoreOf, type Score } from './core/score.ts'
import { observe } from './observe.ts'
import type { EvidenceFiles } from './ports/evidence-files.ts'
import type { Workspace } from './ports/workspace.ts'

/** Which paths a service owns; all of them where it is absent. */
export type Covers = { covers?: (path: string) => boolean }

const noEvidence: EvidenceFiles = {
  list: () => Promise.resolve([]),
  // oxlint-disable-next-line require-yield -- nothing is listed, so nothing is opened
  open: async function* () {
    throw new Error('no evidence')
  },
}

/** What a change is compared with. */
export interface Comparison {
  baseline: Baseline
  /** The base's score by the rules that need no evidence. */
  score: Score
  ignores: readonly InlineIgnore[]
}

/** A comparison as it can be kept: the base of a change is a commit, and does not change. */
export interface KeptComparison {
  /** Rules with the fingerprints of their findings. */
  findings: readonly (readonly [rule: string, fingerprints: readonly string[]])[]
  score: { low: number; high: number }
  ignores: readonly InlineIgnore[]
}

export const keepComparison = ({ baseline, score, ignores }: Comparison): KeptComparison => ({
  findings: [...baseline].filter(([, found]) => found.size > 0).map(([rule, found]) => [rule, [...found]] as const),
  score: { low: score.low, high: score.high },
  ignores,
})

export const keptComparison = ({ findings, score, ignores }: KeptComparison): Comparison => ({
  baseline: new Map(findings.map(([rule, fingerprints]) => [rule, new Set(fingerprints)])),
  score,
  ignores,
})

/** Whether a result comes from files alone: the base has no evidence to compare. */
export const isStatic = ({ rule }: Result): boolean => !asksEvidence(rule)

/** Judges the base by the law that the change is judged by. */
export const compareWith = async (
  base: Workspace,
  policy: Policy,
  today: string,
  covers: Covers,
  rendering: Pick<Parameters<typeof observe>[0], 'renderer' | 'environment' | 'repository'> = {},
): Promise<Comparison> => {
  const seen = await observe({
    workspace: base,
    evidenceFiles: noEvidence,
    ignore: policy.ignore,
    evidenceGlobs: {},
    ...rendering,
  })
  const results = evaluate(policy.rules, { ...seen, today, evidence: new Set(), ...covers })
  return { baseline: baselineOf(results), score: scoreOf(results.filter(isStatic)), ignores: seen.ignores }
}

const keyOf = ({ path, rule, until, reason }: InlineIgnore): string => JSON.stringify([path, rule, until, reason])

/** How often each ignore is there, wherever in its file. */
const countOf = (ignores: readonly InlineIgnore[]): ((one: InlineIgnore) => number) => {
  const counts = new Map<string, number>()
  for (const one of ignores) counts.set(keyOf(one), (counts.get(keyOf(one)) ?? 0) + 1)
  return (one) => counts.get(keyOf(one)) ?? 0
}

/**
 * Which comments in the judged files may excuse findings: `all`; those that the `base` has too (without a base, none), each
 * other one being told; or `none`, without a word.
 */
export type IgnoreTrust = 'all' | 'base' | 'none'

/** Which inline ignores count: the accused does not write the law, so a change cannot excuse itself. */
export const sortIgnores = (
  found: readonly InlineIgnore[],
  trust: IgnoreTrust,
  comparison: Comparison | undefined,
): { ignores: readonly InlineIgnore[]; reasons: Reason[] } => {
  if (trust === 'none') return { ignores: [], reasons: [] }
  const had = countOf(comparison?.ignores ?? [])
  const has = countOf(found)
  // A comment that was copied stands beside something new: of more than the base has nobody knows which was there.
  const counts = (one: InlineIgnore): boolean => trust === 'all' || has(one) <= had(one)
  const reasons = found
    .filter((one) => !counts(one))
    .map(({ path, line, rule }) => ({
      code: 'ignore-untrusted' as const,
      message: `the ignore of ${rule} at ${path}:${line} counts once the base branch has it`,
    }))
  return { ignores: found.filter(counts), reasons }
}
