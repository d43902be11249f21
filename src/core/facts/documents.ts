import * as z from 'zod'
import { defineFact } from './define.ts'

export const readinessReport = defineFact({
  topic: 'documents',
  variable: 'report',
  description:
    'A document that says whether something is ready for production: a readiness report or launch checklist.',
  schema: z.object({
    title: z.string(),
    declaresReady: z.boolean().describe('Whether a status line says READY, GO or APPROVED'),
    status: z.string().describe('That line, or empty'),
    ticked: z.number().describe('Ticked boxes and lines with a tick mark'),
    open: z.number().describe('Open boxes'),
    emptyApprovals: z.number().describe('Open boxes and blank lines under headings of approval or sign-off'),
    openBeforeDeploy: z.number().describe('Open boxes under headings such as "before deployment"'),
    statedScore: z.number().optional().describe('The overall score that it gives itself, of 100'),
    computedScore: z
      .number()
      .optional()
      .describe('The mean of its own category scores, of 100; absent where it states weights'),
    categories: z.number().describe('Category scores found'),
  }),
})

export const categoryScore = defineFact({
  topic: 'documents',
  variable: 'score',
  description: 'One category of a readiness report and every score of 100 that the report gives it.',
  schema: z.object({ category: z.string(), values: z.array(z.number()), consistent: z.boolean() }),
})

export const fraction = defineFact({
  topic: 'documents',
  variable: 'fraction',
  description: 'A percentage that stands beside its own fraction, such as 89% (32/36).',
  schema: z.object({
    text: z.string(),
    percent: z.number(),
    computed: z.number().describe('What the fraction gives, in percent, to one decimal'),
    agrees: z.boolean().describe('Within one point'),
    report: z.boolean().describe('Whether it stands in a readiness report'),
  }),
})

export const placeholder = defineFact({
  topic: 'documents',
  variable: 'placeholder',
  description: 'A gap that the author of a readiness report or runbook left open.',
  schema: z.object({ text: z.string(), heading: z.string() }),
})

export const reference = defineFact({
  topic: 'documents',
  variable: 'reference',
  description: 'A file of this repository that a document names, by a link or by its path in code.',
  schema: z.object({
    target: z.string(),
    form: z
      .enum(['link', 'mention', 'path', 'drawing', 'command'])
      .describe('A Markdown link, plain words (see LICENSE), inline code, a drawn tree, or a command in a code block'),
    exists: z.boolean(),
    ignored: z.boolean().describe("Whether .gitignore covers it, so that it can only be on the author's machine"),
    report: z.boolean().describe('Whether a readiness report names it'),
  }),
})

export const printedCredential = defineFact({
  topic: 'documents',
  variable: 'credential',
  description: 'A well-known user and password that a readiness report prints.',
  schema: z.object({ user: z.string(), masked: z.string() }),
})

export const unmeasured = defineFact({
  topic: 'documents',
  variable: 'claim',
  description: 'A ticked line of a readiness report that itself says that it is a target, an estimate or a plan.',
  schema: z.object({ word: z.string() }),
})
