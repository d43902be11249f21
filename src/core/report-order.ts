import * as z from 'zod'
import { Report } from './report.ts'

type Order = (value: unknown) => unknown

const same: Order = (value) => value

/** Walks the schema once; reports have a hundred thousand values. */
const orderOf = (schema: z.core.$ZodType): Order => {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) {
    const inner = orderOf(schema.unwrap())
    return (value) => (value === null || value === undefined ? value : inner(value))
  }
  if (schema instanceof z.ZodArray) {
    const inner = orderOf(schema.element)
    return (value) => (Array.isArray(value) && inner !== same ? value.map(inner) : value)
  }
  if (!(schema instanceof z.ZodObject)) return same
  const parts = Object.entries(schema.shape).map(([key, type]) => [key, orderOf(type)] as const)
  return (value) => {
    if (typeof value !== 'object' || value === null) return value
    const fields = value as Record<string, unknown>
    const ordered: Record<string, unknown> = {}
    for (const [key, order] of parts) if (fields[key] !== undefined) ordered[key] = order(fields[key])
    return ordered
  }
}

let order: Order | undefined

/** A report with its keys in the order of its schema; what the schema does not know is left out. */
export const orderedReport = (report: Report): Report => (order ??= orderOf(Report))(report) as Report
