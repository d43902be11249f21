import type { EvidenceGenerator } from './generator.ts'

/** Large reports of scanners, made up: about 100 MB each, as pieces of text. */

const size = 100_000_000
const words = 'A till that is left open lets anybody take a receipt that is not theirs. '.repeat(4)

/** A text that starts, has as many entries as fit, and ends. */
const filled = (
  start: string,
  entry: (index: number) => unknown,
  end: string,
  { separator = ',', key }: { separator?: string; key?: (index: number) => string } = {},
) =>
  function* (): Generator<string> {
    yield start
    let length = 0
    for (let index = 0; length < size;) {
      let part = ''
      for (let count = 0; count < 50; count++, index++)
        part +=
          (index === 0 ? '' : separator) +
          (key === undefined ? '' : `${JSON.stringify(key(index))}:`) +
          JSON.stringify(entry(index), null, 1)
      length += part.length
      yield part
    }
    yield end
  }

const grades = ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL']
const links = (index: number): string[] =>
  Array.from({ length: 6 }, (_, link) => `https://advisories.example/${index}/${link}`)
const cve = (index: number): string => `CVE-2026-${index}`
const name = (index: number): string => `lib-${index}`
const grade = (index: number): string => grades[index % grades.length] ?? 'LOW'

const sarifResult = (rule: string, uri: string) => (index: number) => ({
  ruleId: `${rule}${index % 500}`,
  level: 'error',
  message: { text: `Package: ${name(index)}\nInstalled Version: 1.2.3\nFixed Version: 1.2.4\n${words}` },
  locations: [
    { physicalLocation: { artifactLocation: { uri }, region: { startLine: index + 1, snippet: { text: words } } } },
  ],
})

const sarif = (driver: string, rule: string) =>
  filled(
    '{"version":"2.1.0","$schema":"https://json.schemastore.org/sarif-2.1.0.json","runs":[{"results":[',
    sarifResult(rule, 'src/till.go'),
    `],"tool":{"driver":{"name":"${driver}","rules":[{"id":"${rule}1","properties":{"security-severity":"9.1","tags":["security"]}}]}}}]}`,
  )

interface LargeFile {
  /** The file's name. */
  name: string
  chunks: () => Iterable<string>
}

