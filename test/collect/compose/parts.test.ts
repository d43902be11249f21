import { describe, expect, test } from 'vitest'
import { readHealthcheck } from '../../../src/collect/compose/healthcheck.ts'
import { parseImage } from '../../../src/collect/compose/image.ts'
import { parseMount } from '../../../src/collect/compose/mounts.ts'
import { parsePort } from '../../../src/collect/compose/ports.ts'
import { productOf } from '../../../src/collect/compose/products.ts'
import { readRestart } from '../../../src/collect/compose/restart.ts'

describe('ports', () => {
  test.each([
    ['8080:80', { target: 80, published: 8080, publishedCount: 1, allInterfaces: true, protocol: 'tcp' }],
    [80, { target: 80, publishedCount: 0, allInterfaces: true }],
    ['127.0.0.1:8080:80', { target: 80, published: 8080, hostIp: '127.0.0.1', allInterfaces: false }],
    ['127.0.0.1::80', { target: 80, publishedCount: 0, allInterfaces: false }],
    ['[::1]:8080:80', { hostIp: '[::1]', published: 8080, allInterfaces: false }],
    ['::1:8080:80', { hostIp: '::1', published: 8080, allInterfaces: false }],
    ['[::]:8080:80', { allInterfaces: true }],
    ['0.0.0.0:53:53/udp', { protocol: 'udp', allInterfaces: true }],
    ['9000-9002:80', { published: 9000, publishedCount: 3 }],
    ['${PORT:-8080}:80', { published: 8080, allInterfaces: true, computed: false }],
    ['${PORT}:80', { target: 80, publishedCount: 1, allInterfaces: true, computed: false }],
    ['${BIND}:8080:80', { allInterfaces: false, computed: true }],
    ['${BIND:-127.0.0.1}:8080:80', { allInterfaces: false, computed: false }],
    ['${PORTS}', { allInterfaces: false, computed: true }],
    [
      { target: 80, published: '8080', host_ip: '127.0.0.1' },
      { hostIp: '127.0.0.1', allInterfaces: false },
    ],
    [
      { target: 80, published: 8080, protocol: 'udp' },
      { published: 8080, protocol: 'udp', allInterfaces: true },
    ],
  ])('%j', (written, expected) => expect(parsePort(written)).toMatchObject(expected))
})

describe('mounts', () => {
  const volumes = { bound: { driver_opts: { o: 'bind', device: '/etc' } }, data: null }
  test.each([
    ['./web:/srv:ro', { kind: 'bind', readOnly: true, absolute: false, sensitive: false }],
    ['data:/data', { kind: 'volume', source: 'data' }],
    ['/data', { kind: 'anonymous' }],
    ['bound:/x', { kind: 'bind', source: '/etc', sensitive: true }],
    ['/:/host:ro', { sensitive: true }],
    ['/etc/shop:/etc/shop', { sensitive: false, absolute: true }],
    ['/etc/ssh:/etc/ssh:ro', { sensitive: true }],
    ['/lib/modules:/lib/modules:ro', { sensitive: false }],
    ['/lib/modules:/lib/modules', { sensitive: true }],
    ['/etc/localtime:/etc/localtime', { sensitive: false }],
    ['${HOME}/.aws:/root/.aws', { sensitive: true, computed: false }],
    ['${DATA}:/data', { kind: 'bind', computed: true, sensitive: false }],
    ['${DATA:-./data}:/data', { kind: 'bind', computed: false, absolute: false }],
    ['/srv/shop:/data', { absolute: true, sensitive: false }],
    ['/var/run/docker.sock:/var/run/docker.sock:ro', { engineSocket: true, sensitive: false }],
    ['${DOCKER_SOCK}:/var/run/docker.sock', { engineSocket: true }],
    ['C:\\data:/data', { kind: 'bind', target: '/data' }],
    [
      { type: 'bind', source: '/root', target: '/r', read_only: true },
      { sensitive: true, readOnly: true },
    ],
    [{ type: 'volume', source: 'data', target: '/data' }, { kind: 'volume' }],
    [{ type: 'tmpfs', target: '/tmp' }, { kind: 'tmpfs' }],
  ])('%j', (written, expected) => expect(parseMount(written, volumes)).toMatchObject(expected))
})

test.each([
  ['nginx', undefined, false, false],
  ['registry:5000/nginx', undefined, false, false],
  ['registry:5000/nginx:1.27', '1.27', false, false],
  ['nginx:latest', 'latest', true, false],
  ['nginx:alpine', 'alpine', true, false],
  ['debian:bookworm-slim', 'bookworm-slim', false, false],
  ['shop/api:${TAG:-v2}', 'v2', false, false],
  ['shop/api:${TAG}', undefined, false, true],
  ['${REGISTRY}/api:1.4', '1.4', false, false],
  ['${REGISTRY}/api:latest', 'latest', true, false],
  ['${IMAGE:-shop/api:1.4}', '1.4', false, false],
  ['${IMAGE}', undefined, false, true],
  ['shop/api:1.4@${DIGEST}', '1.4', false, false],
])('image %s', (text, tag, floating, computed) => {
  const image = parseImage(text)
  expect([image.tag, image.floating, image.computed]).toEqual([tag, floating, computed])
})

test.each([
  ['postgres', 'PostgreSQL'],
  ['docker.io/bitnami/postgresql', 'PostgreSQL'],
  ['mcr.microsoft.com/mssql/server', 'SQL Server'],
  ['shop/server', undefined],
  ['shop/all-in-one', undefined],
  ['prometheuscommunity/postgres-exporter', undefined],
])('product %s', (image, name) => expect(productOf(image)?.name).toBe(name))

test.each([
  [undefined, 'none', false],
  [{ disable: true }, 'disabled', false],
  [{ test: ['NONE'] }, 'disabled', false],
  [{ interval: '5s' }, 'set', false],
  [{ test: ['CMD', 'pg_isready'] }, 'set', false],
  [{ test: 'curl -f localhost || true' }, 'set', true],
  [{ test: ['CMD', 'sh', '-c', 'curl -f localhost || exit 0'] }, 'set', true],
  [{ test: ['CMD', 'curl', '||', 'true'] }, 'set', false],
  [{ test: 'exit 0' }, 'set', true],
  [{ test: 'curl localhost; true' }, 'set', true],
  [{ test: 'curl -f localhost || exit 1' }, 'set', false],
  [{ test: 'test -f /up && echo up || exit 1' }, 'set', false],
])('healthcheck %j', (written, state, alwaysPasses) => {
  expect(readHealthcheck(written)).toMatchObject({ state, alwaysPasses })
})

test.each([
  [{}, 'none'],
  [{ restart: 'no' }, 'no'],
  [{ restart: false }, 'no'],
  [{ restart: 'always' }, 'always'],
  [{ restart: 'on-failure:3' }, 'on-failure'],
  [{ restart: '${RESTART:-unless-stopped}' }, 'unless-stopped'],
  [{ restart: '${RESTART}' }, 'computed'],
  [{ deploy: { restart_policy: { condition: 'any' } } }, 'always'],
  [{ deploy: { restart_policy: { condition: 'none' } } }, 'no'],
  [{ deploy: { restart_policy: { delay: '5s' } } }, 'always'],
])('restart %j', (written, policy) => expect(readRestart(written).policy).toBe(policy))
