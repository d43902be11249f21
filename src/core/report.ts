import * as z from 'zod'
import { reasonCodes, type ReasonCode } from './reason-codes.ts'
import { evidenceKinds, shaSources, timeSources } from './evidence-kinds.ts'
import { Severity } from './severity.ts'

const bound = z.number().min(0).max(100)
const confidence = z.number().int().min(0).max(100)
const line = z.number().int().positive()
const minutes = z.number().int().nonnegative()

const waived = z.strictObject({ reason: z.string(), owner: z.string(), expires: z.string() })

export const ReportFinding = z.strictObject({
  path: z.string(),
  line,
  column: line,
  endLine: line.optional(),
  subject: z.string(),
  message: z.string(),
  fingerprint: z.string().describe('Stays the same when the lines above change'),
  waived: waived.optional(),
  known: z.boolean().optional().describe('True where the base of the pull request has the finding too'),
})
export type ReportFinding = z.infer<typeof ReportFinding>

export const ReportResult = z.strictObject({
  rule: z.string(),
  title: z.string(),
  category: z.string(),
  severity: Severity,
  blocking: z.boolean().describe('Whether the environment forbids a deployment while this rule fails or is unknown'),
  status: z.enum(['pass', 'fail', 'unknown', 'not-applicable', 'waived', 'error']),
  effortMinutes: minutes,
  reason: z.string().optional().describe('Why the status is unknown or error'),
  waived: waived.optional().describe('The waiver of the whole rule that covers what could not be judged'),
  findings: z.array(ReportFinding),
  undecided: z.array(z.strictObject({ path: z.string(), line, subject: z.string(), reason: z.string() })),
  why: z.string(),
  fix: z.string(),
  references: z.array(z.string()),
})
export type ReportResult = z.infer<typeof ReportResult>

/** One verdict: one commit, one environment. Published as `docs/report.schema.json`. */
export const Report = z.strictObject({
  schemaVersion: z.literal(1),
  tool: z.strictObject({ name: z.literal('prodgate'), version: z.string() }),
  subject: z.strictObject({
    repository: z.string().nullable(),
    sha: z.string().nullable().describe('Null where no commit holds exactly these files'),
    directory: z.string(),
  }),
  environment: z.string(),
  decision: z.enum(['go', 'conditional', 'no-go']),
  reasons: z.array(
    z.strictObject({ code: z.enum(Object.keys(reasonCodes) as [ReasonCode, ...ReasonCode[]]), message: z.string() }),
  ),
  score: z.strictObject({
    low: bound,
    high: bound,
    minimum: bound.nullable().describe('Null where no environment of the policy applies'),
    confidence: confidence.describe('The share of the weight of all rules that apply that was judged, rounded down'),
    categories: z.array(
      z.strictObject({
        id: z.string(),
        low: bound,
        high: bound,
        confidence,
        pass: minutes,
        fail: minutes,
        unknown: minutes,
      }),
    ),
  }),
  results: z.array(ReportResult),
  plan: z.array(
    z.strictObject({
      rule: z.string(),
      when: z.enum(['before-deploy', 'first-week', 'first-month']),
      gain: z.number(),
      effortMinutes: minutes,
    }),
  ),
  evidence: z.array(
    z.strictObject({
      kind: z.enum(evidenceKinds),
      format: z.string(),
      path: z.string(),
      sha: z.string().nullable().describe('The commit that it was made from; null where nobody knows'),
      shaFrom: z.enum(shaSources).optional().describe('Who says so'),
      createdAt: z.string().nullable(),
      createdFrom: z.enum(timeSources).optional().describe('Who says so; mtime is the time of the file on the disk'),
      size: minutes.optional().describe('Bytes'),
      tool: z.strictObject({ name: z.string(), version: z.string().optional() }).optional(),
      says: z.string().optional().describe('What it says, in a few words'),
      committed: z.boolean().optional().describe('True where git tracks it and the policy takes it all the same'),
    }),
  ),
  refused: z
    .array(
      z.strictObject({
        kind: z.enum(evidenceKinds),
        path: z.string(),
        code: z.string(),
        reason: z.string().describe("Follows the file's name: is 3 days old"),
        line,
      }),
    )
    .optional()
    .describe('What looked like evidence and does not count, and why'),
  advice: z
    .array(
      z.strictObject({
        kind: z.enum(evidenceKinds),
        steps: z.array(
          z.strictObject({
            title: z.string(),
            directory: z.string().describe('Where the project lies that the step is for'),
            yaml: z.string().describe('A list of steps for a job of a GitHub workflow'),
            writes: z.string().describe('The file that the step leaves'),
            note: z.string().optional(),
          }),
        ),
      }),
    )
    .optional()
    .describe('How to make the evidence that rules ask for and that is not there'),
  files: z
    .strictObject({ found: minutes, ignored: minutes, judged: minutes })
    .describe('How many files were looked at'),
})
export type Report = z.infer<typeof Report>
