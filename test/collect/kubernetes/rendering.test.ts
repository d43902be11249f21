import { describe, expect, test } from 'vitest'
import { memoryRenderer, memoryWorkspace } from '../../../src/adapters/memory/memory.ts'
import { collect, type Collection } from '../../../src/collect/collect.ts'
import type { JudgedEnvironment } from '../../../src/collect/collector.ts'
import { kubernetes } from '../../../src/collect/kubernetes/kubernetes.ts'
import { factKinds, type FactValue } from '../../../src/core/facts/index.ts'
import type { Rendered, RenderRequest } from '../../../src/ports/renderer.ts'
import { rendered, shopFiles } from '../../fixtures/rendering/shop.ts'

const production: JudgedEnvironment = { name: 'production', names: [] }

const given = (text: string): Rendered => ({ ok: true, text, prefix: '../tree/' })

const shop = ({ tool }: RenderRequest): Rendered => given(rendered[tool])

const read = async (
  files: Record<string, string>,
  answer: (request: RenderRequest) => Rendered,
  environment = production,
): Promise<Collection & { requests: RenderRequest[] }> => {
  const workspace = memoryWorkspace(files)
  const listed = await workspace.list()
  const renderer = memoryRenderer(answer)
  const collection = await collect(workspace, listed, [kubernetes], { renderer, environment })
  for (const fact of collection.facts) expect(factKinds[fact.kind].schema.safeParse(fact.value).error).toBeUndefined()
  return { ...collection, requests: renderer.requests }
}

const placesOf = ({ facts }: Collection, kind: string): string[] =>
  facts.filter((fact) => fact.kind === kind).map(({ subject, place }) => `${subject} ${place.path}:${place.line}`)

describe('what is rendered', () => {
  test('the overlay and the values of the judged environment, with the files that they reach', async () => {
    const { requests, unjudged } = await read(shopFiles, shop)
    expect(unjudged).toEqual([])
    expect(requests.map(({ tool, folder, values, files }) => [tool, folder, values, [...files.keys()].length])).toEqual(
      [
        ['kustomize', 'kustomize/overlays/prod', [], 5],
        ['helm', 'chart', ['chart/values-prod.yaml'], 5],
      ],
    )
  })

  test.each([
    ['development', ['kustomize/overlays/dev', 'chart']],
    ['staging', ['kustomize/overlays/dev', 'kustomize/overlays/prod', 'chart']],
  ])('for %s', async (name, folders) => {
    const { requests } = await read(shopFiles, () => given(''), { name, names: [] })
    expect(requests.map(({ folder }) => folder)).toEqual(folders)
  })

  test('an environment by the names that the policy gives it', async () => {
    const { requests } = await read(shopFiles, () => given(''), { name: 'blue', names: ['pr*'] })
    expect(requests[0]?.folder).toBe('kustomize/overlays/prod')
  })

  test('nothing where there is nothing to render', async () => {
    const { requests } = await read({ 'k8s/service.yaml': shopFiles['kustomize/base/service.yaml'] ?? '' }, shop)
    expect(requests).toEqual([])
  })
})

