import type { Evidence, Refusal } from '../format.ts'
import { refuse } from './read-paths.ts'
import type { ScanReport } from './scan-report.ts'

/** The evidence of a scan of packages: it answers for vulnerabilities even where it found none. */
export const packageEvidence = (
  refused: Refusal | undefined,
  report: ScanReport,
  about: { createdAt?: string | undefined; sha?: string | undefined; missing?: string | undefined } = {},
): Evidence | { refused: Refusal } => {
  if (refused !== undefined) return { refused }
  if (about.missing !== undefined) return refuse('schema', `lacks ${about.missing}`)
  const { createdAt, sha } = about
  return {
    facts: report.facts(),
    answers: report.about.packages === false ? [] : ['vulnerabilities.vulnerability'],
    ...(createdAt === undefined ? {} : { createdAt }),
    ...(sha === undefined ? {} : { sha }),
  }
}

/** A scanner that says that it broke off: what it found is not all there is. */
export const brokeOff = (tool: string): { refused: Refusal } =>
  refuse('scan-failed', `holds an error of ${tool} and no scan`)
