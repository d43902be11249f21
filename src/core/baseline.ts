import type { Result } from './result.ts'

/** The findings that were there before: fingerprints by rule. */
export type Baseline = ReadonlyMap<string, ReadonlySet<string>>

/** Remembers what the base of a pull request is already guilty of. */
export const baselineOf = (results: readonly Result[]): Baseline =>
  new Map(results.map(({ rule, findings }) => [rule.id, new Set(findings.map(({ fingerprint }) => fingerprint))]))

/** Marks the findings that the base has too, so that a change is judged by what it adds. */
export const markKnown = (results: readonly Result[], baseline: Baseline): Result[] =>
  results.map((result) => {
    const before = baseline.get(result.rule.id)
    if (before === undefined || before.size === 0) return result
    return {
      ...result,
      findings: result.findings.map((finding) =>
        before.has(finding.fingerprint) ? { ...finding, known: true } : finding,
      ),
    }
  })

/** Whether everything that a failing rule finds was there before. */
export const isKnown = ({ status, findings }: Result): boolean =>
  status === 'fail' && findings.every(({ known, waived }) => known === true || waived !== undefined)
