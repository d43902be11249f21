import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { trivy } from '../../../src/collect/evidence/trivy/trivy.ts'
import { fixture, fixtures, of, parse, refusal, taken } from './fixtures.ts'

const image = fixture('trivy/image.json')
const lineOf = (text: string, part: string, nth = 1): number =>
  text.split(part).slice(0, nth).join(part).split('\n').length

const report = (results: unknown, more: object = {}): string =>
  JSON.stringify({
    SchemaVersion: 2,
    ArtifactName: 'shop/api:1',
    ArtifactType: 'container_image',
    ...more,
    Results: results,
  })

const found = (entry: object): object => ({
  VulnerabilityID: 'CVE-2024-2961',
  PkgName: 'libc6',
  InstalledVersion: '2.36-9',
  Severity: 'HIGH',
  ...entry,
})

const grades = async (text: string) =>
  of(await taken(trivy, text), 'vulnerabilities.vulnerability').map(({ value }) => value)

describe('what Trivy writes', () => {
  test('every fixture is recognised and taken', async () => {
    for (const name of fixtures('trivy')) {
      const text = fixture(name)
      expect(trivy.recognise(text.slice(0, 4096))).toBe('this')
      expect(of(await taken(trivy, text), 'vulnerabilities.scan')).toHaveLength(1)
    }
  })

  test('an image: vulnerabilities at their lines, the same in two binaries once', async () => {
    const evidence = await taken(trivy, image)
    expect(evidence.createdAt).toBe('2026-11-20T08:15:30.123Z')
    expect(of(evidence, 'vulnerabilities.scan')[0]?.value).toEqual({
      artifact: 'registry.example/shop/api:1.4.0',
      artifactType: 'container_image',
      tool: 'trivy',
      osFamily: 'alpine',
      osName: '3.15.11',
      endOfLife: true,
      results: 4,
      packages: true,
      configuration: false,
      critical: 1,
      high: 2,
      medium: 1,
      low: 0,
      unknown: 0,
      fixable: 2,
      suppressed: 0,
      unlisted: 0,
      misconfigurations: 0,
      secrets: 1,
      licenses: 0,
    })
    const vulnerabilities = of(evidence, 'vulnerabilities.vulnerability')
    expect(vulnerabilities.map(({ subject }) => subject)).toEqual([
      'package zlib 1.2.12-r0 CVE-2022-37434',
      'package busybox 1.34.1-r7 CVE-2023-42366',
      'package ssl_client 1.34.1-r7 CVE-2023-42366',
      'package golang.org/x/net v0.7.0 CVE-2023-39325',
    ])
    for (const [index, { place }] of vulnerabilities.entries())
      // The object opens on the line above its number.
      expect(place.line).toBe(lineOf(image, '"VulnerabilityID"', index + 1) - 1)
    expect(vulnerabilities[3]?.value).toMatchObject({
      targets: 2,
      class: 'lang-pkgs',
      fixed: '0.17.0',
      status: 'fixed',
    })
    expect(vulnerabilities[2]?.value).toMatchObject({ status: 'will_not_fix', severity: 'high' })
    expect(vulnerabilities[2]?.value).not.toHaveProperty('fixed')
  })

  test('of a secret, the kind and the place are kept and nothing else', async () => {
    const evidence = await taken(trivy, image)
    expect(of(evidence, 'vulnerabilities.secret')).toMatchObject([
      {
        place: { line: lineOf(image, '"RuleID"') - 1 },
        value: { kind: 'aws-access-key-id', targetLine: 3, severity: 'critical' },
      },
    ])
    expect(JSON.stringify(evidence)).not.toMatch(/correct-horse|\*\*\*|AWS_ACCESS/)
  })

  test('configuration: failed checks alone', async () => {
    const evidence = await taken(trivy, fixture('trivy/config.json'))
    expect(
      of(evidence, 'vulnerabilities.misconfiguration').map(({ value }) => [value.id, value.severity, value.targetLine]),
    ).toEqual([
      ['AVD-DS-0002', 'high', 12],
      ['AVD-AWS-0104', 'critical', 31],
    ])
    expect(evidence.answers).toEqual(['vulnerabilities.misconfiguration'])
  })

  test('a repository: its commit and its licences', async () => {
    const evidence = await taken(trivy, fixture('trivy/repository.json'))
    expect(evidence).toMatchObject({
      sha: '5ae342eb2802672402d9b2c26f09e2051bbd91b8',
      createdAt: '2026-11-20T08:00:00.000Z',
      answers: ['vulnerabilities.vulnerability'],
    })
    expect(of(evidence, 'vulnerabilities.license')).toMatchObject([{ value: { name: 'MIT', category: 'notice' } }])
  })

  test.each([
    ['nothing was recognised', report(undefined), 0, []],
    ['no results', report(null), 0, []],
    ['an empty list', report([]), 0, []],
    [
      'packages without a vulnerability',
      report([{ Target: 'a', Class: 'os-pkgs' }]),
      1,
      ['vulnerabilities.vulnerability'],
    ],
    ['a secret alone', report([{ Target: 'a', Class: 'secret', Secrets: [] }]), 1, []],
  ])('what it answers for: %s', async (_, text, results, answers) => {
    const evidence = await taken(trivy, text)
    expect(of(evidence, 'vulnerabilities.scan')[0]?.value.results).toBe(results)
    expect(evidence.answers).toEqual(answers)
  })

  test.each([
    [{ Severity: 'CRITICAL' }, 'critical'],
    [{ Severity: 'Low' }, 'low'],
    [{ Severity: 'NEGLIGIBLE' }, 'unknown'],
    [{ Severity: null }, 'unknown'],
  ])('%j is %s', async (entry, severity) =>
    expect(await grades(report([{ Target: 'a', Class: 'os-pkgs', Vulnerabilities: [found(entry)] }]))).toMatchObject([
      { severity },
    ]),
  )

  test('an empty FixedVersion is no fix', async () => {
    const [only] = await grades(
      report([{ Target: 'a', Class: 'os-pkgs', Vulnerabilities: [found({ FixedVersion: '' })] }]),
    )
    expect(only).not.toHaveProperty('fixed')
  })

  test('keys of a prototype are only keys', async () => {
    const text = `{"SchemaVersion":2,"ArtifactName":"a","__proto__":{"Results":[]},"constructor":{"prototype":{"polluted":1}},
      "Results":[{"Target":"a","Class":"os-pkgs","__proto__":{"Vulnerabilities":[]},"Vulnerabilities":[{"VulnerabilityID":"CVE-1","PkgName":"__proto__","Severity":"HIGH"}]}]}`
    expect(await grades(text)).toMatchObject([{ packageName: '__proto__' }])
    expect({}).not.toHaveProperty('polluted')
  })
})

