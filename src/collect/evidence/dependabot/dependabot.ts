import * as z from 'zod'
import type { EvidenceFormat } from '../format.ts'
import { dayOf, line, name } from '../scans/fields.ts'
import { brokeOff, packageEvidence } from '../scans/finish.ts'
import { hasKeys, likeness } from '../scans/json-head.ts'
import { readPaths, taking } from '../scans/read-paths.ts'
import { ScanReport } from '../scans/scan-report.ts'
import { severityOfScore, severityOfWord } from '../scans/severity.ts'

const Alert = z.object({
  state: z.enum(['open', 'dismissed', 'auto_dismissed', 'fixed']),
  dependency: z.object({ package: z.object({ name }), manifest_path: line }),
  security_advisory: z.object({
    ghsa_id: name,
    cve_id: line,
    summary: line,
    severity: line,
    published_at: line,
    withdrawn_at: line,
    cvss: z.object({ score: z.number().nullish() }).nullish(),
  }),
  security_vulnerability: z.object({ first_patched_version: z.object({ identifier: line }).nullish() }).nullish(),
  dismissed_reason: line,
  dismissed_comment: line,
  html_url: line,
})
type Alert = z.infer<typeof Alert>

const read = ({ dependency, security_advisory: advisory, security_vulnerability: own }: Alert) => {
  const fixed = own?.first_patched_version?.identifier
  const word = severityOfWord(advisory.severity)
  return {
    id: advisory.ghsa_id,
    aliases: advisory.cve_id === undefined ? [] : [advisory.cve_id],
    packageName: dependency.package.name,
    installed: '(no version)',
    severity: word === 'unknown' ? severityOfScore(advisory.cvss?.score ?? undefined) : word,
    fix: fixed === undefined ? ('none' as const) : ('available' as const),
    fixed,
    class: 'lang-pkgs',
    target: dependency.manifest_path,
    title: advisory.summary,
    published: dayOf(advisory.published_at),
  }
}

/** GitHub's list of Dependabot alerts, as `gh api repos/{owner}/{repo}/dependabot/alerts` prints it, or pages of it. */
export const dependabot: EvidenceFormat = {
  kind: 'vulnerabilities',
  name: 'dependabot',
  recognise: (head) =>
    likeness(head, (first, list) =>
      list
        ? hasKeys(head, 'security_advisory') || (hasKeys(head, 'dependency', 'state') && first === 'number')
        : first === 'message' && hasKeys(head, 'documentation_url', 'status'),
    ),
  parse: async (text) => {
    const report = new ScanReport(text.path, { tool: 'dependabot', artifact: '.', artifactType: 'repository' })
    let failed = false
    const refused = await readPaths(
      text,
      {
        '*': (value) => {
          // Of an object, as GitHub answers where alerts are not to be had.
          if (typeof value.path[0] === 'string') return void (failed = true)
          return taking(Alert, (alert, { line: at, column }) => {
            const repository = /^https:\/\/[^/]{1,200}\/([^/]{1,100}\/[^/]{1,100})\//.exec(alert.html_url ?? '')?.[1]
            if (repository !== undefined) report.about.artifact = repository
            const { id, packageName, installed, severity, target, ...more } = read(alert)
            const what = { id, packageName, installed, severity, target, line: at, column }
            if (alert.state === 'fixed' || alert.security_advisory.withdrawn_at !== undefined) return
            if (alert.state === 'open') return report.add({ ...what, ...more })
            const because = alert.dismissed_comment ?? alert.dismissed_reason
            report.suppress({ ...what, because, until: undefined, source: 'dependabot' })
          })(value)
        },
      },
      { separator: '' },
    )
    return refused === undefined && failed ? brokeOff('GitHub') : packageEvidence(refused, report)
  },
}
