import * as z from 'zod'
import { defineFact } from './define.ts'

const counts = {
  total: z.number().describe('Test cases that are listed, those that were skipped included'),
  passed: z.number().describe('Flaky ones that passed in the end included'),
  failed: z.number().describe('Cases with a failed assertion'),
  errors: z.number().describe('Cases that broke before they could assert anything'),
  skipped: z.number(),
  flaky: z.number().describe('Cases that failed at first and passed when they were run again'),
  seconds: z.number().describe('The sum of the durations of the cases, or the duration that the file states'),
}

export const testsTotal = defineFact({
  topic: 'tests',
  variable: 'tests',
  description: 'All test results together. There is one where any file lists a test case, and none otherwise.',
  schema: z.object({
    ...counts,
    files: z.number().describe('Number of result files'),
    passRate: z.number().describe('Passed ones among those that ran, in percent; 0 where none ran'),
    skippedShare: z.number().describe('Skipped ones among all, in percent'),
    previousTotal: z.number().optional().describe('Test cases in the last evidence that passed, where it is known'),
  }),
})

export const testsRun = defineFact({
  topic: 'tests',
  variable: 'run',
  description: 'One file of test results, counted by the cases that it lists and not by what it claims.',
  schema: z.object({ ...counts, suites: z.number(), name: z.string().optional() }),
})

export const testsSuite = defineFact({
  topic: 'tests',
  variable: 'suite',
  description: 'One suite of test cases, the suites inside it included.',
  schema: z.object({
    ...counts,
    name: z.string(),
    claimedTests: z.number().optional().describe('How many cases the suite says it has'),
    claimedFailures: z.number().optional().describe('How many of them it says failed or broke'),
  }),
})

const testCase = {
  name: z.string(),
  suite: z.string().describe('The class of the case, or the suite that holds it'),
  message: z.string().optional().describe('First line of what went wrong, at most 200 characters'),
  file: z.string().optional().describe('Source file of the case, where the results name it'),
  fileLine: z.number().optional(),
  cases: z
    .number()
    .optional()
    .describe('How many cases this one stands for, where a file has more of them than are told one by one'),
}

export const testsFailure = defineFact({
  topic: 'tests',
  variable: 'failure',
  description: 'One test case that failed or broke, and did not pass when it was run again.',
  schema: z.object({ ...testCase, outcome: z.enum(['failed', 'error']) }),
})

export const testsFlaky = defineFact({
  topic: 'tests',
  variable: 'flaky',
  description: 'One test case that failed and then passed when it was run again.',
  schema: z.object({ ...testCase, failures: z.number().describe('How often it failed before it passed') }),
})
