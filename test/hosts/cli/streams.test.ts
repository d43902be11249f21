import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { builtCli } from '../../bundles/bundles.ts'
import { runCli } from '../../run-cli.ts'

const cli = builtCli()
let root = ''

/** A clinic with so many images that its report does not fit into a pipe's buffer. */
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'prodgate-clinic-'))
  mkdirSync(join(root, '.github'))
  writeFileSync(
    join(root, '.github/prodgate.yml'),
    'version: 1\nextends: []\nrules: { containers/non-root-user: on }\nenvironments: { production: { minimum-score: 0 } }\n',
  )
  for (let index = 0; index < 2000; index++)
    writeFileSync(join(root, `ward-${index}.Dockerfile`), 'FROM alpine:3.20\nCMD ["/ward"]\n')
})

const shell = (command: string): { stdout: string; stderr: string; status: number | null } =>
  spawnSync('bash', ['--norc', '-c', `set -o pipefail; ${command}`], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64_000_000,
    env: { PATH: process.env['PATH'] ?? '', NODE: process.execPath, CLI: cli },
  })

test('a large report reaches the end of a slow pipe whole', () => {
  const { stdout, status } = shell('"$NODE" "$CLI" check --format json | (sleep 0.5; cat)')
  expect(stdout.length).toBeGreaterThan(300_000)
  const { results } = JSON.parse(stdout) as { results: { findings: unknown[] }[] }
  expect(results[0]?.findings).toHaveLength(2000)
  expect(status).toBe(1)
})

test('a reader that goes away is no crash, and the verdict stays', () => {
  const { stderr, stdout } = shell('("$NODE" "$CLI" check --format json; echo "exit $?" >&2) | head -c 100')
  expect(stdout).toHaveLength(100)
  expect(stderr).toBe('exit 1\n')
})

test('the same input gives the same bytes', () => {
  const once = runCli(cli, ['check', '--format', 'json', '--now', '2027-01-01'], root)
  const again = runCli(cli, ['check', '--format', 'json', '--now', '2027-01-01'], root, {
    TZ: 'Asia/Tokyo',
    LANG: 'tr_TR.UTF-8',
  })
  expect(again.stdout).toBe(once.stdout)
})

test.each([
  [{}, false],
  [{ FORCE_COLOR: '1' }, true],
  [{ FORCE_COLOR: '0' }, false],
  [{ NO_COLOR: '1' }, false],
  [{ CI: 'true' }, false],
])('piped with %j, colours are %s', (env, colours) => {
  expect(runCli(cli, ['check'], root, env as Record<string, string>).stdout.includes('\u001b[')).toBe(colours)
})
