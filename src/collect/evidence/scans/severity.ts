/** Severities as reports have them, whatever a tool calls its own. */
export const severities = ['critical', 'high', 'medium', 'low', 'unknown'] as const
export type ScanSeverity = (typeof severities)[number]

const words: Readonly<Record<string, ScanSeverity>> = {
  critical: 'critical',
  high: 'high',
  important: 'high',
  medium: 'medium',
  moderate: 'medium',
  low: 'low',
  minor: 'low',
  negligible: 'low',
  informational: 'low',
  info: 'low',
}

/** A tool's word for a severity; npm and GitHub say moderate, Red Hat important, Debian negligible. */
export const severityOfWord = (word: string | undefined): ScanSeverity => {
  const key = (word ?? '').toLowerCase()
  return Object.hasOwn(words, key) ? (words[key] ?? 'unknown') : 'unknown'
}

/** A CVSS score by the bands of its specification, which GitHub uses for `security-severity` too. */
export const severityOfScore = (score: number | undefined): ScanSeverity => {
  if (score === undefined || !Number.isFinite(score) || score <= 0 || score > 10) return 'unknown'
  if (score >= 9) return 'critical'
  if (score >= 7) return 'high'
  return score >= 4 ? 'medium' : 'low'
}

/** The graver of two; what nobody graded is the least grave. */
export const graver = (a: ScanSeverity, b: ScanSeverity): ScanSeverity =>
  severities.indexOf(a) <= severities.indexOf(b) ? a : b

const weights: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  AV: { N: 0.85, A: 0.62, L: 0.55, P: 0.2 },
  AC: { L: 0.77, H: 0.44 },
  UI: { N: 0.85, R: 0.62 },
  C: { H: 0.56, L: 0.22, N: 0 },
  I: { H: 0.56, L: 0.22, N: 0 },
  A: { H: 0.56, L: 0.22, N: 0 },
}
const privileges: Readonly<Record<string, readonly [number, number]>> = {
  N: [0.85, 0.85],
  L: [0.62, 0.68],
  H: [0.27, 0.5],
}

/** The base score of a CVSS 3 vector (first.org, section 7.1); undefined for any other text. */
export const scoreOfVector = (vector: string | undefined): number | undefined => {
  if (vector === undefined || !/^CVSS:3\.[01]\/[A-Z/:]{1,200}$/.test(vector)) return undefined
  const parts = new Map(
    vector.split('/').map((part): [string, string] => [part.split(':')[0] ?? '', part.split(':')[1] ?? '']),
  )
  const weight = (metric: string): number => weights[metric]?.[parts.get(metric) ?? ''] ?? Number.NaN
  const changed = parts.get('S') === 'C'
  const privilege = privileges[parts.get('PR') ?? '']?.[changed ? 1 : 0] ?? Number.NaN
  const sub = 1 - (1 - weight('C')) * (1 - weight('I')) * (1 - weight('A'))
  const impact = changed ? 7.52 * (sub - 0.029) - 3.25 * (sub - 0.02) ** 15 : 6.42 * sub
  const exploitability = 8.22 * weight('AV') * weight('AC') * privilege * weight('UI')
  if (Number.isNaN(impact + exploitability)) return undefined
  if (impact <= 0) return 0
  const score = Math.min(changed ? 1.08 * (impact + exploitability) : impact + exploitability, 10)
  return Math.ceil(Math.round(score * 100_000) / 10_000) / 10
}
