import { reportKeys, type Keys } from './report-keys.ts'
import type { Report } from './report.ts'

const inOrder = (value: unknown, keys: Keys): unknown => {
  if (keys === null || typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((one) => inOrder(one, keys))
  const fields = value as Record<string, unknown>
  const ordered: Record<string, unknown> = {}
  for (const key in keys) if (fields[key] !== undefined) ordered[key] = inOrder(fields[key], keys[key] ?? null)
  return ordered
}

/** A report with its keys in the order of its schema; what the schema does not know is left out. */
export const orderedReport = (report: Report): Report => inOrder(report, reportKeys) as Report
