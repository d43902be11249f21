import * as z from 'zod'
import { line, lineNumber, listOf } from '../scans/fields.ts'

// A copy: what is cut from a text, or put together of pieces, keeps all of it in memory.
const copied = (text: string): string => JSON.parse(JSON.stringify(text)) as string

// Longer than any tool's words about one package, and short enough to be searched and kept.
const words = z
  .object({ text: z.string().nullish(), markdown: z.string().nullish() })
  .nullish()
  .transform((message) => (message?.text ?? message?.markdown ?? '').slice(0, 1500))

// Of a result's words, what names the package: ten thousand of them are kept.
const named = /^(?:Package|Installed Version|Fixed Version):/
const brief = words.transform((text) =>
  copied(
    text
      .split('\n')
      .filter((part, index) => index === 0 || named.test(part))
      .map((part) => part.slice(0, 300))
      .join('\n'),
  ),
)

const Properties = z
  .object({
    'security-severity': z.union([z.string(), z.number()]).nullish(),
    'problem.severity': line,
    issue_severity: line,
    severity: z.unknown().optional(),
    tags: z.array(z.unknown()).nullish(),
  })
  .nullish()

/** A rule, as the driver or an extension of it describes it. */
export const Rule = z.object({
  id: z.string().min(1),
  name: line,
  shortDescription: words,
  help: words,
  defaultConfiguration: z.object({ level: line }).nullish(),
  properties: Properties,
  relationships: listOf(
    z.object({ target: z.object({ id: line, toolComponent: z.object({ name: line }).nullish() }).nullish() }),
  ),
})
export type Rule = z.infer<typeof Rule>

const Location = z.object({
  physicalLocation: z
    .object({
      artifactLocation: z.object({ uri: line }).nullish(),
      // `snippet` is the source itself and is left in the file.
      region: z.object({ startLine: lineNumber }).nullish(),
    })
    .nullish(),
})

export const Result = z.object({
  ruleId: line,
  ruleIndex: z.number().nullish(),
  rule: z.object({ id: line, index: z.number().nullish() }).nullish(),
  level: line,
  kind: line,
  message: brief,
  locations: listOf(Location),
  suppressions: listOf(z.object({ status: line, justification: line })),
  baselineState: line,
  properties: Properties,
})
export type Result = z.infer<typeof Result>

export const Invocation = z.object({
  executionSuccessful: z.boolean().nullish(),
  startTimeUtc: line,
  endTimeUtc: line,
})

export const Image = z.object({ imageName: line, repoDigests: listOf(z.string()) }).nullish()
