import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readScript } from '../../../src/collect/operations/script.ts'
import { observeTree } from '../facts-of.ts'

const lines = (...text: string[]): string => `${text.join('\n')}\n`

describe('how a script is read', () => {
  test.each([
    ['#!/bin/bash -e', true, false],
    ['#!/usr/bin/env bash\nset -euo pipefail', true, true],
    ['set -o errexit\nset -o pipefail', true, true],
    ['set -eo pipefail', true, true],
    ['set -u', false, false],
    ['# set -e', false, false],
    ['cat <<EOF\nset -e\nEOF', false, false],
  ])('%s', (head, stops, pipes) => {
    const script = readScript('ship.sh', lines(head, 'make ship'))
    expect([script.stopsAtErrors, script.steps.at(-1)?.pipefail]).toEqual([stops, pipes])
  })

  test('knows functions, conditions and what follows set +e', () => {
    const text = lines(
      'set -e',
      'ship() {',
      '  make ship',
      '}',
      'if ship; then',
      '  make tell',
      'fi',
      'set +e',
      'make rest',
    )
    const step = (line: number) => readScript('ship.sh', text).steps.find((one) => one.line === line)
    expect(step(3)).toMatchObject({ inside: 'ship', ends: true })
    expect(step(5)).toMatchObject({ inside: undefined, ends: false })
    expect(step(6)).toMatchObject({ ends: true })
    expect(step(9)).toMatchObject({ ends: false })
  })

  test('never throws, whatever it is given', () => {
    const pieces = fc.constantFrom(
      'set -e',
      'f() {',
      '}',
      '{',
      '((i++))',
      'pg_dump',
      '|',
      '2>&1',
      '>',
      '<<EOF',
      'EOF',
      '"',
      "'",
      '$(',
      ')',
      '\n',
      ' ',
      ';',
      'if',
      '\\',
    )
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => {
        const text = parts.join(' ')
        const count = text.split('\n').length
        for (const { line } of readScript('any.sh', text).steps) expect(line).toBeLessThanOrEqual(count)
      }),
    )
  })
})

test('an unpaired shop: every kind of fact satisfies its schema', async () => {
  const { facts } = await observeTree({
    'ops/backup.sh': lines(
      '#!/bin/bash',
      'set -eo pipefail',
      'n=0',
      'PGPASSWORD=x gunzip -c a | psql shop',
      'pg_dump shop 2>&1 | gzip > a',
      '((n++))',
      'pg_restore -d x a.sql',
      'cp a /Users/ada/shop/a',
    ),
    'deploy.sh': lines('kubectl rollout status deployment/shop', 'kubectl apply -f k8s/configmap.yaml'),
    'compose.yaml': lines(
      'services:',
      '  db:',
      '    image: postgres:16.4',
      '    restart: always',
      '    env_file: shop.env',
      '    volumes: ["data:/var/lib/postgresql/data", "./conf/pg.conf:/etc/pg.conf"]',
      'networks: { proxy: { external: true } }',
      'volumes: { data: }',
    ),
    'docs/deploy.md': lines('## Production', '```bash', 'docker compose up -d', 'k6 run load/shop.js', '```'),
    'load/clinic.js': lines("import http from 'k6/http'", 'export default () => http.get("https://clinic.example/")'),
    'nginx.conf': lines('http {', '  include /etc/nginx/shop.conf;', '}'),
    'k8s/shop.yaml': lines(
      'apiVersion: apps/v1',
      'kind: Deployment',
      'metadata: { name: shop }',
      'spec: { selector: { matchLabels: { a: b } }, template: { metadata: { labels: { a: b } }, spec: { containers: [{ name: shop, image: "shop:1" }] } } }',
    ),
  })
  const kinds = [
    'script',
    'counter',
    'developer-path',
    'rollout',
    'production-command',
    'load-test',
    'load-test-command',
    'bind-source',
    'environment-file',
    'external',
    'include',
    'practice',
    'dump',
    'piped-password',
    'restore',
    'backup',
    'datastores',
  ] as const
  for (const kind of kinds) expect([kind, facts.of(`operations.${kind}`).length]).not.toEqual([kind, 0])
  expect(facts.of('operations.counter')[0]).toMatchObject({
    place: { line: 6 },
    value: { name: 'n', endsScript: true },
  })
})

test.each([
  ['pg_dump shop 2>&1 | gzip > a', true],
  ['pg_dump shop |& gzip > a', true],
  ['pg_dump shop &> a', true],
  ['pg_dump shop > a 2>&1', true],
  ['kubectl exec db-0 -- pg_dump shop 2>&1 | zstd > a', true],
  ['sudo -u postgres pg_dump shop 2>> "$LOG" | gzip > a', false],
  ['pg_dump -f a shop 2>&1 | tee log', false],
  ['pg_dump shop > a 2> log', false],
  ['pg_dump shop 2>&1 | grep -c error', false],
  ['mysqldump --result-file=a shop 2>&1 | tee log', false],
  ['mongodump --archive 2>&1 | gzip > a', true],
  ['mongodump --archive=a 2>&1 | tee log', false],
])('whether messages get into the dump: %s', async (command, mixed) => {
  const { facts } = await observeTree({ 'backup.sh': lines('#!/bin/bash', command) })
  expect(facts.of('operations.dump').map(({ value }) => value.errorsMixed)).toEqual([mixed])
})

test.each(['echo "run pg_dump shop"', 'command -v pg_dump', 'apk add pg_dump', '# pg_dump shop', 'which pg_dump'])(
  'no dump: %s',
  async (command) => {
    const { facts } = await observeTree({ 'backup.sh': lines('#!/bin/bash', command) })
    expect(facts.of('operations.dump')).toEqual([])
  },
)
