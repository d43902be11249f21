import * as z from 'zod'
import { defineFact } from './define.ts'

export const smokeCheck = defineFact({
  topic: 'smoke',
  variable: 'check',
  description: 'One smoke test of a deployed service.',
  schema: z.object({
    name: z.string(),
    path: z.string().optional().describe('The path of the URL that was asked; host and query are left out'),
    method: z.string().optional(),
    status: z.number().optional().describe('HTTP status; absent where there was no answer or none is told'),
    outcome: z.enum(['passed', 'failed', 'skipped']),
    ok: z.boolean().describe('Whether it passed'),
    milliseconds: z.number().optional(),
    message: z.string().optional().describe('First line of what went wrong'),
    areas: z.array(z.string()).describe('What it covers, by its name and path: health, api, auth'),
  }),
})

export const smokeTotal = defineFact({
  topic: 'smoke',
  variable: 'smoke',
  description: 'All smoke tests together. There is one where any was run, and none otherwise.',
  schema: z.object({
    total: z.number(),
    passed: z.number(),
    failed: z.number(),
    skipped: z.number(),
    files: z.number(),
    areas: z.array(z.string()).describe('What the checks that passed cover together: health, api, auth'),
  }),
})
