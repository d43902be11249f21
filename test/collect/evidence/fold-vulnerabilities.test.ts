import { describe, expect, test } from 'vitest'
import { memoryWorkspace } from '../../../src/adapters/memory/memory.ts'
import { collectEvidence } from '../../../src/collect/evidence/collect-evidence.ts'
import { evidenceLaw } from '../../../src/collect/evidence/index.ts'
import { fixture, of } from './fixtures.ts'

const collect = (files: Record<string, string>) =>
  collectEvidence(memoryWorkspace(files), evidenceLaw, { globs: {}, ignore: [], demands: {} })

const lodash = async (files: Record<string, string>) =>
  of(await collect(files), 'vulnerabilities.vulnerability')
    .map(({ value }) => value)
    .filter(({ packageName }) => packageName === 'lodash')
    .map(({ id, severity, tools, installed, published }) => ({ id, severity, tools, installed, published }))

describe('what several scanners found alike', () => {
  test('is one, under all its numbers and with the version that one of them knows', async () => {
    const files = {
      'out/dependabot-alerts.json': fixture('dependabot/alerts.json'),
      'out/npm-audit.json': fixture('npm-audit/till.json'),
      'out/osv-scanner.json': fixture('osv-scanner/till.json'),
      'out/osv.sarif': fixture('sarif/osv-scanner.sarif'),
      'out/snyk.json': fixture('snyk/test.json'),
    }
    const found = await lodash(files)
    expect(found.find(({ id }) => id === 'GHSA-jf85-cpcp-j695')).toMatchObject({
      severity: 'critical',
      tools: ['dependabot', 'npm audit', 'osv-scanner', 'snyk'],
      installed: '4.17.4',
      published: '2019-07-02',
    })
    expect(found.map(({ id }) => id).sort()).toEqual(['GHSA-35jh-r3h4-6jhm', 'GHSA-jf85-cpcp-j695'])
  })

  test('is two in two images', async () => {
    const grype = fixture('grype/image.json')
    const found = await collect({
      'out/grype-till.json': grype,
      'out/grype-shop.json': grype.replaceAll('shop/till', 'shop/shop'),
    })
    const zlib = of(found, 'vulnerabilities.vulnerability').filter(({ value }) => value.packageName === 'zlib')
    expect(zlib.map(({ value }) => value.artifact).sort()).toEqual([
      'registry.example/shop/shop:1.4.0',
      'registry.example/shop/till:1.4.0',
    ])
    expect(of(found, 'vulnerabilities.total')).toMatchObject([{ value: { scans: 2, tools: ['grype'] } }])
  })

  test('keeps other versions of the package apart', async () => {
    const osv = fixture('osv-scanner/till.json')
    const found = await lodash({
      'out/osv-scanner.json': osv,
      'out/snyk.json': fixture('snyk/test.json').replaceAll('4.17.4', '4.17.5'),
    })
    expect(found.map(({ installed }) => installed).sort()).toEqual(['4.17.4', '4.17.5'])
  })
})
