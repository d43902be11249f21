import * as z from 'zod'
import type { EvidenceFormat } from '../format.ts'
import { JsonShapes } from '../json/shapes.ts'
import { line, name } from '../scans/fields.ts'
import { brokeOff, packageEvidence } from '../scans/finish.ts'
import { hasKeys, likeness } from '../scans/json-head.ts'
import { readPaths, refuse, taking } from '../scans/read-paths.ts'
import { ScanReport } from '../scans/scan-report.ts'
import { severityOfScore, severityOfWord } from '../scans/severity.ts'

const Advisory = z.object({
  source: z.union([z.number(), z.string()]).nullish(),
  name: line,
  title: line,
  url: line,
  severity: line,
  cvss: z.object({ score: z.number().nullish() }).nullish(),
  range: line,
})

const Entry = z.object({
  name,
  // A word is the name of a dependency that has the hole, and is listed by itself.
  via: z.array(z.union([z.string(), Advisory])),
  nodes: z.array(z.string()).nullish(),
  fixAvailable: z.union([z.boolean(), z.object({ name: line, version: line })]).nullish(),
})
type Entry = z.infer<typeof Entry>

const addEntry = (report: ScanReport, entry: Entry, at: { line: number; column: number }): void => {
  const { fixAvailable: fix, nodes } = entry
  const fixed = typeof fix === 'object' && fix?.name === entry.name ? fix.version : undefined
  for (const advisory of entry.via) {
    if (typeof advisory === 'string') continue
    const ghsa = /GHSA(?:-[0-9a-z]{4}){3}/.exec(advisory.url ?? '')?.[0]
    const word = severityOfWord(advisory.severity)
    report.add({
      id: ghsa ?? `npm ${advisory.source ?? advisory.title ?? ''}`.trim(),
      packageName: entry.name,
      installed: '(no version)',
      severity: word === 'unknown' ? severityOfScore(advisory.cvss?.score ?? undefined) : word,
      fix: fix === undefined || fix === null ? 'unknown' : fix === false ? 'none' : 'available',
      fixed,
      class: 'lang-pkgs',
      target: nodes?.[0]?.slice(0, 200),
      title: advisory.title,
      line: at.line,
      column: at.column,
    })
  }
}

/** The JSON of `npm audit --json` since npm 7, and what it writes when it could not ask. */
export const npmAudit: EvidenceFormat = {
  kind: 'vulnerabilities',
  name: 'npm-audit',
  recognise: (head) =>
    likeness(head, (first, list) => {
      if (list) return false
      if (first === 'auditReportVersion') return true
      if (first === 'error') return hasKeys(head, 'code', 'summary')
      if (first === 'message') return hasKeys(head, 'uri', 'error')
      return first === 'actions' && hasKeys(head, 'advisories')
    }),
  parse: async (text) => {
    const report = new ScanReport(text.path, { tool: 'npm audit', artifact: '.', artifactType: 'filesystem' })
    let version: unknown
    let failed = false
    const shapes = new JsonShapes({ '': 'object', vulnerabilities: 'object' })
    const count = ({ value }: { value: unknown }): void => {
      if (typeof value === 'number') report.about.results = Math.max(report.about.results ?? 0, value)
    }
    const refused = await readPaths(
      text,
      {
        auditReportVersion: ({ value }) => void (version = value),
        'vulnerabilities.*': taking(Entry, (entry, at) => addEntry(report, entry, at)),
        // The packages and the root, which npm counts among those of production.
        'metadata.dependencies.prod': count,
        'metadata.dependencies.total': count,
        error: () => void (failed = true),
        advisories: () => void (version = 1),
      },
      { shapes },
    )
    if (refused !== undefined) return { refused }
    if (failed) return brokeOff('npm')
    if (version !== 2) return refuse('version', 'is not of npm’s audit report version 2, written since npm 7')
    return packageEvidence(undefined, report, {
      missing:
        shapes.seen.has('vulnerabilities') && report.about.results !== undefined ? undefined : 'its list or its totals',
    })
  },
}
