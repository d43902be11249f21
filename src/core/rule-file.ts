import * as z from 'zod'
import { evidenceKinds } from './evidence-kinds.ts'
import type { FactKind } from './facts/index.ts'
import { vocabulary } from './facts/vocabulary.ts'
import { ParameterValue } from './parameter-value.ts'
import { Severity } from './severity.ts'

const text = z.string().trim().min(1)

const kinds = Object.keys(vocabulary) as [FactKind, ...FactKind[]]

const RuleCase = z
  .strictObject({
    name: text,
    files: z.record(z.string(), z.string()).describe('Path to text, as the repository would hold them'),
    origins: z
      .record(
        z.string(),
        z.strictObject({ committed: z.boolean().optional(), commit: text.optional(), created: text.optional() }),
      )
      .optional()
      .describe('Where files of evidence come from, by path: committed, commit, created (ISO 8601)'),
    parameters: z.record(z.string(), ParameterValue).optional(),
    previous: z
      .record(z.string(), z.record(z.string(), z.number()))
      .optional()
      .describe('Values of the last deployment that passed, by kind of fact; an empty map where the history has none'),
    today: z.iso.date().optional().describe('The day of the judgement; 2026-01-01 where none is said'),
    services: z
      .record(z.string(), z.array(text))
      .optional()
      .describe('The services of the policy: name to the globs of its files'),
    adds: z
      .partialRecord(z.enum(kinds), z.record(z.string(), ParameterValue))
      .optional()
      .describe('Fields that history would add to every fact of a kind: what the last evidence that passed had'),
    fails: z
      .array(z.strictObject({ path: text, line: z.number().int().positive(), message: text.optional() }))
      .optional(),
    undecided: z.array(z.strictObject({ path: text, line: z.number().int().positive() })).optional(),
    is: z.enum(['pass', 'not-applicable', 'unknown']).optional(),
  })
  .refine((value) => [value.fails, value.undecided, value.is].some((part) => part !== undefined), {
    error: 'a case says what it expects: fails, undecided or is',
  })
export type RuleCase = z.infer<typeof RuleCase>

/** One rule as its file has it. See docs/writing-rules.md. */
export const RuleFile = z.strictObject({
  title: text.describe('What holds when the rule passes, as a statement'),
  severity: Severity,
  effort: z.string().regex(/^\d+(m|h|d)$/, 'minutes, hours or days, such as 15m, 2h or 1d'),
  for: z.enum(kinds),
  pack: z.enum(['recommended', 'all']).default('recommended').describe('all: an opinion that a team opts in to'),
  evidence: z
    .enum(evidenceKinds)
    .optional()
    .describe('Unknown, not inapplicable, when there is no evidence of this kind'),
  absence: z
    .enum(['blocks', 'counts'])
    .optional()
    .describe(
      'What missing evidence does where the environment blocks on the rule: holds up the deployment (blocks, the default), or only counts as unknown',
    ),
  off: z
    .record(z.string(), ParameterValue)
    .optional()
    .describe('Parameters whose values turn the rule off: it is not applicable while they all have these values'),
  parameters: z.record(z.string().regex(/^[a-z][a-zA-Z0-9-]*$/), ParameterValue).default({}),
  when: text.optional(),
  undecided: z.strictObject({ when: text, because: text }).optional(),
  expect: text,
  at: text.optional().describe("The name of a finer place in the fact; the fact's own place where it has none"),
  message: text,
  why: text,
  fix: text,
  references: z.array(text).default([]),
  formerly: z.array(text).default([]),
  cases: z.array(RuleCase).default([]),
})
export type RuleFile = z.infer<typeof RuleFile>

const minutesIn = { m: 1, h: 60, d: 480 } as const

/** Minutes of work in an `effort`; a day has eight hours. */
export const effortMinutes = (effort: string): number =>
  Number.parseInt(effort, 10) * (minutesIn[effort.at(-1) as keyof typeof minutesIn] ?? 1)