describe('where rendered things stand', () => {
  test('in the source, or in the patch that says so', async () => {
    const collection = await read(shopFiles, shop)
    const containers = collection.facts.flatMap((fact) => (fact.kind === 'kubernetes.container' ? [fact] : []))
    expect(
      containers.map(({ subject, place, places }) => [
        subject,
        `${place.path}:${place.line}`,
        places?.['image'] === undefined ? undefined : `${places['image'].path}:${places['image'].line}`,
      ]),
    ).toEqual([
      [
        'Deployment/shop/eu-api container api',
        'kustomize/base/api.yaml:15',
        'kustomize/overlays/prod/hardening.yaml:10',
      ],
      ['Deployment/shop/eu-api container log-shipper', 'kustomize/base/api.yaml:13', 'kustomize/base/api.yaml:14'],
      ['Deployment/basket container proxy', 'chart/templates/basket.yaml:32', 'chart/templates/basket.yaml:33'],
      ['Deployment/basket container basket', 'chart/templates/basket.yaml:34', 'chart/templates/basket.yaml:34'],
    ])
  })

  test('every object in a file of the tree, once', async () => {
    const collection = await read(shopFiles, shop)
    expect(placesOf(collection, 'kubernetes.object')).toEqual([
      'ConfigMap/shop/eu-settings-t7gmm8cdg4 kustomize/base/kustomization.yaml:5',
      'Service/shop/eu-api kustomize/base/service.yaml:1',
      'Deployment/shop/eu-api kustomize/base/api.yaml:1',
      'Service/basket chart/templates/basket.yaml:3',
      'Deployment/basket chart/templates/basket.yaml:15',
    ])
    for (const { place } of collection.facts) expect(Object.keys(shopFiles)).toContain(place.path)
  })

  test('what is said beside a chart is joined with it, and judged once', async () => {
    const policy = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: basket }
spec:
  podSelector: { matchLabels: { app: basket } }
  policyTypes: [Ingress]
`
    const collection = await read({ ...shopFiles, 'k8s/policy.yaml': policy }, shop)
    expect(placesOf(collection, 'kubernetes.network-policy')).toEqual(['NetworkPolicy/basket k8s/policy.yaml:1'])
    const workloads = collection.facts
      .filter(({ kind }) => kind === 'kubernetes.workload')
      .map(({ value }) => value as FactValue<'kubernetes.workload'>)
    expect(workloads.map(({ name, networkPolicies }) => [name, networkPolicies])).toEqual([
      ['eu-api', []],
      ['basket', ['basket']],
    ])
  })

  test('a secret that a template draws is not in the repository, and one of the values is', async () => {
    const files = {
      'chart/Chart.yaml': 'apiVersion: v2\nname: shop\n',
      'chart/values.yaml': 'password: kV9tz2Lq8wXr\n',
      'chart/templates/secret.yaml': `apiVersion: v1
kind: Secret
metadata: { name: db }
data:
  drawn: {{ randAlphaNum 12 | b64enc }}
  written: {{ .Values.password | b64enc }}
`,
    }
    const text = `---
# Source: shop/templates/secret.yaml
apiVersion: v1
kind: Secret
metadata: { name: db }
data:
  drawn: ${btoa('u7Hw2kPq9ZxB')}
  written: ${btoa('kV9tz2Lq8wXr')}
`
    const collection = await read(files, () => given(text))
    const entries = collection.facts.flatMap(({ kind, place, value }) =>
      kind === 'kubernetes.secret-entry'
        ? [[place.line, (value as FactValue<'kubernetes.secret-entry'>).valueKind]]
        : [],
    )
    expect(entries).toEqual([
      [5, 'computed'],
      [6, 'literal'],
    ])
    expect(JSON.stringify(collection)).not.toMatch(/u7Hw2kPq9ZxB|kV9tz2Lq8wXr/)
  })

  test('a packed chart at the dependency that brings it', async () => {
    const files = {
      'chart/Chart.yaml': 'apiVersion: v2\nname: shop\ndependencies:\n  - name: cache\n    version: 1.0.0\n',
      'chart/templates/x.yaml': '',
      'chart/charts/cache-1.0.0.tgz': 'packed',
    }
    const text =
      '---\n# Source: shop/charts/cache/templates/pod.yaml\napiVersion: v1\nkind: Pod\nmetadata: { name: x }\n'
    const collection = await read(files, () => given(text))
    expect(placesOf(collection, 'kubernetes.object')).toEqual(['Pod/x chart/Chart.yaml:4'])
  })
})

const base = (entry: string): Record<string, string> => ({
  'k8s/kustomization.yaml': `resources:\n  - api.yaml\n  - ${entry}\npatches: [{ patch: x }]\n`,
  'k8s/api.yaml': shopFiles['kustomize/base/api.yaml'] ?? '',
})

describe('what cannot be rendered', () => {
  test.each([
    ['https://github.com/shop/base?ref=v1', 'needs the network: https://github.com/shop/base?ref=v1'],
    ['git@github.com:shop/base.git', 'needs the network: git@github.com:shop/base.git'],
    ['github.com/shop/base//overlays', 'needs the network: github.com/shop/base//overlays'],
    ['../../etc/passwd', 'takes in ../../etc/passwd, which is outside the tree'],
    ['/etc/passwd', 'takes in /etc/passwd, which is outside the tree'],
    ['missing.yaml', 'takes in missing.yaml, which is not in the tree'],
  ])('%s is refused before any tool starts', async (entry, reason) => {
    const { unjudged, requests, facts } = await read(base(entry), shop)
    expect(requests).toEqual([])
    expect(facts).toEqual([])
    expect(unjudged).toMatchObject([
      {
        reason: `is a kustomization that cannot be rendered: ${reason}`,
        blocks: true,
        repairable: false,
        place: { path: 'k8s/kustomization.yaml', line: 3 },
      },
    ])
  })

  test('a symbolic link is not followed', async () => {
    const workspace = memoryWorkspace(base('link.yaml'))
    const listed = [...(await workspace.list()), { path: 'k8s/link.yaml', size: 0, mode: 'symlink' as const }]
    const { unjudged } = await collect(workspace, listed, [kubernetes], { renderer: memoryRenderer(shop) })
    expect(unjudged[0]?.reason).toContain('takes in link.yaml, a symbolic link, which is not followed')
  })

  test('without the tool it is unknown, and says what to install', async () => {
    const reason = 'helm is not installed: see https://helm.sh/docs/intro/install/'
    const { unjudged, facts } = await read(shopFiles, () => ({ ok: false, problem: 'missing-tool', reason }))
    expect(facts).toEqual([])
    expect(unjudged.map(({ place, blocks }) => [place.path, blocks])).toEqual([
      ['kustomize/overlays/prod/kustomization.yaml', true],
      ['chart/Chart.yaml', true],
    ])
    expect(unjudged[1]?.reason).toBe(`has a Helm template, which only helm can render: ${reason}`)
  })

  test('output that is no YAML', async () => {
    const { unjudged } = await read(shopFiles, () => given('a: [b'))
    expect(unjudged.map(({ reason }) => reason.includes('what it gives is not valid YAML'))).toEqual([true, true])
  })

  test('a dependency that is elsewhere holds nothing up where the rest can be rendered', async () => {
    const files = {
      ...shopFiles,
      'chart/Chart.yaml': `${shopFiles['chart/Chart.yaml'] ?? ''}dependencies:\n  - name: postgresql\n    version: 1.0.0\n    repository: https://charts.example.com\n`,
    }
    const { unjudged, requests } = await read(files, shop)
    expect(unjudged).toMatchObject([{ code: 'chart-elsewhere', blocks: false, place: { line: 5 } }])
    expect(new TextDecoder().decode(requests[1]?.files.get('chart/Chart.yaml'))).not.toContain('postgresql')
  })

  test('a chart beside it is put where helm looks for it', async () => {
    const files = {
      'shop/Chart.yaml': 'name: shop\ndependencies: [{ name: cache, repository: "file://../cache" }]\n',
      'shop/templates/a.yaml': 'kind: Pod\n',
      'cache/Chart.yaml': 'name: cache\ntype: library\n',
      'cache/templates/b.yaml': 'kind: Pod\n',
    }
    const { requests } = await read(files, () => given(''))
    expect(requests.map(({ folder, files: sent }) => [folder, [...sent.keys()]])).toEqual([
      [
        'shop',
        [
          'shop/Chart.yaml',
          'shop/templates/a.yaml',
          'shop/charts/cache/Chart.yaml',
          'shop/charts/cache/templates/b.yaml',
        ],
      ],
    ])
  })

  test('what Argo CD and helmfile deploy from elsewhere holds nothing up', async () => {
    const application = `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: cache }
spec:
  source: { repoURL: https://user:token@charts.example.com, chart: redis }
`
    const { unjudged } = await read({ 'apps/cache.yaml': application, 'helmfile.yaml': 'releases: []\n' }, shop)
    expect(unjudged.map(({ blocks, reason }) => [blocks, reason])).toEqual([
      [false, 'is a helmfile, whose releases are not followed'],
      [false, 'deploys redis of https://charts.example.com, which is not followed'],
    ])
  })
})
