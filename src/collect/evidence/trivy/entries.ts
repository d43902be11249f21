import * as z from 'zod'
import { line, lineNumber, name } from '../scans/fields.ts'
import { severityOfWord } from '../scans/severity.ts'

const grades = new Set(['critical', 'high', 'medium', 'low'])

// Trivy writes its own four grades and UNKNOWN.
const severity = line.transform((text) => (grades.has(text?.toLowerCase() ?? '') ? severityOfWord(text) : 'unknown'))

export const Vulnerability = z.object({
  VulnerabilityID: name,
  VendorIDs: z.array(z.string()).nullish(),
  PkgName: name,
  InstalledVersion: line,
  FixedVersion: line,
  Status: line,
  Severity: severity,
  Title: line,
  PublishedDate: line,
})

/** What Trivy left out; only `--show-suppressed` writes it down. */
export const Modified = z.object({
  Type: line,
  Status: line,
  Statement: line,
  Source: line,
  Finding: Vulnerability.partial({ VulnerabilityID: true, PkgName: true }),
})

export const Misconfiguration = z.object({
  ID: line,
  AVDID: line,
  Title: line,
  Message: line,
  Status: line,
  Severity: severity,
  CauseMetadata: z.object({ StartLine: lineNumber }).nullish(),
})

// `Match` and `Code` hold what was found and are left in the file.
export const Secret = z.object({ RuleID: line, Category: line, Severity: severity, StartLine: lineNumber })

export const License = z.object({ Name: line, PkgName: line, FilePath: line, Category: line, Severity: severity })

export const OperatingSystem = z.object({ Family: line, Name: line, EOSL: z.boolean().nullish() }).nullish()