describe('what is not taken', () => {
  test.each([
    ['the first schema', '[{"Target":"alpine","Vulnerabilities":null}]', 'version', 1],
    ['a later schema', '{"SchemaVersion":3,"Results":[]}', 'version', 1],
    ['no schema', '{"ArtifactName":"a","Results":[]}', 'version', 1],
    ['results that are no list', report({ Vulnerabilities: [] }), 'schema', 1],
    ['vulnerabilities that are no list', report([{ Class: 'os-pkgs', Vulnerabilities: 'none' }]), 'schema', 1],
    [
      'a vulnerability without a number',
      '{"SchemaVersion":2,"Results":[{"Class":"os-pkgs",\n"Vulnerabilities":[\n{"PkgName":"zlib"}]}]}',
      'schema',
      3,
    ],
    ['nesting', `{"SchemaVersion":2,"Metadata":{"OS":${'['.repeat(100_000)}`, 'too-deep', 1],
    ['cut in a list', '{"SchemaVersion":2,\n"Results":[\n', 'truncated', 3],
    ['cut in a string', '{"SchemaVersion":2,\n"Artif', 'truncated', 2],
    ['a bracket too many', '{"SchemaVersion":2,\n"Results":]}', 'syntax', 2],
    ['two reports in one file', '{"SchemaVersion":2}{"SchemaVersion":2}', 'syntax', 1],
    ['nothing', '', 'truncated', 1],
  ])('%s', async (_, text, code, line) => expect(refusal(await parse(trivy, text))).toMatchObject({ code, line }))

  test('a refusal quotes nothing', async () => {
    const text = '{"SchemaVersion":2,"Results":[{"Secrets":[{"Match":hunter2}]}]}'
    expect(JSON.stringify(await parse(trivy, text))).not.toContain('hunter2')
  })

  test.each([
    ['{ "bomFormat": "CycloneDX" }', 'other'],
    ['{"$schema":"https://json.schemastore.org/sarif-2.1.0.json"}', 'other'],
    ['severity: HIGH', 'other'],
    ['[{"Target":"alpine"', 'this'],
    ['{"ArtifactName":"a","ArtifactType":"filesystem"', 'this'],
    ['{\n  "Schem', 'unclear'],
    ['', 'unclear'],
  ])('%j is %s', (head, likeness) => expect(trivy.recognise(head)).toBe(likeness))

  test('a report cut anywhere is refused, and nothing throws', async () => {
    for (const name of fixtures('trivy')) {
      const text = fixture(name)
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 0, max: text.trimEnd().length - 1 }), async (length) => {
          expect(refusal(await parse(trivy, text.slice(0, length))).code).toMatch(/^(truncated|syntax)$/)
        }),
        { numRuns: 100 },
      )
    }
  })

  test('no JSON throws', async () => {
    const value = fc.jsonValue({ maxDepth: 4 })
    await fc.assert(
      fc.asyncProperty(value, value, async (results, result) => {
        for (const text of [
          report(results),
          report([result, { Class: 'os-pkgs', Vulnerabilities: result, Secrets: results }]),
        ]) {
          const parsed = await parse(trivy, text)
          expect('refused' in parsed ? parsed.refused.line : 1).toBe(1)
        }
      }),
    )
  })

  test('5 MB in well under a second; beyond ten thousand one stands for the others', async () => {
    const entries = Array.from({ length: 12_000 }, (_, index) =>
      found({ VulnerabilityID: `CVE-${index}`, Description: 'x'.repeat(300) }),
    )
    const text = JSON.stringify(
      JSON.parse(report([{ Target: 'a', Class: 'os-pkgs', Vulnerabilities: entries }])),
      null,
      1,
    )
    expect(text.length).toBeGreaterThan(5_000_000)
    const parsed = await parse(trivy, text)
    if ('refused' in parsed) throw new Error('refused')
    expect(parsed.facts).toHaveLength(10_002)
    expect(of(parsed, 'vulnerabilities.scan')[0]?.value).toMatchObject({ high: 12_000, unlisted: 2_000 })
    expect(parsed.facts.at(-1)?.value).toMatchObject({ severity: 'high', targets: 2_000 })
  })
})
