import * as z from 'zod'
import { defineFact } from './define.ts'

const measured = {
  linesCovered: z.number().describe('Lines that ran at least once; statements where that is what the tool counts'),
  linesTotal: z.number().describe('Lines that could have run'),
  linesPercent: z.number().describe('To two digits'),
  branchesCovered: z.number().optional().describe('Absent, like the other numbers of branches, where none are listed'),
  branchesTotal: z.number().optional(),
  branchesPercent: z.number().optional(),
}

export const coverageReport = defineFact({
  topic: 'coverage',
  variable: 'report',
  description: 'One coverage report, counted by the lines that it lists and not by the totals that it claims.',
  schema: z.object({
    ...measured,
    sources: z.number().describe('Source files that it lists'),
    unit: z.enum(['lines', 'statements']).describe('What is counted: Go counts statements'),
  }),
})

export const coverageTotal = defineFact({
  topic: 'coverage',
  variable: 'coverage',
  description:
    'All coverage reports together. A source file that several reports list counts once, with the lines that ran in any of them. There is one where any report lists a line, and none otherwise.',
  schema: z.object({
    ...measured,
    sources: z.number().describe('Source files, each counted once'),
    reports: z.number().describe('Number of reports'),
    shared: z.number().describe('Source files that more than one report lists'),
    previousLines: z.number().optional().describe('Percent in the last evidence that passed, where it is known'),
    previousBranches: z.number().optional().describe('Percent in the last evidence that passed, where it is known'),
  }),
})

export const coverageService = defineFact({
  topic: 'coverage',
  variable: 'service',
  description:
    'The coverage of one service of the policy: of the source files that its paths name, or that a report among its files lists. There is none for a service of which no source is listed.',
  schema: z.object({ ...measured, name: z.string(), sources: z.number() }),
})
