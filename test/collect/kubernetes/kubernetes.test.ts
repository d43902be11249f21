import { describe, expect, test } from 'vitest'
import { memoryWorkspace } from '../../../src/adapters/memory/memory.ts'
import { collect, type Collection } from '../../../src/collect/collect.ts'
import { kubernetes } from '../../../src/collect/kubernetes/kubernetes.ts'
import { factKinds, type FactKind, type FactValue } from '../../../src/core/facts/index.ts'

const read = async (files: Record<string, string | Uint8Array>): Promise<Collection> => {
  const workspace = memoryWorkspace(files)
  const collection = await collect(workspace, await workspace.list(), [kubernetes])
  for (const fact of collection.facts) expect(factKinds[fact.kind].schema.safeParse(fact.value).error).toBeUndefined()
  return collection
}

const valuesOf = <K extends FactKind>({ facts }: Collection, kind: K): FactValue<K>[] =>
  facts.filter((fact) => fact.kind === kind).map(({ value }) => value as FactValue<K>)

const deployment = (name: string, container = '', extra = ''): string => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
spec:
  selector:
    matchLabels: { app: ${name} }
  template:
    metadata:
      labels: { app: ${name}, tier: front }
    spec:
${extra}      containers:
        - name: ${name}
          image: registry.example.com/clinic/${name}:2.0.1
${container}`

const service = (name: string, target: string): string => `apiVersion: v1
kind: Service
metadata: { name: ${name} }
spec:
  selector: { app: ${name} }
  ports:
    - { port: 80, targetPort: ${target} }
`

const pod = (name: string): string => `apiVersion: v1\nkind: Pod\nmetadata: { name: ${name} }\n`

const bytes = (text: string): Uint8Array => new Uint8Array([...new TextEncoder().encode(text), 0xff])

const servingOf = async (text: string): Promise<Record<string, readonly string[]>> =>
  Object.fromEntries(
    valuesOf(await read({ 'x.yaml': text }), 'kubernetes.container').map((one) => [one.name, one.servedBy]),
  )

const sized = (replicas: number): string => deployment('web').replace('spec:\n', `spec:\n  replicas: ${replicas}\n`)

describe('what is read', () => {
  test('every document of a file, with its own place', async () => {
    const { facts } = await read({ 'k8s/all.yaml': `${service('web', '8080')}---\n${deployment('web')}` })
    const found = facts.filter(({ kind }) => kind === 'kubernetes.workload' || kind === 'kubernetes.container')
    expect(found.map(({ subject, place }) => `${place.line}:${place.column} ${subject}`)).toEqual([
      '9:1 Deployment/web',
      '21:11 Deployment/web container web',
    ])
  })

  test('the namespace is in the subject only where it is written', async () => {
    const { facts } = await read({
      'a.yaml':
        'apiVersion: v1\nkind: Pod\nmetadata: { name: lab, namespace: clinic }\nspec:\n  containers: [{ name: x, image: a:1 }]\n',
    })
    expect(facts.map(({ subject }) => subject)).toContain('Pod/clinic/lab container x')
  })

  test.each([
    ['List', 'apiVersion: v1\nkind: List\nitems:\n  - apiVersion: v1\n    kind: Pod\n    metadata: { name: lab }\n'],
    ['PodList without the kind of its items', 'apiVersion: v1\nkind: PodList\nitems:\n  - metadata: { name: lab }\n'],
    ['JSON', '{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "lab"}}'],
    [
      'an OpenShift template',
      'apiVersion: template.openshift.io/v1\nkind: Template\nobjects:\n  - apiVersion: v1\n    kind: Pod\n    metadata: { name: lab }\n',
    ],
  ])('%s', async (_, text) => {
    const collection = await read({ 'k8s/x.yaml': text, 'k8s/x.json': '{}' })
    expect(valuesOf(collection, 'kubernetes.workload').map(({ id }) => id)).toEqual(['Pod/lab'])
  })

  test.each([
    ['Deployment', 'extensions/v1beta1'],
    ['StatefulSet', 'apps/v1beta2'],
    ['DaemonSet', 'apps/v1'],
    ['ReplicaSet', 'apps/v1'],
    ['ReplicationController', 'v1'],
    ['Job', 'batch/v1'],
    ['Rollout', 'argoproj.io/v1alpha1'],
    ['DeploymentConfig', 'apps.openshift.io/v1'],
  ])('a %s of %s', async (kind, apiVersion) => {
    const text = deployment('lab').replace('apps/v1', apiVersion).replace('Deployment', kind)
    expect(valuesOf(await read({ 'x.yaml': text }), 'kubernetes.container').map(({ name }) => name)).toEqual(['lab'])
  })

  test('init, sidecar and ephemeral containers are told apart', async () => {
    const extra = `      initContainers:
        - { name: migrate, image: "m:1" }
        - { name: mesh, image: "p:1", restartPolicy: Always }
      ephemeralContainers:
        - { name: debug, image: "d:1" }
