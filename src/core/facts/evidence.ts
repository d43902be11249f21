import * as z from 'zod'
import { evidenceKinds, shaSources, timeSources } from '../evidence-kinds.ts'
import { defineFact } from './define.ts'

export const evidenceFile = defineFact({
  topic: 'evidence',
  variable: 'file',
  description: 'One file of evidence that was recognised, whether or not it counts: where it comes from.',
  schema: z.object({
    evidenceKind: z.enum(evidenceKinds),
    format: z.string().describe('junit, trivy, ...; "unknown" where it was refused before it was recognised'),
    tool: z.string().optional().describe('What wrote it, where it says so'),
    toolVersion: z.string().optional(),
    size: z.number().describe('Bytes'),
    sha: z.string().optional().describe('The commit that it was made from; absent where nobody knows'),
    shaFrom: z.enum(shaSources).optional().describe('Who says so'),
    createdAt: z.string().optional().describe('ISO 8601; absent where nobody knows'),
    createdFrom: z.enum(timeSources).optional().describe('Who says so; mtime is the time of the file on the disk'),
    ageDays: z.number().optional().describe('Whole days between its creation and the judgement'),
    committed: z.boolean().describe('Whether git tracks it, so that no pipeline made it for this commit'),
    accepted: z.boolean().describe('Whether the policy takes it though git tracks it'),
    counts: z.boolean().describe('Whether it was taken as evidence'),
    refusal: z.string().optional().describe('Why not, as a code: stale, commit, committed, empty, syntax, ...'),
  }),
})
