import * as z from 'zod'
import { defineFact } from './define.ts'

const severity = z.enum(['critical', 'high', 'medium', 'low', 'unknown'])

export const run = defineFact({
  topic: 'analysis',
  variable: 'run',
  description: 'One run of one tool over source text.',
  schema: z.object({
    tool: z.string(),
    toolVersion: z.string().optional(),
    category: z.string().optional().describe('What the pipeline calls this run, where it has several of one tool'),
    files: z.number().optional().describe('Files that were looked at, where the tool says so'),
    results: z.number().describe('Results that count: neither suppressed nor passed nor gone since the base'),
    critical: z.number().describe('Results about security of this severity'),
    high: z.number(),
    medium: z.number(),
    low: z.number(),
    unknown: z.number(),
    others: z.number().describe('Results that are not about security'),
    suppressed: z.number(),
    unlisted: z.number().describe('Results beyond those that are kept one by one; they are counted with the others'),
  }),
})

export const result = defineFact({
  topic: 'analysis',
  variable: 'result',
  description: 'One thing that a tool found in source text. Of the text itself nothing is kept.',
  schema: z.object({
    tool: z.string(),
    rule: z.string(),
    title: z.string().optional().describe('What the rule is about'),
    severity: severity.describe('By security-severity where the rule has one, else by the level'),
    security: z.boolean().describe('Whether the rule is about security and not about style or correctness'),
    file: z.string().optional(),
    fileLine: z.number().optional(),
    weaknesses: z.array(z.string()).describe('CWE numbers'),
    baseline: z.enum(['new', 'unchanged', 'updated', 'unknown']),
  }),
})
