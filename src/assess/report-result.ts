import { isBlocking } from '../core/decide.ts'
import type { Environment } from '../core/policy-file.ts'
import type { Report } from '../core/report.ts'
import type { Result } from '../core/result.ts'

/** Evidence that a rule does without lowers the score and holds nothing back. */
const onlyCounts = ({ rule, status, missing }: Result): boolean =>
  rule.absence === 'counts' && status === 'unknown' && !missing

/** A result as the report has it. */
export const reportResult = (result: Result, environment: Environment): Report['results'][number] => ({
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
