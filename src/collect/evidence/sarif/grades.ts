import { severityOfScore, severityOfWord, type ScanSeverity } from '../scans/severity.ts'
import type { Result, Rule } from './entries.ts'

const ofLevel: Readonly<Record<string, ScanSeverity>> = { error: 'high', warning: 'medium', note: 'low', none: 'low' }
const ofProblem: Readonly<Record<string, ScanSeverity>> = { error: 'high', warning: 'medium', recommendation: 'low' }
const gradeTags = new Set(['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'])

const tagsOf = (rule: Rule | undefined, result: Result): string[] =>
  [...(rule?.properties?.tags ?? []), ...(result.properties?.tags ?? [])]
    .slice(0, 100)
    .filter((tag): tag is string => typeof tag === 'string')

/**
 * The severity of a result. By the first of: `security-severity` (GitHub's convention, a CVSS score), a grade among the tags
 * (Trivy, gosec, whose level is always `error`), the grade that Bandit and others give, `problem.severity` (CodeQL), the
 * level, which is `warning` where none is written.
 */
export const severityOf = (rule: Rule | undefined, result: Result): ScanSeverity => {
  for (const properties of [result.properties, rule?.properties]) {
    const score = properties?.['security-severity']
    const grade = score === undefined || score === null ? 'unknown' : severityOfScore(Number(score))
    if (grade !== 'unknown') return grade
  }
  const tag = tagsOf(rule, result).find((one) => gradeTags.has(one))
  if (tag !== undefined) return severityOfWord(tag)
  for (const properties of [result.properties, rule?.properties]) {
    const own = properties?.issue_severity ?? properties?.severity
    const grade = severityOfWord(typeof own === 'string' ? own : undefined)
    if (grade !== 'unknown') return grade
  }
  const problem = rule?.properties?.['problem.severity'] ?? ''
  if (result.level === undefined && Object.hasOwn(ofProblem, problem)) return ofProblem[problem] ?? 'unknown'
  const level = result.level ?? rule?.defaultConfiguration?.level ?? 'warning'
  return Object.hasOwn(ofLevel, level) ? (ofLevel[level] ?? 'unknown') : 'unknown'
}

const weakness = /(?:^|\/)cwe[-/: ]?0*(\d{1,5})\b/i

/** The CWE numbers of a rule: in tags (`external/cwe/cwe-078`, `CWE-78: ...`) or by its relations to that taxonomy. */
export const weaknessesOf = (rule: Rule | undefined, result: Result): string[] => {
  const related = (rule?.relationships ?? []).flatMap(({ target }) =>
    target?.toolComponent?.name?.toUpperCase() === 'CWE' && target.id !== undefined ? [`cwe-${target.id}`] : [],
  )
  const numbers = [...tagsOf(rule, result), ...related].flatMap((tag) => weakness.exec(tag)?.[1] ?? [])
  return [...new Set(numbers)].slice(0, 20).map((number) => `CWE-${number}`)
}

// Tools that look for nothing else, some of which tag nothing.
const securityTools =
  /^(?:gosec|bandit|brakeman|njsscan|gitleaks|trufflehog|checkov|kics|tfsec|snyk\b|trivy|horusec|spotbugs security|insider|detect-secrets)/i

/** Whether a result is about security and not about style or correctness. */
export const isSecurity = (tool: string, rule: Rule | undefined, result: Result): boolean =>
  securityTools.test(tool) ||
  [rule?.properties, result.properties].some((properties) => (properties?.['security-severity'] ?? null) !== null) ||
  tagsOf(rule, result).some((tag) => tag.toLowerCase() === 'security' || weakness.test(tag))

/** Whether a rule of Trivy is about something else than a package. */
export const trivyKind = (rule: Rule | undefined): 'secret' | 'misconfiguration' | 'license' | undefined => {
  const tags = rule?.properties?.tags ?? []
  return (['secret', 'misconfiguration', 'license'] as const).find((kind) => tags.includes(kind))
}
