import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import * as z from 'zod'
import { findTool } from '../../src/adapters/disk/rendering/tools.ts'
import { appMetrics } from '../../src/hosts/app/metrics.ts'
import { readSettings } from '../../src/hosts/app/settings.ts'
import { builtCli } from '../bundles/bundles.ts'
import { runCli } from '../run-cli.ts'

const root = join(import.meta.dirname, '../..')
const chart = join(root, 'deploy/chart')
const tool = findTool('helm', process.env['PATH'] ?? '')
const noHelm = tool === undefined
if (noHelm) console.warn('helm is not on this machine: the chart is not rendered')

const helm = (...args: string[]): { status: number | null; stdout: string; stderr: string } =>
  spawnSync(
    tool?.path ?? 'false',
    ['template', 'prodgate', chart, '--namespace', 'gate', '--kube-version', '1.33.0', ...args],
    {
      encoding: 'utf8',
    },
  )
const production = ['--values', join(chart, 'values-production.yaml')]

const Named = z.looseObject({ kind: z.string(), metadata: z.looseObject({ name: z.string() }) })
const Workload = z.looseObject({
  metadata: z.object({ name: z.string() }),
  spec: z.object({
    template: z.object({
      spec: z.looseObject({
        terminationGracePeriodSeconds: z.number(),
        containers: z.tuple([
          z.looseObject({
            image: z.string(),
            env: z.array(z.looseObject({ name: z.string(), value: z.string().optional() })),
          }),
        ]),
      }),
    }),
  }),
})

const objects = (...args: string[]): z.infer<typeof Named>[] => {
  const { status, stdout, stderr } = helm(...production, ...args)
  expect([status, stderr]).toEqual([0, ''])
  return parseAllDocuments(stdout).flatMap((document) => {
    const value: unknown = document.toJS()
    return value === null ? [] : [Named.parse(value)]
  })
}
const workloads = (...args: string[]): z.infer<typeof Workload>[] =>
  objects(...args)
    .filter(({ kind }) => kind === 'Deployment')
    .map((found) => Workload.parse(found))

