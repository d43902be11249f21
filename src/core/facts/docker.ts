import * as z from 'zod'
import { defineFact } from './define.ts'

export const dockerStage = defineFact({
  topic: 'docker',
  variable: 'stage',
  description: 'One build stage of a Dockerfile, from its FROM to the next.',
  schema: z.object({
    name: z.string().describe('Alias after AS, or the index of the stage when it has none'),
    final: z.boolean().describe('Whether an image built without a target is this stage'),
    user: z.string().optional().describe('The effective USER at the end of the stage, through the stages it builds on'),
  }),
})
