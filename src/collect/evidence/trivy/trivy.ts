import type { Fact } from '../../../core/facts/index.ts'
import { startOf } from '../../../core/facts/place.ts'
import { asMapping, defined } from '../../shape.ts'
import { instant, wholeText, type Evidence, type EvidenceFormat, type Likeness, type Refusal } from '../format.ts'
import { addVulnerabilities, licenses, misconfigurations, secrets, type Target } from './findings.ts'
import { parseJson, type JsonPlaces } from '../json/whole.ts'
import { TrivyReport } from './report.ts'

/** Down to the entries of a result's lists: report, Results, result, list, entry. */
const depthOfEntries = 5

/** Longer reports are refused. Characters. */
const maxLength = 64_000_000

const packageClasses = new Set(['os-pkgs', 'lang-pkgs'])

const refuse = (code: string, reason: string, at = { line: 1, column: 1 }): { refused: Refusal } => ({
  refused: { code, reason, ...at },
})

const artifactOf = ({ ArtifactName, ArtifactType }: TrivyReport) => ({
  artifact: ArtifactName ?? '(no name)',
  artifactType: ArtifactType ?? 'unknown',
})

const findingsOf = (path: string, report: TrivyReport, places: JsonPlaces): Fact[] => {
  const of = artifactOf(report)
  const known = new Map<string, Fact<'vulnerabilities.vulnerability'>>()
  const others = report.Results.flatMap((result, index) => {
    const target: Target = {
      ...of,
      target: result.Target ?? of.artifact,
      at: (list, entry) => ({ ...startOf(path), ...places.get(`Results/${index}/${list}/${entry}`) }),
    }
    addVulnerabilities(result, target, known)
    return [...misconfigurations(result, target), ...secrets(result, target), ...licenses(result, target)]
  })
  return [...known.values(), ...others]
}

const scanFact = (path: string, report: TrivyReport, findings: readonly Fact[]): Fact<'vulnerabilities.scan'> => {
  const of = artifactOf(report)
  const os = report.Metadata?.OS
  const osFamily = os?.Family === 'none' ? undefined : os?.Family
  const vulnerable = findings.filter(
    (fact): fact is Fact<'vulnerabilities.vulnerability'> => fact.kind === 'vulnerabilities.vulnerability',
  )
  const graded = (severity: string): number => vulnerable.filter(({ value }) => value.severity === severity).length
  const count = (kind: string): number => findings.filter((fact) => fact.kind === kind).length
  const { Results: results } = report
  return {
    kind: 'vulnerabilities.scan',
    subject: `scan of ${of.artifact}`,
    place: startOf(path),
    value: {
      ...of,
      ...defined({
        osFamily,
        osName: osFamily === undefined ? undefined : os?.Name,
      }),
      endOfLife: os?.EOSL === true,
      results: results.length,
      packages: vulnerable.length > 0 || results.some((result) => packageClasses.has(result.Class ?? '')),
      configuration: results.some((result) => result.Class === 'config'),
      critical: graded('critical'),
      high: graded('high'),
      medium: graded('medium'),
      low: graded('low'),
      unknown: graded('unknown'),
      fixable: vulnerable.filter(({ value }) => value.fixed !== undefined).length,
      misconfigurations: count('vulnerabilities.misconfiguration'),
      secrets: count('vulnerabilities.secret'),
      licenses: count('vulnerabilities.license'),
    },
  }
}

const evidenceOf = (path: string, report: TrivyReport, places: JsonPlaces): Evidence => {
  const findings = findingsOf(path, report, places)
  const scan = scanFact(path, report, findings)
  const createdAt = instant(report.CreatedAt)
  const commit = report.Metadata?.Commit
  return {
    facts: [scan, ...findings],
    // Trivy does not say which scanners ran: without a result about secrets or licences, nothing is known of them.
    answers: [
      ...(scan.value.packages ? (['vulnerabilities.vulnerability'] as const) : []),
      ...(scan.value.configuration ? (['vulnerabilities.misconfiguration'] as const) : []),
    ],
    ...(createdAt === undefined ? {} : { createdAt }),
    ...(commit !== undefined && /^[0-9a-f]{40,64}$/i.test(commit) ? { sha: commit.toLowerCase() } : {}),
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
  parse: async (source) => {
    const text = await wholeText(source, maxLength)
    if (text === undefined) return refuse('too-large', `is longer than ${maxLength / 1_000_000} million characters`)
    const parsed = parseJson(text, depthOfEntries)
    if ('refused' in parsed) return parsed
    if (Array.isArray(parsed.value))
      return refuse('version', 'is of Trivy’s first schema; SchemaVersion 2, written since Trivy 0.20, is read')
    const version: unknown = asMapping(parsed.value)?.['SchemaVersion']
    if (version === undefined) return refuse('version', 'does not say its SchemaVersion')
    if (version !== 2) return refuse('version', `has SchemaVersion ${JSON.stringify(version).slice(0, 20)}; 2 is read`)
    const report = TrivyReport.safeParse(parsed.value)
    if (report.success) return evidenceOf(source.path, report.data, parsed.places)
    const [issue] = report.error.issues
    const keys = issue?.path.map(String) ?? []
    const at = parsed.places.get(keys.slice(0, 4).join('/')) ?? parsed.places.get(keys.slice(0, 2).join('/'))
    return refuse('schema', `is not of Trivy’s schema at ${keys.join('.')}`, at)
  },
}
