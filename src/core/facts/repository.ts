import * as z from 'zod'
import { defineFact } from './define.ts'

export const repository = defineFact({
  topic: 'repository',
  variable: 'repository',
  description: 'The evaluated tree as a whole. There is exactly one, whatever the tree holds.',
  schema: z.object({
    files: z.number().describe('Number of files, after the ignored paths are taken away'),
  }),
})

export const unjudgedFile = defineFact({
  topic: 'repository',
  variable: 'file',
  description: 'A file that belongs to a collector and that it could not read.',
  schema: z.object({
    topic: z.string().describe('Whose file it is: docker, compose, kubernetes, ...'),
    code: z.string().describe('Why, as a code: syntax, too-large, too-deep, encoding, binary, template, ...'),
    reason: z.string().describe('Why, in words'),
    repairable: z
      .boolean()
      .describe('False for a template that only another tool can render: nothing is wrong with it'),
  }),
})

export const brokenIgnore = defineFact({
  topic: 'repository',
  variable: 'comment',
  description: 'A `prodgate:` comment that is not of the form of an inline ignore, and so excuses nothing.',
  schema: z.object({ reason: z.string() }),
})
