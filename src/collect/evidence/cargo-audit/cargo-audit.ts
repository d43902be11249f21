import * as z from 'zod'
import type { EvidenceFormat } from '../format.ts'
import { JsonShapes } from '../json/shapes.ts'
import { dayOf, line, listOf, name } from '../scans/fields.ts'
import { packageEvidence } from '../scans/finish.ts'
import { hasKeys, likeness } from '../scans/json-head.ts'
import { readPaths, taking } from '../scans/read-paths.ts'
import { ScanReport } from '../scans/scan-report.ts'
import { scoreOfVector, severityOfScore } from '../scans/severity.ts'

const Entry = z.object({
  advisory: z.object({ id: name, aliases: listOf(z.string()), title: line, date: line, cvss: line, withdrawn: line }),
  versions: z.object({ patched: listOf(z.string()) }),
  package: z.object({ name, version: line }),
})

/** The JSON of `cargo audit --json`. */
export const cargoAudit: EvidenceFormat = {
  kind: 'vulnerabilities',
  name: 'cargo-audit',
  recognise: (head) =>
    likeness(head, (first, list) => !list && first === 'database' && hasKeys(head, 'advisory-count', 'lockfile')),
  parse: async (text) => {
    const report = new ScanReport(text.path, { tool: 'cargo-audit', artifact: '.', artifactType: 'filesystem' })
    const shapes = new JsonShapes({ '': 'object', 'vulnerabilities.list': 'list' })
    const refused = await readPaths(
      text,
      {
        'lockfile.dependency-count': ({ value }) => {
          if (typeof value === 'number') report.about.results = value
        },
        'vulnerabilities.list.*': taking(Entry, ({ advisory, versions, package: of }, at) => {
          if (advisory.withdrawn !== undefined) return
          const fixed = versions.patched.slice(0, 5).join(', ').slice(0, 200)
          report.add({
            id: advisory.id,
            aliases: advisory.aliases,
            packageName: of.name,
            class: 'lang-pkgs',
            installed: of.version ?? '(no version)',
            severity: severityOfScore(scoreOfVector(advisory.cvss)),
            fix: fixed === '' ? 'none' : 'available',
            fixed: fixed === '' ? undefined : fixed,
            title: advisory.title,
            published: dayOf(advisory.date),
            line: at.line,
            column: at.column,
          })
        }),
      },
      { shapes },
    )
    return packageEvidence(refused, report, {
      missing: shapes.seen.has('vulnerabilities.list') ? undefined : 'its list of vulnerabilities',
    })
  },
}
