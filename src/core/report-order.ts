import * as z from 'zod'
import { Report } from './report.ts'

const inOrder = (value: unknown, schema: z.core.$ZodType): unknown => {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable)
    return value === null || value === undefined ? value : inOrder(value, schema.unwrap())
  if (schema instanceof z.ZodArray && Array.isArray(value)) return value.map((item) => inOrder(item, schema.element))
  if (!(schema instanceof z.ZodObject) || typeof value !== 'object' || value === null) return value
  const fields = value as Record<string, unknown>
  return Object.fromEntries(
    Object.entries(schema.shape).flatMap(([key, type]) =>
      fields[key] === undefined ? [] : [[key, inOrder(fields[key], type)]],
    ),
  )
}

/** A report with its keys in the order of its schema; what the schema does not know is left out. */
export const orderedReport = (report: Report): Report => inOrder(report, Report) as Report
