import * as z from 'zod'
import { Report } from '../core/report.ts'
import { escapeControls } from './plain-text.ts'
import type { Renderer } from './renderer.ts'

/** Puts the keys of a value in the order of its schema; what the schema does not know is left out. */
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

/** The report as `docs/report.schema.json` has it, with its keys in that order. */
export const json: Renderer = (report) => `${escapeControls(JSON.stringify(inOrder(report, Report), undefined, 2))}\n`