`
    const found = valuesOf(await read({ 'x.yaml': deployment('lab', '', extra) }), 'kubernetes.container')
    expect(Object.fromEntries(found.map(({ name, role }) => [name, role]))).toEqual({
      lab: 'main',
      migrate: 'init',
      mesh: 'sidecar',
      debug: 'ephemeral',
    })
  })

  test('the security context of the pod is inherited, and the container wins', async () => {
    const extra = `      securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: RuntimeDefault } }\n`
    const container = `          securityContext: { runAsUser: 2000, capabilities: { add: [CAP_CHOWN] } }\n`
    const [found] = valuesOf(await read({ 'x.yaml': deployment('lab', container, extra) }), 'kubernetes.container')
    expect(found).toMatchObject({
      runAsNonRoot: true,
      runAsUser: 2000,
      seccomp: 'RuntimeDefault',
      allowPrivilegeEscalation: true,
      capabilitiesAdded: ['CHOWN'],
    })
  })
})

describe('what is left to others', () => {
  test.each([
    ['a workflow', '.github/workflows/x.yml'],
    ['a compose file', 'docker-compose.yml'],
    ['values', 'chart/values.yaml'],
  ])('%s', async (_, path) => {
    const { facts, unjudged } = await read({ [path]: 'apiVersion: v1\nkind: Pod\n' })
    expect([...facts, ...unjudged]).toEqual([])
  })

  test.each([
    ['a kubeconfig', 'apiVersion: v1\nkind: Config\nusers: []\n'],
    ['a cluster of kind', 'apiVersion: kind.x-k8s.io/v1alpha4\nkind: Cluster\n'],
    ['text without a kind', 'apiVersion: v1\nname: x\n'],
    ['broken YAML of something else', 'a: [\n b'],
  ])('%s', async (_, text) => {
    const { facts, unjudged } = await read({ 'x.yaml': text })
    expect([...facts, ...unjudged]).toEqual([])
  })

  test('a chart is reported once, however many templates it has', async () => {
    const { facts, unjudged } = await read({
      'chart/Chart.yaml': 'apiVersion: v2\nname: clinic\n',
      'chart/templates/a.yaml': 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ .Release.Name }}\n',
      'chart/templates/deep/b.yaml': 'apiVersion: v1\nkind: Pod\n',
      'chart/templates/_helpers.tpl': '{{ define "x" }}{{ end }}',
    })
    expect(facts).toEqual([])
    expect(unjudged).toEqual([
      {
        topic: 'kubernetes',
        place: { path: 'chart/Chart.yaml', line: 1, column: 1 },
        code: 'rendering-missing-tool',
        reason: 'has 2 Helm templates, which only helm can render: nothing is rendered in this run',
        repairable: false,
        blocks: true,
      },
    ])
  })

  test.each([
    ['a value without quotes', 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ name }}\n', 4],
    ['an action on its own line', '{{- if .x }}\napiVersion: v1\nkind: Pod\n{{- end }}\n', 1],
  ])('a template outside a chart: %s', async (_, text, line) => {
    const { facts, unjudged } = await read({ 'x.yaml': text })
    expect(facts).toEqual([])
    expect(unjudged).toMatchObject([{ code: 'template', repairable: false, place: { line } }])
  })

  test('braces in the text of a ConfigMap are text', async () => {
    const { facts, unjudged } = await read({
      'x.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: alerts }\ndata:\n  a.tmpl: |\n    {{ define "title" }}x{{ end }}\n',
    })
    expect(unjudged).toEqual([])
    expect(facts.map(({ kind }) => kind)).toEqual(['kubernetes.object'])
  })

  test('a broken document is reported at its line, and its neighbours are judged', async () => {
    const collection = await read({ 'x.yaml': `${pod('a')}---\napiVersion: v1\nkind: [\n---\n${pod('c')}` })
    expect(valuesOf(collection, 'kubernetes.workload').map(({ name }) => name)).toContain('a')
    expect(collection.unjudged).toMatchObject([{ code: 'syntax', repairable: true, place: { path: 'x.yaml' } }])
    expect(collection.unjudged[0]?.place.line).toBeGreaterThan(4)
  })

  test('undecodable bytes are ours only when they look like Kubernetes', async () => {
    const { unjudged } = await read({ 'a.yaml': bytes('apiVersion: v1\nkind: Pod\n'), 'b.yaml': bytes('a: 1\n') })
    expect(unjudged.map(({ place, code }) => `${place.path} ${code}`)).toEqual(['a.yaml encoding'])
  })

  test.each([
    'spec: 3',
    'spec: { containers: { a: b } }',
    'spec: { containers: [null, 3, [], { name: [] }] }',
    'metadata: []',
    'spec: { containers: [{ env: [{ name: A, valueFrom: 3 }], ports: [{ containerPort: x }], resources: [] }], volumes: [3] }',
  ])('%s does no harm', async (part) => {
    for (const kind of ['Pod', 'Service', 'Ingress', 'NetworkPolicy', 'HorizontalPodAutoscaler', 'Secret', 'Role'])
      expect((await read({ 'x.yaml': `apiVersion: v1\nkind: ${kind}\n${part}\n` })).unjudged).toEqual([])
  })
})

describe('what belongs together', () => {
  test('a Service serves the container that has its port', async () => {
    const two = deployment(
      'web',
      '          ports: [{ name: http, containerPort: 8080 }]\n        - name: exporter\n          image: e:1\n          ports: [{ containerPort: 9100 }]\n',
    )
    expect(await servingOf(`${two}---\n${service('web', 'http')}`)).toEqual({ web: ['web'], exporter: [] })
    expect(await servingOf(`${two}---\n${service('web', '9100')}`)).toEqual({ web: [], exporter: ['web'] })
  })

  test('environments side by side keep to themselves', async () => {
    const budget =
      'apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: { name: web }\nspec:\n  minAvailable: 2\n  selector: { matchLabels: { app: web } }\n'
    const collection = await read({
      'prod/web.yaml': sized(5),
      'prod/pdb.yaml': budget,
      'staging/web.yaml': sized(2),
      'staging/pdb.yaml': budget,
    })
    expect(valuesOf(collection, 'kubernetes.disruption-budget').map(({ replicas }) => replicas)).toEqual([5, 2])
  })

  test('what a kustomization only names and puts into a namespace is judged as it is', async () => {
    const collection = await read({
      'base/web.yaml': deployment('web'),
      'base/kustomization.yaml': 'resources: [web.yaml]\n',
      'prod/kustomization.yaml': 'resources: [../base]\nnamespace: clinic\n',
    })
    expect(collection.unjudged).toEqual([])
    expect(valuesOf(collection, 'kubernetes.object').map((one) => one.namespaceSetElsewhere)).toEqual([true])
  })

  test('what a kustomization patches is not judged without the patch', async () => {
    const collection = await read({
      'base/web.yaml': deployment('web'),
      'base/kustomization.yaml': 'resources: [web.yaml]\n',
      'prod/patch.yaml': deployment('web'),
      'prod/kustomization.yaml': 'resources: [../base]\npatches:\n  - path: patch.yaml\n',
    })
    expect(collection.facts).toEqual([])
    expect(collection.unjudged).toMatchObject([{ place: { path: 'prod/kustomization.yaml' }, blocks: true }])
  })

  test('no value of a secret is in any fact', async () => {
    const value = 'kV9tz2Lq8wXr'
    const { facts } = await read({
      'x.yaml': `${deployment('web', `          env: [{ name: DB_PASSWORD, value: ${value} }]\n`)}---
apiVersion: v1
kind: Secret
metadata: { name: db }
stringData: { password: ${value} }
data: { token: ${btoa(value)} }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: db }
data: { url: "postgres://clinic:${value}@db/clinic" }
`,
    })
    expect(facts.filter(({ kind }) => kind === 'kubernetes.secret-entry')).toHaveLength(3)
    expect(JSON.stringify(facts)).not.toContain(value)
    expect(JSON.stringify(facts)).not.toContain(btoa(value))
  })
})

const eightDocuments = (name: string): string =>
  [
    deployment(name),
    service(name, '8080'),
    ...['ConfigMap', 'Secret', 'ServiceAccount', 'PersistentVolumeClaim'].map(
      (kind) => `apiVersion: v1\nkind: ${kind}\nmetadata: { name: ${name} }\n`,
    ),
    `apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: { name: ${name} }\nspec: { maxUnavailable: 1, selector: { matchLabels: { app: ${name}, tier: front } } }\n`,
    `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: ${name} }\nspec: { podSelector: {} }\n`,
  ].join('---\n')

test('a thousand services with eight thousand documents are joined in the time that it takes to read them', async () => {
  const files = Object.fromEntries(
    Array.from({ length: 1000 }, (_, index) => [`k8s/s${index}.yaml`, eightDocuments(`s${index}`)]),
  )
  const collection = await read(files)
  expect(valuesOf(collection, 'kubernetes.object')).toHaveLength(8000)
  expect(valuesOf(collection, 'kubernetes.container').every((container) => container.servedBy.length === 1)).toBe(true)
})
