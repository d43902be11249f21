import * as z from 'zod'
import { asMapping, asString } from '../../shape.ts'
import { instant, type EvidenceFormat } from '../format.ts'
import { JsonShapes } from '../json/shapes.ts'
import { line, listOf, name } from '../scans/fields.ts'
import { packageEvidence } from '../scans/finish.ts'
import { hasKeys, likeness } from '../scans/json-head.ts'
import { readPaths, taking } from '../scans/read-paths.ts'
import { ScanReport } from '../scans/scan-report.ts'
import { severityOfScore, severityOfWord } from '../scans/severity.ts'
import { digestOf } from '../scans/subject.ts'

const Match = z.object({
  vulnerability: z.object({
    id: name,
    severity: line,
    cvss: listOf(z.object({ metrics: z.object({ baseScore: z.number().nullish() }).nullish() })),
    fix: z.object({ versions: listOf(z.string()), state: line }).nullish(),
  }),
  relatedVulnerabilities: listOf(z.object({ id: line })),
  artifact: z.object({ name, version: line, type: line, locations: listOf(z.object({ path: line })) }),
  appliedIgnoreRules: listOf(z.object({ reason: line, namespace: line })),
})
type Match = z.infer<typeof Match>

const systems = new Set(['apk', 'deb', 'rpm', 'alpm', 'portage', 'linux-kernel', 'dpkg'])

const severityOf = ({ severity, cvss }: Match['vulnerability']) => {
  const word = severityOfWord(severity)
  if (word !== 'unknown') return word
  return severityOfScore(Math.max(0, ...cvss.map(({ metrics }) => metrics?.baseScore ?? 0)))
}

const read = ({ vulnerability, relatedVulnerabilities, artifact }: Match) => {
  const fixed = vulnerability.fix?.versions.slice(0, 5).join(', ').slice(0, 200) ?? ''
  const state = vulnerability.fix?.state
  return {
    id: vulnerability.id,
    aliases: relatedVulnerabilities.flatMap(({ id }) => id ?? []),
    packageName: artifact.name,
    installed: artifact.version ?? '(no version)',
    severity: severityOf(vulnerability),
    target: artifact.locations[0]?.path,
    class: systems.has(artifact.type ?? '') ? 'os-pkgs' : 'lang-pkgs',
    fix:
      fixed !== '' || state === 'fixed'
        ? ('available' as const)
        : state === 'not-fixed' || state === 'wont-fix'
          ? ('none' as const)
          : ('unknown' as const),
    fixed: fixed === '' ? undefined : fixed,
    status: state === 'wont-fix' ? 'will_not_fix' : state === 'not-fixed' ? 'affected' : undefined,
  }
}

/** The JSON of `grype -o json`. */
export const grype: EvidenceFormat = {
  kind: 'vulnerabilities',
  name: 'grype',
  recognise: (head) => likeness(head, (first, list) => first === 'matches' && !list && !hasKeys(head, 'SchemaVersion')),
  parse: async (text) => {
    const report = new ScanReport(text.path, { tool: 'grype', artifact: '(no name)', artifactType: 'unknown' })
    const { about } = report
    let createdAt: string | undefined
    let tool: string | undefined
    const shapes = new JsonShapes({ '': 'object', matches: 'list', ignoredMatches: 'list' })
    const refused = await readPaths(
      text,
      {
        'matches.*': taking(Match, (match, { line: at, column }) => report.add({ ...read(match), line: at, column })),
        'ignoredMatches.*': taking(Match, (match, { line: at, column }) => {
          const { id, packageName, installed, severity, target } = read(match)
          const because = match.appliedIgnoreRules.find(({ reason }) => reason !== undefined)?.reason
          const of = { id, packageName, installed, severity, target, line: at, column }
          report.suppress({ ...of, because, until: undefined, source: undefined })
        }),
        'source.type': taking(line, (type) => {
          about.artifactType =
            type === 'image' ? 'container_image' : type === 'directory' ? 'filesystem' : (type ?? 'unknown')
        }),
        'source.target': ({ value }) => {
          const target = asMapping(value)
          about.artifact = asString(value) ?? asString(target?.['userInput']) ?? about.artifact
          const digests = target?.['repoDigests']
          about.digest =
            digestOf(Array.isArray(digests) ? digests[0] : undefined) ?? digestOf(target?.['manifestDigest'])
        },
        'distro.name': taking(line, (system) => void (about.osFamily = system)),
        'distro.version': taking(line, (version) => void (about.osName = version)),
        'descriptor.name': taking(line, (written) => void (tool = written)),
        'descriptor.version': taking(line, (version) => void (about.toolVersion = version)),
        'descriptor.timestamp': taking(line, (at) => void (createdAt = instant(at))),
      },
      { shapes },
    )
    // A system, or a package with a hole, was looked at; without either, nobody can tell from what Grype writes.
    if (report.found > 0 || about.osFamily !== undefined) about.results = 1
    const missing = tool !== 'grype' ? 'the name of Grype' : shapes.seen.has('matches') ? undefined : 'its matches'
    return packageEvidence(refused, report, { createdAt, missing })
  },
}
