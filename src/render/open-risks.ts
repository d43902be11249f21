import type { Report, ReportFinding, ReportResult } from '../core/report.ts'
import { atLeast } from '../core/severity.ts'

/** What one waiver covers of one rule. */
export interface WaivedRisk {
  result: ReportResult
  by: NonNullable<ReportFinding['waived']>
  /** None where the rule is waived as a whole because it could not be judged. */
  findings: ReportFinding[]
}

/** What is accepted when the deployment goes ahead, beside what stands in its way. */
export interface OpenRisks {
  /** The environment is only observed: not even a no-go holds anything back. */
  observed: boolean
  /** The waiver that ends first comes first. */
  waived: WaivedRisk[]
  /** Failing rules of medium severity or above that do not block here, worst first. */
  failing: ReportResult[]
}

const waivedOf = (result: ReportResult): WaivedRisk[] => {
  const found = new Map<string, WaivedRisk>()
  for (const finding of result.findings) {
    const by = finding.waived
    if (by === undefined) continue
    const key = JSON.stringify([by.owner, by.expires, by.reason])
    const risk = found.get(key)
    if (risk === undefined) found.set(key, { result, by, findings: [finding] })
    else risk.findings.push(finding)
  }
  if (result.waived !== undefined) found.set('whole', { result, by: result.waived, findings: [] })
  return [...found.values()]
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** @param others failures that do not block, worst first within their category */
export const openRisks = ({ results, reasons }: Report, others: readonly ReportResult[]): OpenRisks => ({
  observed: reasons.some(({ code }) => code === 'observe-mode'),
  waived: results.flatMap(waivedOf).sort((a, b) => compare(a.by.expires, b.by.expires)),
  failing: others.filter(({ severity }) => atLeast(severity, 'medium')),
})
