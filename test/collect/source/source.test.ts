import { describe, expect, test } from 'vitest'
import { memoryWorkspace } from '../../../src/adapters/memory/memory.ts'
import { collect } from '../../../src/collect/collect.ts'
import { compose } from '../../../src/collect/compose/compose.ts'
import { source } from '../../../src/collect/source/source.ts'
import { antMatches } from '../../../src/collect/source/spring-security.ts'
import { askedPath } from '../../../src/collect/source/health-command.ts'
import { PathIndex } from '../../../src/collect/source/path-index.ts'
import { factKinds, type Fact, type FactKind } from '../../../src/core/facts/index.ts'

const read = async (files: Record<string, string>) => {
  const workspace = memoryWorkspace(files)
  const collection = await collect(workspace, await workspace.list(), [compose, source])
  for (const { kind, value } of collection.facts)
    expect(factKinds[kind].schema.strict().safeParse(value).error).toBeUndefined()
  const of = <K extends FactKind>(kind: K): Fact<K>[] =>
    collection.facts.filter((fact) => fact.kind === kind) as Fact<K>[]
  return { ...collection, of }
}

const probed = (image: string, path: string): string => `
apiVersion: apps/v1
kind: Deployment
metadata:
  name: clinic
spec:
  template:
    spec:
      containers:
        - name: clinic
          image: ${image}
          readinessProbe:
            httpGet: { path: ${path}, port: 8080 }
`

const goService = {
  'services/clinic/Dockerfile': 'FROM golang:1.24\nCOPY . .\n',
  'services/clinic/main.go':
    'package main\n\nimport "github.com/gin-gonic/gin"\n\nfunc main() {\n  gin.Default().GET("/health", ok)\n}\n',
}

describe('which source an image is built from', () => {
  test.each([
    ['ghcr.io/shop/clinic:1.4', 'services/clinic'],
    ['registry:5000/clinic@sha256:0123', 'services/clinic'],
    ['ghcr.io/shop/shop-clinic:1.4', 'services/clinic'],
    ['ghcr.io/shop/polyclinic:1.4', undefined],
    ['ghcr.io/shop/${NAME}:1.4', undefined],
  ])('%s', async (image, folder) => {
    const { of } = await read({ ...goService, 'k8s/clinic.yaml': probed(image, '/healthz') })
    expect(of('source.request').map(({ value }) => value.folder)).toEqual(folder === undefined ? [] : [folder])
  })

  test('a part that many products have says nothing', async () => {
    const { of } = await read({
      'other/frontend/Dockerfile': 'FROM golang:1.24\nCOPY . .\n',
      'other/frontend/main.go': goService['services/clinic/main.go'],
      'guestbook/k8s.yaml': probed('ghcr.io/shop/guestbook-frontend:1', '/healthz'),
    })
    expect(of('source.request')).toEqual([])
  })

  test('two folders of one name are nobody', async () => {
    const { of } = await read({
      ...goService,
      'old/clinic/Dockerfile': 'FROM golang:1.24\nCOPY . .\n',
      'old/clinic/main.go': 'package main\n',
      'k8s/clinic.yaml': probed('clinic:1', '/healthz'),
    })
    expect(of('source.request')).toEqual([])
  })

  test('a Dockerfile that copies from the root has the root as its context', async () => {
    const { of } = await read({
      'clinic/Dockerfile': 'FROM golang:1.24\nCOPY go.mod .\nCOPY clinic clinic\nCOPY shared shared\n',
      'go.mod': 'module clinic\n',
      'clinic/main.go': 'package main\n\nimport "github.com/gin-gonic/gin"\n\nvar _ = gin.Default()\n',
      'shared/routes.go': 'package shared\n\nfunc add(r *gin.Engine) {\n  r.GET("/healthz", ok)\n}\n',
      'k8s/clinic.yaml': probed('clinic:1', '/healthz'),
    })
    expect(of('source.request').map(({ value }) => [value.route, value.folder])).toEqual([['exists', 'clinic']])
  })
})

describe('whether a route answers', () => {
  const node = (code: string): Record<string, string> => ({
    'clinic/Dockerfile': 'FROM node:22\nCOPY . .\n',
    'clinic/server.js': `const app = require('express')()\n${code}\n`,
  })
  test.each([
    ['the literal itself', node("app.get('/healthz', ok)"), 'exists'],
    ['a prefix and the rest', node("app.use('/api', r)\nr.get('/healthz', ok)"), 'exists'],
    ['nothing of the name', node("app.get('/orders', list)"), 'missing'],
    ['a parameter', node("app.get('/:page', show)"), 'unknown'],
    ['a proxy', node("app.get('/orders', list)\napp.use(createProxyMiddleware({}))"), 'unknown'],
    ['a name that is put together', node("app.get('/orders', list)\nconst healthz = 1"), 'unknown'],
    [
      'nginx in front',
      { ...node("app.get('/orders', x)"), 'clinic/Dockerfile': 'FROM nginx:1.27\nCOPY . .\n' },
      'unknown',
    ],
  ])('%s', async (_, files, route) => {
    const { of } = await read({ ...files, 'k8s/clinic.yaml': probed('clinic:1', '/healthz') })
    expect(of('source.request').map(({ value }) => value.route)).toEqual([route])
  })
})

