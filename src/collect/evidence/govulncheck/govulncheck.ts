import * as z from 'zod'
import type { EvidenceFormat, Refusal } from '../format.ts'
import { JsonShapes } from '../json/shapes.ts'
import { dayOf, line, listOf, name } from '../scans/fields.ts'
import { packageEvidence } from '../scans/finish.ts'
import { hasKeys, likeness } from '../scans/json-head.ts'
import { readPaths, taking } from '../scans/read-paths.ts'
import { ScanReport, type Found } from '../scans/scan-report.ts'

const Config = z.object({ scanner_name: line, scanner_version: line, scan_level: line, scan_mode: line })
const Osv = z.object({ id: name, aliases: listOf(z.string()), summary: line, published: line })
const Finding = z.object({
  osv: name,
  fixed_version: line,
  trace: z.array(z.object({ module: line, version: line, package: line, function: line })).min(1),
})

/** More than this many advisories, or modules with one, no Go program has. */
const maxKept = 50_000

const tooMany = ({ line: at, column }: { line: number; column: number }): Refusal => ({
  code: 'too-many',
  reason: `has more than ${maxKept} entries`,
  line: at,
  column,
})

const nearness: readonly Found['reach'][] = ['called', 'imported', 'required', 'unknown']

const reachOf = (frame: z.infer<typeof Finding>['trace'][number] | undefined): NonNullable<Found['reach']> => {
  if (frame?.function !== undefined) return 'called'
  return frame?.package === undefined ? 'required' : 'imported'
}

/** Go's database has no severities. What is called counts as high, what is not as low, and without a look at calls nobody knows. */
const severityOf = (reach: Found['reach'], level: string | undefined): Found['severity'] => {
  if (reach === 'called') return 'high'
  return level === undefined || level === 'symbol' ? 'low' : 'unknown'
}

/** The JSON of `govulncheck -json`: objects that follow each other. */
export const govulncheck: EvidenceFormat = {
  kind: 'vulnerabilities',
  name: 'govulncheck',
  recognise: (head) =>
    likeness(head, (first, list) => !list && first === 'config' && hasKeys(head, 'protocol_version')),
  parse: async (text) => {
    const report = new ScanReport(text.path, { tool: 'govulncheck', artifact: '.', artifactType: 'filesystem' })
    const { about } = report
    const advisories = new Map<string, z.infer<typeof Osv>>()
    const findings = new Map<string, Found>()
    let config: z.infer<typeof Config> | undefined
    const refused = await readPaths(
      text,
      {
        config: taking(Config, (written) => void (config = written)),
        'SBOM.modules.*': ({ value }) => void (value !== null && (about.results = (about.results ?? 0) + 1)),
        'SBOM.roots.*': taking(line, (root) => void (about.artifact = root ?? about.artifact)),
        osv: taking(Osv, (advisory, at) => {
          if (advisories.size >= maxKept) return tooMany(at)
          advisories.set(advisory.id, advisory)
          return undefined
        }),
        finding: taking(Finding, (finding, at) => {
          const [frame] = finding.trace
          const reach = reachOf(frame)
          const packageName = frame?.module ?? '(no name)'
          const key = `${finding.osv}\n${packageName}\n${frame?.version ?? ''}`
          const known = findings.get(key)
          if (known !== undefined && nearness.indexOf(known.reach) <= nearness.indexOf(reach)) return undefined
          if (findings.size >= maxKept) return tooMany(at)
          findings.set(key, {
            id: finding.osv,
            packageName,
            reach,
            fixed: finding.fixed_version,
            class: 'lang-pkgs',
            installed: frame?.version ?? '(no version)',
            severity: 'unknown',
            fix: finding.fixed_version === undefined ? 'none' : 'available',
            line: at.line,
            column: at.column,
          })
          return undefined
        }),
      },
      { separator: '', shapes: new JsonShapes({ '': 'object', 'SBOM.modules': 'list' }) },
    )
    const level = config?.scan_level
    about.toolVersion = config?.scanner_version
    if (config?.scan_mode === 'binary') about.artifactType = 'binary'
    for (const finding of findings.values()) {
      const advisory = advisories.get(finding.id)
      const { aliases = [], summary: title, published } = advisory ?? {}
      const severity = severityOf(finding.reach, level)
      const reach = severity === 'unknown' ? 'unknown' : finding.reach
      report.add({
        ...finding,
        severity,
        ...(reach === undefined ? {} : { reach }),
        aliases,
        title,
        published: dayOf(published),
      })
    }
    return packageEvidence(refused, report, { missing: config === undefined ? 'its configuration' : undefined })
  },
}
