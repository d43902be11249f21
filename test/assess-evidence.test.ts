import { rules } from 'builtin-rules'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { memoryWorkspace } from '../src/adapters/memory/memory.ts'
import { assess } from '../src/assess.ts'
import { fixture } from './collect/evidence/fixtures.ts'

const judge = async (files: Record<string, string>, policy?: string, sha: string | null = null) => {
  const workspace = memoryWorkspace(files)
  const { report } = await assess({
    workspace,
    evidenceFiles: workspace,
    rules: rules.filter(({ category }) => category === 'tests' || category === 'vulnerabilities'),
    policy: policy === undefined ? undefined : { path: '.github/prodgate.yml', text: policy },
    environment: 'production',
    now: new Date('2026-11-21T12:00:00Z'),
    subject: { repository: null, sha, directory: '.' },
    version: '0.0.0',
  })
  return { ...report, of: (id: string) => report.results.find(({ rule }) => rule === id) }
}

const passing =
  '<testsuites><testsuite name="till" timestamp="2026-11-20T10:00:00Z"><testcase name="opens"/></testsuite></testsuites>'
const clean = JSON.stringify({
  SchemaVersion: 2,
  ArtifactName: 'shop/api:1',
  ArtifactType: 'container_image',
  Results: [{ Target: 'shop/api:1 (alpine 3.22)', Class: 'os-pkgs', Type: 'alpine' }],
})

describe('evidence and the verdict', () => {
  test('good evidence passes', async () => {
    const covered = 'SF:src/till.ts\nDA:1,1\nend_of_record\n'
    const report = await judge({ 'junit.xml': passing, 'trivy.json': clean, 'lcov.info': covered })
    expect(report.decision).toBe('go')
    expect(report.results.filter(({ status }) => status !== 'pass' && status !== 'not-applicable')).toEqual([])
  })

  test('without coverage its rule is unknown, and holds nothing up', async () => {
    const report = await judge({ 'junit.xml': passing, 'trivy.json': clean })
    expect(report.decision).toBe('go')
    expect(report.of('tests/coverage')).toMatchObject({ status: 'unknown', blocking: false })
  })

  test('services of the policy have their own coverage', async () => {
    const policy =
      'version: 1\nservices:\n  till: { paths: [services/till/**], environments: [production] }\n  stock: { paths: [services/stock/**], environments: [staging] }\n'
    const report = await judge(
      {
        'services/till/lcov.info': fixture('lcov/node-test.info'),
        'services/stock/lcov.info': 'SF:a.ts\nDA:1,0\nend_of_record\n',
      },
      policy,
    )
    expect(report.of('tests/coverage-of-services')?.status).toBe('pass')
  })

  test('real evidence that is bad: every vulnerability and every failed case is a finding of its own', async () => {
    const report = await judge({ 'trivy.json': fixture('trivy/image.json'), 'junit.xml': fixture('junit/pytest.xml') })
    expect(report.decision).toBe('no-go')
    const status = Object.fromEntries(
      report.results.map((result) => [result.rule, `${result.status} ${result.findings.length}`]),
    )
    expect(status).toMatchObject({
      'tests/all-pass': 'fail 2',
      'tests/skipped-share': 'fail 1',
      'vulnerabilities/no-critical-with-fix': 'fail 1',
      'vulnerabilities/no-high-with-fix': 'fail 1',
      'vulnerabilities/no-high-without-fix': 'fail 1',
      'vulnerabilities/no-critical-without-fix': 'pass 0',
      'vulnerabilities/no-secrets-in-image': 'fail 1',
      'vulnerabilities/supported-operating-system': 'fail 1',
      'vulnerabilities/scanned': 'pass 0',
    })
    expect(JSON.stringify(report)).not.toMatch(/correct-horse|AWS_ACCESS/)
  })

  test('a policy’s max-age makes old evidence unknown, with the reason', async () => {
    const report = await judge(
      { 'junit.xml': passing, 'trivy.json': clean },
      'version: 1\nevidence: { max-age: 24h }\n',
    )
    expect(report.decision).toBe('no-go')
    expect(report.of('tests/all-pass')).toMatchObject({
      status: 'unknown',
      reason: expect.stringContaining('is 26 hours old; the policy takes evidence of at most 24 hours') as string,
    })
    expect(report.of('vulnerabilities/no-critical-with-fix')?.status).toBe('pass')
    expect(
      (await judge({ 'junit.xml': passing }, 'version: 1\nevidence: { max-age: 2d }\n')).of('tests/all-pass')?.status,
    ).toBe('pass')
  })

  test('a scan of another commit is unknown', async () => {
    const report = await judge({ 'trivy.json': fixture('trivy/repository.json') }, undefined, 'a'.repeat(40))
    expect(report.of('vulnerabilities/no-critical-with-fix')?.status).toBe('unknown')
    expect(report.evidence).toEqual([])
  })

  test('no cut of good evidence passes', async () => {
    const rulesAbout = ['tests/all-pass', 'vulnerabilities/no-critical-with-fix']
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 1000 }), async (cut) => {
        const short = (text: string): string => text.slice(0, Math.floor(((text.length - 1) * cut) / 1000))
        const report = await judge({ 'junit.xml': short(passing), 'trivy.json': short(clean) })
        for (const id of rulesAbout) expect(report.of(id)?.status).toBe('unknown')
        expect(report.decision).toBe('no-go')
      }),
      { numRuns: 60 },
    )
  })
})