test.each([
  ['/actuator/health', '/actuator/health', true],
  ['/actuator/health', '/actuator/health/liveness', false],
  ['/actuator/**', '/actuator/health/liveness', true],
  ['/actuator/*', '/actuator/health/liveness', false],
  ['/**', '/actuator', true],
  ['/{page}', '/actuator', true],
])('the pattern %s for %s', (pattern, path, expected) => expect(antMatches(pattern, path)).toBe(expected))

test.each([
  ['curl -f http://localhost:8080/health || exit 1', '/health'],
  ["node -e \"require('http').get('http://127.0.0.1:3000/ready', ok)\"", '/ready'],
  ['wget -q http://localhost', '/'],
  ['curl http://localhost/a && curl http://localhost/b', undefined],
  ['curl https://status.clinic.example/health', undefined],
  ['pg_isready', undefined],
])('%s asks for %s', (command, path) => expect(askedPath(command)).toBe(path))

test('what is below a folder', () => {
  const index = new PathIndex(['shop/a', 'shop-b/a', 'shop', 'shop/z/b', 'shopa'], (path) => path)
  expect(index.below('shop')).toEqual(['shop/a', 'shop/z/b'])
  expect(index.at('shop')).toBe('shop')
  expect(index.below('')).toHaveLength(5)
})

describe('hostile text changes nothing of what is said of the rest, however long it is', () => {
  const clinic = {
    'compose.yaml':
      'services:\n  clinic:\n    build: .\n    environment: { CLINIC_A: b }\n    healthcheck: { test: curl http://localhost/a/b }\n',
    Dockerfile: 'FROM node:22\nCOPY . .\n',
    'Clinic.java': '@SpringBootApplication SecurityFilterChain chain(',
  }
  const said = async (path: string, text: string, added: number) => {
    const { facts, unjudged } = await read({ ...clinic, [path]: text })
    expect(unjudged).toEqual([])
    return facts
      .filter(({ kind }) => kind.startsWith('source.'))
      .map(({ kind, subject, place, value }) => ({
        kind,
        subject,
        value,
        at: `${place.path}:${place.path === path ? place.line - added : place.line}`,
      }))
  }
  const environment = ['source.request', 'source.variable']

  test.each([
    ['a.py', '', '\n', 'import os\nos.environ["CLINIC_A"]\n', environment],
    ['a.py', 'x = 1 #', ' ', '\nimport os\nos.environ["CLINIC_A"]\n', environment],
    ['a.py', 'os.environ', ' ', '\nos.environ["CLINIC_A"]\n', environment],
    ['a.js', '', '``', "\napp.use(cors({ origin: '*', credentials: true }))\n", ['source.cors', ...environment]],
    ['a.js', '', '"\' + ', '\nprocess.env.CLINIC_A\n', environment],
    ['a.js', '', 'cors({ origin: ', '\nprocess.env.CLINIC_A\n', environment],
    ['a.go', '// ', 'client', '\nvar a = os.Getenv("CLINIC_A")\n', environment],
    ['a.java', '', '.requestMatchers(', '\nString a = System.getenv("CLINIC_A");\n', environment],
    ['a.ts', '', 'TODO ', '\n// TODO: check the password\n', ['source.unfinished', ...environment]],
    [
      'src/main/resources/application.yml',
      'a: b',
      ' ',
      'c\nspring: { datasource: { password: "${CLINIC_B}" } }\n',
      [...environment, 'source.needed-variable'],
    ],
    ['Dockerfile', 'FROM node:22\nCOPY . .\nENV B', 'a', '=1\n', environment],
    ['Dockerfile', 'FROM node:22\nCOPY ', '--a', ' .\n', []],
    ['prometheus.yml', 'scrape_configs:\n', '- a\n', '', environment],
  ])('%s: %j and many %j', async (path, before, unit, after, kinds) => {
    const expected = await said(path, before + unit + after, unit.split('\n').length - 1)
    expect(expected.map(({ kind }) => kind).sort()).toEqual([...kinds].sort())
    const most = Math.floor((path === 'prometheus.yml' ? 8_000 : 240_000) / unit.length)
    for (const count of [Math.floor(most / 2), most])
      expect(await said(path, before + unit.repeat(count) + after, (unit.split('\n').length - 1) * count)).toEqual(
        expected,
      )
  })
})
