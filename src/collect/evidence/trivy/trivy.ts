import * as z from 'zod'
import { instant, type EvidenceFormat, type EvidenceText, type Likeness, type Parsed } from '../format.ts'
import { JsonShapes } from '../json/shapes.ts'
import type { JsonValue } from '../json/stream.ts'
import { line } from '../scans/fields.ts'
import { readPaths, refuse, taking, type Handler } from '../scans/read-paths.ts'
import { ScanReport } from '../scans/scan-report.ts'
import { commitOf, digestOf } from '../scans/subject.ts'
import { License, Misconfiguration, Modified, OperatingSystem, Secret, Vulnerability } from './entries.ts'
import { addModified, addVulnerability, Extras, type Target } from './findings.ts'

const packageClasses = new Set(['os-pkgs', 'lang-pkgs'])

const lists = ['Vulnerabilities', 'Misconfigurations', 'Secrets', 'Licenses', 'ExperimentalModifiedFindings']

const parse = async (text: EvidenceText): Promise<Parsed> => {
  const report = new ScanReport(text.path, { tool: 'trivy', artifact: '(no name)', artifactType: 'unknown' })
  const { about } = report
  const extras = new Extras(text.path)
  const classes = new Set<string>()
  let target: Target & { index: unknown } = { index: undefined, name: '', class: 'unknown' }
  let version: unknown
  let createdAt: string | undefined
  let sha: string | undefined
  const within = ({ path }: JsonValue): Target & { index: unknown } => {
    if (path[1] !== target.index) target = { index: path[1], name: '', class: 'unknown' }
    return target
  }
  const found = <Schema extends z.ZodType>(
    schema: Schema,
    handle: (entry: z.infer<Schema>, target: Target, value: JsonValue) => void,
  ): Handler => taking(schema, (entry, value) => handle(entry, within(value), value))
  const shapes = new JsonShapes({
    '': 'object',
    Metadata: 'object',
    Results: 'list',
    'Results.*': 'object',
    ...Object.fromEntries(lists.map((list) => [`Results.*.${list}`, 'list' as const])),
  })
  const refused = await readPaths(
    text,
    {
      SchemaVersion: ({ value }) => void (version = value),
      CreatedAt: taking(line, (at) => void (createdAt = instant(at))),
      ArtifactName: taking(line, (name) => void (about.artifact = name ?? about.artifact)),
      ArtifactType: taking(line, (type) => void (about.artifactType = type ?? about.artifactType)),
      'Trivy.Version': taking(line, (tool) => void (about.toolVersion = tool)),
      'Metadata.OS': taking(OperatingSystem, (system) => {
        about.endOfLife = system?.EOSL === true
        if (system?.Family === 'none') return
        about.osFamily = system?.Family
        about.osName = system?.Family === undefined ? undefined : system.Name
      }),
      'Metadata.Commit': taking(line, (commit) => void (sha = commitOf(commit))),
      'Metadata.RepoDigests': ({ value }) =>
        void (about.digest = digestOf(Array.isArray(value) ? value[0] : undefined)),
      'Results.*.Target': taking(line, (name, value) => void (within(value).name = name ?? '')),
      'Results.*.Class': taking(line, (name, value) => {
        within(value).class = name ?? 'unknown'
        if (name !== undefined) classes.add(name)
      }),
      'Results.*.Vulnerabilities.*': found(Vulnerability, (entry, of, at) => addVulnerability(report, entry, of, at)),
      'Results.*.ExperimentalModifiedFindings.*': found(Modified, (entry, of, at) =>
        addModified(report, entry, of, at),
      ),
      'Results.*.Misconfigurations.*': found(Misconfiguration, (entry, of, at) =>
        extras.misconfiguration(entry, of, at),
      ),
      'Results.*.Secrets.*': found(Secret, (entry, of, at) => extras.secret(entry, of, at)),
      'Results.*.Licenses.*': found(License, (entry, of, at) => extras.license(entry, of, at)),
    },
    { shapes },
  )
  if (refused?.code === 'schema' && !shapes.seen.has(''))
    return refuse('version', 'is of Trivy’s first schema; SchemaVersion 2, written since Trivy 0.20, is read')
  if (refused !== undefined) return { refused }
  if (version === undefined) return refuse('version', 'does not say its SchemaVersion')
  if (version !== 2) return refuse('version', `has SchemaVersion ${JSON.stringify(version).slice(0, 20)}; 2 is read`)
  about.results = [...shapes.seen].filter((path) => /^Results\.\d+$/.test(path)).length
  about.packages = report.found > 0 || [...packageClasses].some((name) => classes.has(name))
  about.configuration = classes.has('config')
  extras.settle(about.artifact, about.artifactType)
  return {
    facts: [...report.facts(extras.counts), ...extras.facts],
    // Trivy does not say which scanners ran: without a result about secrets or licences, nothing is known of them.
    answers: [
      ...(about.packages ? (['vulnerabilities.vulnerability'] as const) : []),
      ...(about.configuration ? (['vulnerabilities.misconfiguration'] as const) : []),
    ],
    ...(createdAt === undefined ? {} : { createdAt }),
    ...(sha === undefined ? {} : { sha }),
  }
}

/** The JSON reports of `trivy image`, `fs`, `repo`, `config` and `sbom`, of schema version 2. */
export const trivy: EvidenceFormat = {
  kind: 'vulnerabilities',
  name: 'trivy',
  recognise: (head): Likeness => {
    if (/^\s*\[\s*\{\s*"(?:Target|Vulnerabilities)"/.test(head)) return 'this'
    const [, first] = /^\s*\{\s*"([^"\\]{0,200})"\s*:/.exec(head) ?? []
    if (first === undefined) return /^\s*(?:[{[]|$)/.test(head) ? 'unclear' : 'other'
    return head.includes('"SchemaVersion"') || head.includes('"ArtifactName"') ? 'this' : 'other'
  },
  parse,
}
