import * as z from 'zod'

/** How bad it is in production, worst first. */
export const severities = ['critical', 'high', 'medium', 'low'] as const
export const Severity = z.enum(severities)
export type Severity = z.infer<typeof Severity>

/** What a rule of each severity is worth in the score. */
export const weights: Record<Severity, number> = { critical: 10, high: 5, medium: 2, low: 1 }

/** Whether `severity` is `threshold` or worse. */
export const atLeast = (severity: Severity, threshold: Severity): boolean =>
  severities.indexOf(severity) <= severities.indexOf(threshold)
