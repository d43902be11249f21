import { describe, expect, test } from 'vitest'
import { purposeOf } from '../../../src/collect/compose/purpose.ts'
import { collectText } from './collect-text.ts'

const service = (image: string): string => `services:\n  api:\n    image: ${image}\n`

describe('which files', () => {
  test.each([
    'docker-compose.yml',
    'compose.prod.yaml',
    'deploy/docker-compose-dev.yml',
    'docker-compose_test.yaml',
    'shop.docker-compose.yml',
    'stack/whole.yml',
  ])('%s is one', async (path) => {
    const { of } = await collectText({ [path]: service('shop/api:1') })
    expect(of('compose.service').map(({ subject, place }) => [subject, place.path, place.line])).toEqual([
      ['service api', path, 2],
    ])
  })

  test.each([
    ['config/services.yaml', 'services:\n  App\\Mailer:\n    class: App\\Mailer\n'],
    ['.github/workflows/docker-compose.yml', 'on: push\njobs: { a: { runs-on: x } }\n'],
    ['k8s/compose.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n'],
    ['gitlab.yml', 'services:\n  - postgres:16\n'],
    ['values.yaml', 'services: {{ .Values.services }}\n'],
    ['docker-compose.yml', '# nothing yet\n'],
  ])('%s is none, or empty', async (path, text) => {
    const { facts, unjudged } = await collectText({ [path]: text })
    expect([facts, unjudged]).toEqual([[], []])
  })

  test.each([
    ['broken', 'services:\n  api:\n    image: [shop\n', 'syntax', true],
    ['a template', 'services:\n{% for n in names %}\n  {{ n }}:\n    image: shop\n', 'template', false],
    ['a list', '- api\n- web\n', 'shape', true],
    ['services that are a list', 'services: [api]\n', 'shape', true],
    ['a key that stands twice', 'services:\n  api: { image: a }\n  api: { image: b }\n', 'duplicate-key', true],
    [
      'an alias bomb',
      `x-0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n${[1, 2, 3, 4, 5, 6, 7].map((n) => `x-${n}: &a${n} [${`*a${n - 1}, `.repeat(10)}]`).join('\n')}\nservices: {}\n`,
      'alias-bomb',
      true,
    ],
    ['something else', 'api: 1\nweb: 2\n', 'shape', true],
  ])('%s is not judged, and says so', async (_, text, code, repairable) => {
    const { unjudged } = await collectText({ 'docker-compose.yml': text })
    expect(unjudged.map((one) => [one.code, one.repairable])).toEqual([[code, repairable]])
  })

  test('services that are no mappings are passed over', async () => {
    const { of } = await collectText({
      'compose.yaml': 'services:\n  api: null\n  web: 5\n  db: { image: "postgres:16" }\n',
    })
    expect(of('compose.service').map(({ subject }) => subject)).toEqual(['service db'])
  })
})

test.each([
  ['docker-compose.yml', 'unspecified'],
  ['docker-compose.override.yml', 'development'],
  ['docker-compose-dev.yml', 'development'],
  ['compose.prod.yaml', 'production'],
  ['docker-compose.prod-test.yml', 'development'],
  ['tests/docker-compose.yml', 'development'],
  ['deploy/production/compose.yaml', 'production'],
  ['examples/compose.prod.yaml', 'production'],
  ['contest/compose.yaml', 'unspecified'],
  ['compose.deploy.yml', 'production'],
  ['deploy/compose.yml', 'unspecified'],
])('purpose of %s', (path, purpose) => expect(purposeOf(path)).toBe(purpose))

describe('what a service extends', () => {
  const base =
    'services:\n  base:\n    image: shop/base:1\n    mem_limit: 1g\n    cap_drop: [ALL]\n    environment: [MODE=prod]\n'

  test('from another file, and a chain in its own', async () => {
    const { of } = await collectText({
      'deploy/common.yml': base,
      'deploy/compose.yaml': `services:
  middle: { extends: { file: common.yml, service: base }, cap_drop: [NET_RAW] }
  api: { extends: middle, image: "shop/api:2" }
`,
    })
    const api = of('compose.service').find(({ subject }) => subject === 'service api')
    expect(api?.value).toMatchObject({
      memoryLimit: true,
      incomplete: false,
      capabilitiesDropped: ['ALL', 'NET_RAW'],
      image: { name: 'shop/api:2' },
    })
  })

  test('which is not there, or is itself', async () => {
    const { of } = await collectText({
      'compose.yaml': `services:
  lost: { extends: { file: ../elsewhere/base.yml, service: base }, image: "shop/a:1" }
  loop: { extends: pool, image: "shop/b:1" }
  pool: { extends: loop }
`,
    })
    expect(of('compose.service').map(({ value }) => value.incomplete)).toEqual([true, true, true])
  })

  test('is one fact, where it is written', async () => {
    const { of } = await collectText({
      'compose.yaml': `services:
  base: { image: "shop/base:1", ports: ["8080:80"] }
  api: { extends: base }
`,
    })
    expect(of('compose.port').map(({ subject, place }) => [subject, place.line])).toEqual([['service base', 2]])
  })
})

test('an override for production completes a service, and is itself only a part', async () => {
  const { of } = await collectText({
    'compose.yaml': 'services:\n  api: { build: . }\n',
    'compose.prod.yaml': 'services:\n  api: { restart: always, deploy: { resources: { limits: { memory: 1g } } } }\n',
    'compose.dev.yaml': 'services:\n  api: { privileged: true }\n',
  })
  const found = of('compose.service').map(({ place, value }) => [place.path, value])
  expect(Object.fromEntries(found)).toMatchObject({
    'compose.yaml': { partial: false, restart: 'always', memoryLimit: true, privileged: false },
    'compose.prod.yaml': { partial: true, restart: 'always' },
    'compose.dev.yaml': { partial: true, restart: 'none', privileged: true },
  })
})

test('places, through anchors and merges', async () => {
  const { of } = await collectText({
    'compose.yaml': `x-base: &base
  restart: always
  environment: &env
    JWT_SECRET: winter
services:
  api:
    <<: *base
    image: shop/api:1
  worker:
    image: shop/worker:1
    environment:
      <<: *env
      API_KEY: summer
`,
  })
  const [api] = of('compose.service')
  expect([api?.place.line, api?.places?.['image']?.line, api?.places?.['restart']?.line]).toEqual([6, 8, 2])
  expect(of('compose.credential').map(({ value, place }) => [value.name, place.line])).toEqual([
    ['JWT_SECRET', 4],
    ['API_KEY', 13],
  ])
})
