import * as z from 'zod'
import { Report } from './report.ts'

/** The keys of an object, or of each object of a list, in order; null for what has none of its own. Plain data. */
export type Keys = { [key: string]: Keys } | null

const keysOf = (schema: z.core.$ZodType): Keys => {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) return keysOf(schema.unwrap())
  if (schema instanceof z.ZodArray) return keysOf(schema.element)
  if (!(schema instanceof z.ZodObject)) return null
  return Object.fromEntries(Object.entries(schema.shape).map(([key, type]) => [key, keysOf(type)]))
}

/**
 * What a report holds, in the order of its schema. The build computes it and puts it in the place of this module, since a run
 * needs nothing else of that schema.
 */
export const reportKeys: Keys = keysOf(Report)