const rows: Record<string, LargeFile> = {
  trivy: {
    name: 'trivy-large.json',
    chunks: filled(
      '{"SchemaVersion":2,"ArtifactName":"shop/till:1.4","ArtifactType":"container_image","Results":[{"Target":"a","Class":"os-pkgs","Vulnerabilities":[',
      (index) => ({
        VulnerabilityID: cve(index),
        PkgName: name(index),
        InstalledVersion: '1.2.3',
        FixedVersion: '1.2.4',
        Severity: grade(index),
        Description: words,
        References: links(index),
        PublishedDate: '2026-01-01T00:00:00Z',
      }),
      ']}]}',
    ),
  },
  grype: {
    name: 'grype-large.json',
    chunks: filled(
      '{"matches":[',
      (index) => ({
        vulnerability: {
          id: cve(index),
          severity: grade(index),
          description: words,
          urls: links(index),
          fix: { versions: ['1.2.4'], state: 'fixed' },
        },
        relatedVulnerabilities: [{ id: `GHSA-${index}` }],
        artifact: { name: name(index), version: '1.2.3', type: 'npm', locations: [{ path: '/app/package.json' }] },
      }),
      '],"descriptor":{"name":"grype","version":"0.104.0"}}',
    ),
  },
  snyk: {
    name: 'snyk-large.json',
    chunks: filled(
      '{"vulnerabilities":[',
      (index) => ({
        id: `SNYK-JS-${index}`,
        severity: grade(index).toLowerCase(),
        packageName: name(index),
        version: '1.2.3',
        fixedIn: ['1.2.4'],
        description: words,
        identifiers: { CVE: [cve(index)] },
        references: links(index),
      }),
      '],"ok":false,"dependencyCount":3}',
    ),
  },
  'osv-scanner': {
    name: 'osv-scanner-large.json',
    chunks: filled(
      '{"results":[{"source":{"path":"package-lock.json"},"packages":[',
      (index) => ({
        package: { name: name(index), version: '1.2.3', ecosystem: 'npm' },
        vulnerabilities: [{ id: `GHSA-${index}`, aliases: [cve(index)], details: words, references: links(index) }],
        groups: [{ ids: [`GHSA-${index}`], max_severity: '7.5' }],
      }),
      ']}]}',
    ),
  },
  govulncheck: {
    name: 'govulncheck-large.json',
    chunks: filled(
      '{"config":{"protocol_version":"v1.0.0","scanner_name":"govulncheck","scan_level":"symbol"}}\n',
      (index) => ({
        finding: {
          osv: `GO-2026-${index % 40_000}`,
          fixed_version: 'v1.2.4',
          trace: Array.from({ length: 6 }, () => ({
            module: `example.org/${index % 40_000}`,
            version: 'v1.2.3',
            package: 'example.org/till',
            function: 'main',
            position: { filename: 'src/till.go', line: index },
          })),
        },
      }),
      '\n',
      { separator: '\n' },
    ),
  },
  'npm-audit': {
    name: 'npm-audit-large.json',
    chunks: filled(
      '{"auditReportVersion":2,"metadata":{"dependencies":{"prod":9,"total":8}},"vulnerabilities":{',
      (index) => ({
        name: name(index),
        via: [{ source: index, title: words, url: `https://github.com/advisories/${index}`, severity: 'high' }],
        nodes: [`node_modules/${name(index)}`],
        fixAvailable: true,
      }),
      '}}',
      { key: name },
    ),
  },
  'pip-audit': {
    name: 'pip-audit-large.json',
    chunks: filled(
      '{"dependencies":[',
      (index) => ({
        name: name(index),
        version: '1.2.3',
        vulns: [{ id: `PYSEC-${index}`, fix_versions: ['1.2.4'], aliases: [cve(index)], description: words }],
      }),
      '],"fixes":[]}',
    ),
  },
  dependabot: {
    name: 'dependabot-alerts-large.json',
    chunks: filled(
      '[',
      (index) => ({
        number: index,
        state: 'open',
        dependency: { package: { ecosystem: 'npm', name: name(index) }, manifest_path: 'package-lock.json' },
        security_advisory: { ghsa_id: `GHSA-${index}`, cve_id: cve(index), severity: 'high', description: words },
        security_vulnerability: { first_patched_version: { identifier: '1.2.4' } },
        html_url: `https://github.com/shop/till/security/dependabot/${index}`,
      }),
      ']',
    ),
  },
  'cargo-audit': {
    name: 'cargo-audit-large.json',
    chunks: filled(
      '{"database":{"advisory-count":1},"lockfile":{"dependency-count":3},"vulnerabilities":{"list":[',
      (index) => ({
        advisory: { id: `RUSTSEC-${index}`, aliases: [cve(index)], title: 'A hole', description: words },
        versions: { patched: ['>=1.2.4'] },
        package: { name: name(index), version: '1.2.3' },
      }),
      ']}}',
    ),
  },
  'sarif-vulnerabilities': {
    name: 'large-packages.sarif',
    chunks: sarif('Trivy', 'CVE-2026-'),
  },
  'sarif-analysis': { name: 'large-source.sarif', chunks: sarif('CodeQL', 'go/rule-') },
  gosec: {
    name: 'gosec-large.json',
    chunks: filled(
      '{"Golang errors":{},"Issues":[',
      (index) => ({ severity: grade(index), rule_id: 'G104', file: `till/${index}.go`, line: '7', code: words }),
      '],"Stats":{"files":9},"GosecVersion":"2.22.2"}',
    ),
  },
  cyclonedx: {
    name: 'sbom-large.cdx.json',
    chunks: filled(
      '{"bomFormat":"CycloneDX","specVersion":"1.6","components":[',
      (index) => ({ type: 'library', name: name(index), purl: `pkg:npm/lib-${index}@1.2.3`, description: words }),
      ']}',
    ),
  },
  spdx: {
    name: 'sbom-large.spdx.json',
    chunks: filled(
      '{"spdxVersion":"SPDX-2.3","name":"till","packages":[',
      (index) => ({ SPDXID: `SPDXRef-${index}`, name: name(index), versionInfo: '1.2.3', comment: words }),
      ']}',
    ),
  },
}

/** Files of 100 MB, one of each format. */
export const generators: EvidenceGenerator[] = Object.entries(rows).map(([format, row]) => ({
  name: format,
  path: row.name,
  text: row.chunks,
}))
