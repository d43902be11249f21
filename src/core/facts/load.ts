import * as z from 'zod'
import { defineFact } from './define.ts'

const milliseconds = z.number().optional()

const measured = {
  requests: z.number(),
  errorRate: z
    .number()
    .optional()
    .describe('Requests that failed, or were answered with a status below 200 or of 400 and above, in percent'),
  throughput: z.number().optional().describe('Requests in a second'),
  p50: milliseconds.describe('Milliseconds that half of the requests took at the most'),
  p90: milliseconds,
  p95: milliseconds,
  p99: milliseconds,
}

const course = {
  users: z.number().optional().describe('The most virtual users, or connections, that were there at once'),
  seconds: z.number().optional().describe('How long the test ran'),
  startedAt: z
    .string()
    .optional()
    .describe('When it started or, where only that is known, when it ended; ISO 8601, UTC'),
}

export const loadTotal = defineFact({
  topic: 'load',
  variable: 'load',
  description:
    'All load tests together: there is one where any sent a request. Of several files the slowest percentiles, the lowest throughput, the most users, the longest time and the earliest start.',
  schema: z.object({
    ...measured,
    ...course,
    files: z.number().describe('Number of result files'),
    tools: z.array(z.string()),
    thresholds: z.number().describe('How many thresholds of their own the load tests have'),
    missedThresholds: z.array(z.string()).describe('Those of them that were not met'),
    historyKept: z.boolean().optional().describe('True where the policy keeps a history to compare with'),
    previousP95: z.number().optional().describe('The newest earlier deployment that passed, from the history'),
    previousErrorRate: z.number().optional(),
    previousThroughput: z.number().optional(),
  }),
})

export const loadRun = defineFact({
  topic: 'load',
  variable: 'run',
  description: 'One file of load test results.',
  schema: z.object({
    ...measured,
    ...course,
    tool: z.string(),
    version: z.string().optional().describe('Of the tool, where the file says so'),
    endpoints: z.number().describe('How many endpoints, or kinds of request, the file tells apart'),
    timeline: z.boolean().describe('Whether it is the course over time of a run whose results are in another file'),
  }),
})

export const loadEndpoint = defineFact({
  topic: 'load',
  variable: 'endpoint',
  description: 'The requests of one name, tag or method in one file; all requests where it does not tell them apart.',
  schema: z.object({
    ...measured,
    requests: z.number().optional(),
    name: z.string(),
    tool: z.string(),
    method: z.string().optional(),
    access: z
      .enum(['read', 'write', 'unknown'])
      .describe('GET, HEAD and OPTIONS read; POST, PUT, PATCH and DELETE write'),
  }),
})

export const loadThreshold = defineFact({
  topic: 'load',
  variable: 'threshold',
  description: 'One threshold of the load test’s own, and whether the tool found it met.',
  schema: z.object({ tool: z.string(), metric: z.string(), condition: z.string(), met: z.boolean() }),
})
