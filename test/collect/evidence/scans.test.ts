import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { EvidenceFormat } from '../../../src/collect/evidence/format.ts'
import { lengthsThatMatter, formatNamed, formatOf as formatIn } from './formats.ts'
import { fixture, fixtures, of, parse, refusal, taken } from './fixtures.ts'

const folders = [
  'grype',
  'snyk',
  'osv-scanner',
  'govulncheck',
  'npm-audit',
  'pip-audit',
  'dependabot',
  'cargo-audit',
  'gosec',
  'sarif',
  'cyclonedx',
  'spdx',
]

const all = folders.flatMap((folder) => fixtures(folder))

const formatOf = (path: string): EvidenceFormat => formatIn(fixture(path))

/** What errors of tools hold: no scan, and that is what is said of them. */
const errors = new Set(['npm-audit/no-lock-file.json', 'npm-audit/registry-refuses.json', 'snyk/error.json'])

describe('every fixture', () => {
  test.each(all)('%s is of the format of its folder and of no other', (path) => {
    expect(formatOf(path).name).toBe(path.split('/')[0])
  })

  test.each([...errors])('%s is refused, as the scan did not run', async (path) => {
    expect(refusal(await parse(formatOf(path), fixture(path)))).toMatchObject({ code: 'scan-failed', line: 1 })
  })

  test.each(all.filter((path) => !errors.has(path)))('%s is the same in pieces of any length', async (path) => {
    expect(await lengthsThatMatter(formatOf(path), fixture(path), [1, 3, 64, 4095])).toEqual([])
  })

  test.each(all)('%s cut anywhere is refused, and nothing throws', async (path) => {
    const text = fixture(path).trimEnd()
    // The objects that govulncheck writes follow each other: cut between two of them, nobody can tell.
    const ends = /^\}$/gm
    const whole = new Set(path.startsWith('govulncheck') ? [...text.matchAll(ends)].map(({ index }) => index + 1) : [])
    const property = fc.asyncProperty(fc.integer({ min: 0, max: text.length - 1 }), async (length) => {
      const near = [...whole].some((end) => length >= end && text.slice(end, length).trim() === '')
      const parsed = await parse(formatOf(path), text.slice(0, length))
      return near || /^(truncated|syntax)$/.test(refusal(parsed).code)
    })
    expect(await fc.check(property, { numRuns: 25 })).toMatchObject({ failed: false, counterexample: null })
  })

  test.each(all)('%s with a value of another type somewhere does not throw', async (path) => {
    const text = fixture(path)
    const property = fc.asyncProperty(
      fc.nat(),
      fc.constantFrom('[]', '{}', 'null', '1', '"x"', '[[1]]', '{"__proto__":[]}'),
      async (at, value) => {
        const places = [...text.matchAll(/: ("[^"\\]*"|\d+|\[\]|true|false)/g)]
        const place = places[at % Math.max(places.length, 1)]
        if (place === undefined) return true
        const start = place.index + 2
        const changed = text.slice(0, start) + value + text.slice(start + (place[1]?.length ?? 0))
        const parsed = await parse(formatOf(path), changed)
        // What was changed may have been in the middle of a text or of a number.
        const codes = /^(schema|version|scan-failed|commit|empty|syntax)$/
        return 'facts' in parsed
          ? (await taken(formatOf(path), changed)).facts.length >= 0
          : codes.test(parsed.refused.code)
      },
    )
    expect(await fc.check(property, { numRuns: 40 })).toMatchObject({ failed: false, counterexample: null })
  })

  test('deep nesting is refused', async () => {
    for (const [start, name] of [
      ['{"matches":[{"a":', 'grype'],
      ['{"vulnerabilities":[{"a":', 'snyk'],
      ['{"results":[{"a":', 'osv-scanner'],
      ['{"config":{"a":', 'govulncheck'],
      ['{"auditReportVersion":2,"a":', 'npm-audit'],
      ['{"dependencies":[{"a":', 'pip-audit'],
      ['[{"a":', 'dependabot'],
      ['{"database":{"a":', 'cargo-audit'],
      ['{"Golang errors":{"a":', 'gosec'],
      ['{"runs":[{"a":', 'sarif'],
      ['{"bomFormat":"CycloneDX","a":', 'cyclonedx'],
      ['{"spdxVersion":"SPDX-2.3","a":', 'spdx'],
    ] as const)
      expect(refusal(await parse(formatNamed(name), start + '['.repeat(50_000)))).toMatchObject({ code: 'too-deep' })
  })

  test('no fact holds the source, a match or what a tool printed around it', async () => {
    for (const path of all.filter((one) => !errors.has(one))) {
      const { facts } = await taken(formatOf(path), fixture(path))
      expect(JSON.stringify(facts)).not.toMatch(/lpr|shell=True|KEY=|md5\.Sum|eval\(text/)
    }
  })
})

const grades = async (path: string) =>
  of(await taken(formatOf(path), fixture(path)), 'vulnerabilities.vulnerability').map(({ value, place }) => [
    value.id,
    value.packageName,
    value.installed,
    value.severity,
    value.fix,
    value.fixed,
    value.reach,
    place.line,
  ])

describe('what is found', () => {
  test.each([
    [
      'grype/image.json',
      [
        ['CVE-2022-37434', 'zlib', '1.2.12-r0', 'critical', 'available', '1.2.12-r2', 'unknown', 3],
        // No word for it, and a CVSS score of 7.5.
        ['GHSA-4374-p667-p6c8', 'golang.org/x/net', 'v0.7.0', 'high', 'available', '0.17.0', 'unknown', 24],
        ['CVE-2023-42366', 'busybox', '1.34.1-r7', 'medium', 'none', undefined, 'unknown', 40],
      ],
    ],
    [
      'govulncheck/till.json',
      [
        ['GO-2023-1988', 'golang.org/x/net', 'v0.7.0', 'low', 'available', 'v0.13.0', 'imported', 257],
        ['GO-2023-2102', 'golang.org/x/net', 'v0.7.0', 'low', 'available', 'v0.17.0', 'required', 233],
        ['GO-2024-3333', 'golang.org/x/net', 'v0.7.0', 'high', 'available', 'v0.33.0', 'called', 283],
      ],
    ],
    [
      'npm-audit/till.json',
      [
        ['GHSA-35jh-r3h4-6jhm', 'lodash', '(no version)', 'high', 'available', '4.17.21', 'unknown', 4],
        ['GHSA-jf85-cpcp-j695', 'lodash', '(no version)', 'critical', 'available', '4.17.21', 'unknown', 4],
        ['GHSA-vh95-rmgr-6w4m', 'minimist', '(no version)', 'medium', 'available', '1.2.8', 'unknown', 55],
      ],
    ],
    [
      'osv-scanner/till.json',
      [
        ['GHSA-jf85-cpcp-j695', 'lodash', '4.17.4', 'critical', 'available', '4.17.12', 'unknown', 9],
        ['GHSA-vh95-rmgr-6w4m', 'minimist', '1.2.0', 'medium', 'available', '1.2.3', 'unknown', 76],
      ],
    ],
    ['pip-audit/till.json', [['PYSEC-2019-217', 'jinja2', '2.10', 'unknown', 'available', '2.10.1', 'unknown', 1]]],
    ['pip-audit/skipped.json', []],
    [
      'snyk/test.json',
      [
        ['SNYK-JS-LODASH-450202', 'lodash', '4.17.4', 'critical', 'available', '4.17.12', 'unknown', 3],
        ['SNYK-JS-INFLIGHT-6095116', 'inflight', '1.0.6', 'medium', 'none', undefined, 'unknown', 21],
      ],
    ],
    [
      'dependabot/alerts.json',
      [['GHSA-jf85-cpcp-j695', 'lodash', '(no version)', 'critical', 'available', '4.17.12', 'unknown', 2]],
    ],
    // The vector alone gives 5.5.
    [
      'cargo-audit/till.json',
      [['RUSTSEC-2020-0071', 'time', '0.1.44', 'medium', 'available', '>=0.2.23', 'unknown', 9]],
    ],
    [
      'sarif/trivy.sarif',
      [
        ['CVE-2022-37434', 'zlib', '1.2.12-r0', 'critical', 'available', '1.2.12-r2', 'unknown', 44],
        ['CVE-2023-42366', 'busybox', '1.34.1-r7', 'medium', 'none', undefined, 'unknown', 55],
      ],
    ],
    [
      'sarif/osv-scanner.sarif',
      [
        ['CVE-2019-10744', 'lodash', '4.17.4', 'critical', 'unknown', undefined, 'unknown', 68],
        ['CVE-2020-7598', 'minimist', '1.2.0', 'medium', 'unknown', undefined, 'unknown', 85],
      ],
    ],
  ])('%s', async (path, wanted) => expect(await grades(path)).toEqual(wanted))

  test.each([
    ['pip-audit/skipped.json', []],
    ['grype/image.json', ['vulnerabilities.vulnerability']],
    ['gosec/till.json', ['analysis.result']],
    ['sarif/bandit.sarif', ['analysis.result']],
    ['sarif/govulncheck.sarif', ['vulnerabilities.vulnerability']],
  ])('%s answers for %j', async (path, answers) =>
    expect((await taken(formatOf(path), fixture(path))).answers).toEqual(answers),
  )

  test.each([
    ['grype/image.json', 'CVE-2021-36159', { because: 'the package manager is not run' }],
    ['snyk/test.json', 'SNYK-JS-MINIMIST-559764', { because: 'only used by the build', until: '2027-01-31' }],
    ['dependabot/alerts.json', 'GHSA-vh95-rmgr-6w4m', { because: 'only used by the build' }],
  ])('%s leaves out %s', async (path, id, about) =>
    expect(of(await taken(formatOf(path), fixture(path)), 'vulnerabilities.suppressed')).toMatchObject([
      { value: { id, ...about } },
    ]),
  )

  test.each([
    ['gosec/till.json', { files: 1, results: 8, high: 0, medium: 5, low: 3 }],
    ['sarif/gosec.sarif', { results: 8, high: 0, medium: 5, low: 3 }],
    ['sarif/bandit.sarif', { results: 4, high: 2, medium: 1, low: 1, toolVersion: '1.9.4' }],
  ])('%s is a run of %j', async (path, about) =>
    expect(of(await taken(formatOf(path), fixture(path)), 'analysis.run')).toMatchObject([{ value: about }]),
  )

  test.each([
    ['cyclonedx/syft.json', { components: 2, identified: 2, subject: '.', image: false, specification: '1.7' }],
    ['cyclonedx/cyclonedx-py.json', { components: 2, identified: 2 }],
    ['cyclonedx/cyclonedx-npm.json', { components: 2, identified: 2, subject: 'till', version: '1.4.0' }],
    ['spdx/syft.json', { components: 2, identified: 2, specification: '2.3' }],
  ])('%s is a bill of %j', async (path, about) =>
    expect(of(await taken(formatOf(path), fixture(path)), 'sbom.document')).toMatchObject([{ value: about }]),
  )
})

describe('what is not taken', () => {
  test.each([
    ['grype', '{"matches":null,"descriptor":{"name":"grype"}}', 'schema'],
    ['grype', '{"matches":[]}', 'schema'],
    ['grype', '{"matches":"none","descriptor":{"name":"grype"}}', 'schema'],
    ['osv-scanner', '{"results":null}', 'schema'],
    ['npm-audit', '{"auditReportVersion":2,"vulnerabilities":{}}', 'schema'],
    ['npm-audit', '{"auditReportVersion":3,"vulnerabilities":{},"metadata":{}}', 'version'],
    ['npm-audit', '{"actions":[],"advisories":{},"metadata":{}}', 'version'],
    ['pip-audit', '{"fixes":[]}', 'schema'],
    ['snyk', '{"ok":true}', 'schema'],
    ['snyk', '[]', 'schema'],
    [
      'dependabot',
      '{"message":"Dependabot alerts are disabled","documentation_url":"x","status":"403"}',
      'scan-failed',
    ],
    ['cargo-audit', '{"database":{}}', 'schema'],
    ['gosec', '{"Golang errors":{},"Issues":[]}', 'schema'],
    ['cyclonedx', '{"components":[]}', 'schema'],
    ['spdx', '{"@context":"https://spdx.org/rdf/3.0.1/spdx-context.jsonld","@graph":[]}', 'version'],
    ['sarif', '{"version":"2.0.0","runs":[]}', 'version'],
    ['sarif', '{"version":"2.1.0","runs":[]}', 'empty'],
    ['sarif', '{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"x"}}}]}', 'scan-failed'],
    ['sarif', '{"version":"2.1.0","runs":[{"tool":{"driver":{}},"results":[]}]}', 'schema'],
  ])('%s: %s', async (name, text, code) => expect(refusal(await parse(formatNamed(name), text)).code).toBe(code))

  test('gosec that could not read a file does not answer for what it did not see', async () => {
    const text = '{"Golang errors":{"till.go":[{"line":1}]},"Issues":[],"Stats":{"files":3}}'
    expect((await taken(formatNamed('gosec'), text)).answers).toEqual([])
  })
})
