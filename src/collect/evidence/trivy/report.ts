import * as z from 'zod'
import { firstLine } from '../format.ts'

const line = z
  .string()
  .nullish()
  .transform((text) => firstLine(text ?? ''))

const lineNumber = z
  .number()
  .nullish()
  .transform((value) => (typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : undefined))

const grades = ['critical', 'high', 'medium', 'low'] as const

const severity = z
  .string()
  .nullish()
  .transform((text) => grades.find((grade) => grade === text?.toLowerCase()) ?? 'unknown')

const listOf = <Entry extends z.ZodType>(entry: Entry) =>
  z
    .array(entry)
    .nullish()
    .transform((list) => list ?? [])

const Vulnerability = z.object({
  VulnerabilityID: z.string(),
  PkgName: z.string(),
  InstalledVersion: line,
  FixedVersion: line,
  Status: line,
  Severity: severity,
  Title: line,
})

const Misconfiguration = z.object({
  ID: line,
  AVDID: line,
  Title: line,
  Message: line,
  Status: line,
  Severity: severity,
  CauseMetadata: z.object({ StartLine: lineNumber }).nullish(),
})

// `Match` and `Code` hold what was found and are left in the file.
const Secret = z.object({ RuleID: line, Category: line, Severity: severity, StartLine: lineNumber })

const License = z.object({ Name: line, PkgName: line, FilePath: line, Category: line, Severity: severity })

const Result = z.object({
  Target: line,
  Class: line,
  Vulnerabilities: listOf(Vulnerability),
  Misconfigurations: listOf(Misconfiguration),
  Secrets: listOf(Secret),
  Licenses: listOf(License),
})
export type Result = z.infer<typeof Result>

/** What is read of a report of Trivy's schema version 2; all else in it is dropped. */
export const TrivyReport = z.object({
  SchemaVersion: z.literal(2),
  CreatedAt: line,
  ArtifactName: line,
  ArtifactType: line,
  Metadata: z
    .object({
      OS: z.object({ Family: line, Name: line, EOSL: z.boolean().nullish() }).nullish(),
      Commit: line,
    })
    .nullish(),
  Results: listOf(Result),
})
export type TrivyReport = z.infer<typeof TrivyReport>
