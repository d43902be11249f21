import * as z from 'zod'
import type { EvidenceFormat } from '../format.ts'
import { JsonShapes } from '../json/shapes.ts'
import { line, listOf, name } from '../scans/fields.ts'
import { packageEvidence } from '../scans/finish.ts'
import { hasKeys, likeness } from '../scans/json-head.ts'
import { readPaths, taking } from '../scans/read-paths.ts'
import { ScanReport } from '../scans/scan-report.ts'

const Dependency = z.object({
  name,
  version: line,
  skip_reason: line,
  vulns: listOf(z.object({ id: name, fix_versions: listOf(z.string()), aliases: listOf(z.string()) })),
})

/** The JSON of `pip-audit -f json`. It grades nothing. */
export const pipAudit: EvidenceFormat = {
  kind: 'vulnerabilities',
  name: 'pip-audit',
  recognise: (head) =>
    likeness(
      head,
      (first, list) =>
        !list &&
        first === 'dependencies' &&
        (hasKeys(head, 'vulns') ||
          hasKeys(head, 'skip_reason') ||
          /"dependencies"\s*:\s*\[\s*\]\s*,\s*"fixes"/.test(head)),
    ),
  parse: async (text) => {
    const report = new ScanReport(text.path, { tool: 'pip-audit', artifact: '.', artifactType: 'filesystem' })
    let looked = 0
    const shapes = new JsonShapes({ '': 'object', dependencies: 'list' })
    const refused = await readPaths(
      text,
      {
        'dependencies.*': taking(Dependency, ({ name: packageName, version, skip_reason, vulns }, at) => {
          if (skip_reason === undefined) looked++
          for (const { id, aliases, fix_versions } of vulns) {
            const fixed = fix_versions.slice(0, 5).join(', ').slice(0, 200)
            report.add({
              id,
              aliases,
              packageName,
              class: 'lang-pkgs',
              severity: 'unknown',
              installed: version ?? '(no version)',
              fix: fixed === '' ? 'none' : 'available',
              fixed: fixed === '' ? undefined : fixed,
              line: at.line,
              column: at.column,
            })
          }
        }),
      },
      { shapes },
    )
    report.about.results = looked
    // Where every dependency was skipped, that none has a hole says nothing.
    report.about.packages = looked > 0
    return packageEvidence(refused, report, {
      missing: shapes.seen.has('dependencies') ? undefined : 'its dependencies',
    })
  },
}