describe.skipIf(noHelm)('the chart', () => {
  test('has everything that an installation in production needs', () => {
    expect(
      objects()
        .map(({ kind, metadata }) => `${kind} ${metadata.name}`)
        .sort(),
    ).toEqual([
      'Deployment prodgate-web',
      'Deployment prodgate-worker',
      'HorizontalPodAutoscaler prodgate-web',
      'HorizontalPodAutoscaler prodgate-worker',
      'Ingress prodgate',
      'NetworkPolicy prodgate-web',
      'NetworkPolicy prodgate-worker',
      'PodDisruptionBudget prodgate-web',
      'PodDisruptionBudget prodgate-worker',
      'PodMonitor prodgate',
      'PrometheusRule prodgate',
      'Service prodgate',
      'ServiceAccount prodgate',
    ])
  })

  test.each([5, 25, 600])('with %i seconds to stop, a pod outlives its jobs', (seconds) => {
    const found = workloads('--set', `stopSeconds=${seconds}`)
    expect(found).toHaveLength(2)
    for (const { spec } of found)
      expect(spec.template.spec.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(seconds + 15)
  })

  test('the App takes what the chart sets', () => {
    const roles = workloads('--set', 'github.host=github.acme.internal').map(({ spec }) => {
      const given = spec.template.spec.containers[0].env.map(({ name, value }) => [
        name,
        value ?? 'postgres://from-the-secret',
      ])
      return readSettings(Object.fromEntries(given) as Record<string, string>)
    })
    expect(roles.map(({ role, stopMilliseconds, judges }) => [role, stopMilliseconds, judges])).toEqual([
      ['web', 25_000, 2],
      ['worker', 25_000, 2],
    ])
  })

  test('only what receives deliveries has their secret', () => {
    const having = (key: string): string[] =>
      workloads()
        .filter(({ spec }) => spec.template.spec.containers[0].env.some(({ name }) => name === key))
        .map(({ metadata }) => metadata.name)
    expect(having('WEBHOOK_SECRET')).toEqual(['prodgate-web'])
    expect(having('PRIVATE_KEY')).toEqual(['prodgate-web', 'prodgate-worker'])
  })

  test('a digest wins over a tag', () => {
    const digest = `sha256:${'a1'.repeat(32)}`
    expect(
      workloads('--set', `image.digest=${digest},image.tag=2.0.0`).map(
        ({ spec }) => spec.template.spec.containers[0].image,
      ),
    ).toEqual([`ghcr.io/acme/prodgate@${digest}`, `ghcr.io/acme/prodgate@${digest}`])
  })

  test.each([
    ['no image', ['--set', 'existingSecret=prodgate'], '/image/repository'],
    ['no secret', ['--set', 'image.repository=ghcr.io/acme/prodgate'], '/existingSecret'],
    ['a moving tag', [...production, '--set', 'image.tag=latest'], '/image/tag'],
    ['a misspelt value', [...production, '--set', 'worker.replicas=3'], 'replicas'],
    ['more time to stop than the App takes', [...production, '--set', 'stopSeconds=601'], '/stopSeconds'],
    ['an Ingress without a host', [...production, '--set', 'ingress.host='], '/ingress/host'],
    [
      'a database out of reach',
      [...production, '--set', 'networkPolicy.database.cidrs=null'],
      'networkPolicy.database needs',
    ],
  ])('refuses %s', (_, args, named) => {
    const { status, stderr } = helm(...args)
    expect(status).not.toBe(0)
    expect(stderr).toContain(named)
  })
})

test('the alerts ask for metrics that the App has', async () => {
  const source = readFileSync(join(chart, 'templates/monitoring.yaml'), 'utf8')
  const asked = [...new Set(source.match(/\bprodgate_[a-z_]+/g))].map((name) => name.replace(/_bucket$/, ''))
  const text = await appMetrics({ depth: () => Promise.resolve([]) }).text()
  const had = new Set([...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name))
  expect(asked.length).toBeGreaterThan(6)
  expect(asked.filter((name) => !had.has(name))).toEqual([])
  // Each alert has its row in the operator's document, and no row is left over.
  const alerts = [...source.matchAll(/alert: (\w+)/g)].map(([, name]) => name)
  const operations = readFileSync(join(root, 'docs/operations.md'), 'utf8')
  expect([...operations.matchAll(/^\| `(Prodgate\w+)`/gm)].map(([, name]) => name)).toEqual(alerts)
})

test("the image holds the chart's version", () => {
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')))
  const { appVersion } = z
    .object({ appVersion: z.string() })
    .parse(parse(readFileSync(join(chart, 'Chart.yaml'), 'utf8')))
  expect(appVersion).toBe(version)
  expect(readFileSync(join(root, 'deploy/Dockerfile'), 'utf8')).toContain(`ARG VERSION=${version}\n`)
})

describe.skipIf(noHelm)('Prodgate about its own deployment', () => {
  const folder = mkdtempSync(join(tmpdir(), 'prodgate-itself-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const Report = z.object({
    decision: z.string(),
    reasons: z.array(z.object({ code: z.string(), message: z.string() })),
    results: z.array(
      z.object({
        rule: z.string(),
        status: z.string(),
        findings: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
        undecided: z.array(z.object({ message: z.string() }).partial()).optional(),
      }),
    ),
  })
  let report: z.infer<typeof Report>

  // What is built and deployed, and nothing that is wrong on purpose. The evidence is of another service: what is judged here is
  // the deployment; the pipeline judges the whole with evidence of its own.
  beforeAll(() => {
    for (const path of [
      'deploy',
      '.dockerignore',
      'package.json',
      'package-lock.json',
      'tsconfig.json',
      'app.yml',
      'LICENSE',
      'README.md',
      'SECURITY.md',
      'scripts',
      'src',
      'rules',
    ])
      cpSync(join(root, path), join(folder, path), { recursive: true })
    cpSync(join(root, 'examples/ready/reports'), join(folder, 'reports'), { recursive: true })
    mkdirSync(join(folder, '.github/workflows'), { recursive: true })
    cpSync(join(root, '.github/workflows/ci.yml'), join(folder, '.github/workflows/ci.yml'))
    cpSync(join(root, '.ci'), join(folder, '.ci'), { recursive: true })
    writeFileSync(
      join(folder, '.github/prodgate.yml'),
      'version: 1\nenvironments:\n  production: { blocking: high, minimum-score: 80 }\nevidence:\n  tests: [reports/junit.xml]\n  vulnerabilities: [reports/trivy.json]\nignore: ["rules/**"]\n',
    )
    const { stdout } = runCli(builtCli(), ['check', '--format', 'json'], folder)
    report = Report.parse(JSON.parse(stdout))
  }, 120_000)

  const own = (status: string): string[] =>
    report.results
      .filter(({ rule, status: is }) => /^(containers|kubernetes|monitoring|secrets)\//.test(rule) && is === status)
      .map(({ rule }) => rule)

  test('is go', () => {
    expect([report.decision, report.reasons.map(({ code }) => code)]).toEqual(['go', []])
  })

  test('after rules for images and clusters judged what helm renders', () => {
    expect(own('pass').length).toBeGreaterThan(70)
    expect([...own('unknown'), ...own('error')]).toEqual([])
    // An example names no digest: the image of an installation is its own.
    expect(own('fail')).toEqual(['kubernetes/image-digest'])
    expect(report.results.flatMap(({ undecided = [] }) => undecided)).toEqual([])
  })
})
