import * as z from 'zod'
import type { EvidenceFormat } from '../format.ts'
import { JsonShapes } from '../json/shapes.ts'
import { dayOf, line, listOf, name } from '../scans/fields.ts'
import { packageEvidence } from '../scans/finish.ts'
import { hasKeys, likeness } from '../scans/json-head.ts'
import { readPaths, taking } from '../scans/read-paths.ts'
import { ScanReport } from '../scans/scan-report.ts'
import { graver, scoreOfVector, severityOfScore, severityOfWord, type ScanSeverity } from '../scans/severity.ts'

const Range = z.object({ events: listOf(z.object({ fixed: line })) })

const Vulnerability = z.object({
  id: name,
  aliases: listOf(z.string()),
  summary: line,
  published: line,
  withdrawn: line,
  severity: listOf(z.object({ type: line, score: line })),
  affected: listOf(z.object({ package: z.object({ name: line }).nullish(), ranges: listOf(Range) })),
  database_specific: z.object({ severity: z.unknown().optional() }).nullish(),
})
type Vulnerability = z.infer<typeof Vulnerability>

const Package = z.object({
  package: z.object({ name: line, version: line, ecosystem: line, commit: line }),
  vulnerabilities: listOf(Vulnerability),
  groups: listOf(
    z.object({
      ids: listOf(z.string()),
      aliases: listOf(z.string()),
      max_severity: z.union([z.string(), z.number()]).nullish(),
      experimentalAnalysis: z.record(z.string(), z.object({ called: z.boolean().nullish() })).nullish(),
    }),
  ),
})
type Package = z.infer<typeof Package>

const severityOf = ({ severity, database_specific: own }: Vulnerability): ScanSeverity => {
  const grade = severity
    .map(({ score }) => severityOfScore(scoreOfVector(score)))
    .reduce<ScanSeverity>(graver, 'unknown')
  return grade === 'unknown' ? severityOfWord(typeof own?.severity === 'string' ? own.severity : undefined) : grade
}

const fixesOf = ({ affected }: Vulnerability, of: string): string[] =>
  affected
    .filter((one) => one.package?.name === undefined || one.package.name.toLowerCase() === of.toLowerCase())
    .flatMap(({ ranges }) => ranges.flatMap(({ events }) => events.flatMap(({ fixed }) => fixed ?? [])))

const systems = /^(?:Alpine|Debian|Ubuntu|Red Hat|Rocky|AlmaLinux|SUSE|openSUSE|Wolfi|Chainguard|Mageia)/

const addPackage = (
  report: ScanReport,
  { package: of, vulnerabilities, groups }: Package,
  at: { line: number; column: number; target: string | undefined },
): void => {
  const packageName = of.name ?? '(no name)'
  for (const vulnerability of vulnerabilities) {
    if (vulnerability.withdrawn !== undefined) continue
    const group = groups.find(({ ids }) => ids.includes(vulnerability.id))
    const called = new Set(Object.values(group?.experimentalAnalysis ?? {}).map((one) => one.called))
    const fixes = fixesOf(vulnerability, packageName)
    report.add({
      id: vulnerability.id,
      aliases: [...vulnerability.aliases, ...(group?.aliases ?? [])],
      packageName,
      installed: of.version ?? of.commit ?? '(no version)',
      severity: graver(severityOfScore(Number(group?.max_severity ?? Number.NaN)), severityOf(vulnerability)),
      fix: fixes.length > 0 ? 'available' : 'none',
      fixed: fixes.length > 0 ? fixes.slice(0, 5).join(', ').slice(0, 200) : undefined,
      class: systems.test(of.ecosystem ?? '') ? 'os-pkgs' : 'lang-pkgs',
      reach: called.has(true) ? 'called' : called.has(false) ? 'imported' : 'unknown',
      title: vulnerability.summary,
      published: dayOf(vulnerability.published),
      ...at,
    })
  }
}

/** The JSON of `osv-scanner scan --format json`. */
export const osvScanner: EvidenceFormat = {
  kind: 'vulnerabilities',
  name: 'osv-scanner',
  recognise: (head) =>
    likeness(
      head,
      (first, list) =>
        !list &&
        first === 'results' &&
        (hasKeys(head, 'source', 'packages') ||
          hasKeys(head, 'experimental_config') ||
          /"results"\s*:\s*(?:\[\s*\]|null)/.test(head)) &&
        !hasKeys(head, 'check_id'),
    ),
  parse: async (text) => {
    const report = new ScanReport(text.path, { tool: 'osv-scanner', artifact: '.', artifactType: 'filesystem' })
    const { about } = report
    let source: { index: unknown; path: string | undefined } = { index: undefined, path: undefined }
    let packages = 0
    const shapes = new JsonShapes({ '': 'object', results: 'list', 'results.*.packages': 'list' })
    const refused = await readPaths(
      text,
      {
        'results.*.source.path': taking(line, (path, value) => void (source = { index: value.path[1], path })),
        'results.*.packages.*': taking(Package, (entry, { line: at, column, path }) => {
          packages++
          const target = path[1] === source.index ? source.path : undefined
          addPackage(report, entry, { line: at, column, target: target?.split('/').slice(-2).join('/') })
        }),
        'image_metadata.os': taking(line, (system) => {
          about.artifactType = 'container_image'
          about.osFamily = system
        }),
      },
      { shapes },
    )
    // Packages without a hole are listed on request only, so that none listed says nothing.
    if (packages > 0) about.results = packages
    return packageEvidence(refused, report, { missing: shapes.seen.has('results') ? undefined : 'its results' })
  },
}
