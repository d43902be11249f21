import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { skeleton } from '../../scripts/new-rule/skeleton.ts'
import type { FactKind } from '../../src/core/facts/index.ts'
import { vocabulary } from '../../src/core/facts/vocabulary.ts'
import { parseRule } from '../../src/core/parse-rule.ts'
import { lacksProof, runCase } from '../../src/rule-cases.ts'

const root = join(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'prodgate-new-rule-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const newRule = (...args: string[]): { status: number | null; stdout: string; stderr: string } =>
  spawnSync(join(root, 'node_modules/.bin/node'), [join(root, 'scripts/new-rule.ts'), ...args], {
    cwd: folder,
    encoding: 'utf8',
  })

test.each(Object.keys(vocabulary) as FactKind[])('a rule about %s begins valid and red', async (kind) => {
  const parsed = parseRule(skeleton(kind, vocabulary[kind]), 'rules/shop/first.yaml')
  if ('diagnostics' in parsed) throw new Error(JSON.stringify(parsed.diagnostics))
  const [red, green] = parsed.cases
  if (red === undefined || green === undefined) throw new Error('two cases')
  expect(lacksProof(parsed.cases)).toEqual([])
  expect(await runCase(parsed.rule, red)).toEqual([expect.stringContaining('there is none')])
  expect(await runCase(parsed.rule, green)).toEqual([])
})

test('writes the file once, and says what to do next', () => {
  const written = newRule('shop/has-runbook', '--for', 'repository')
  expect(written).toMatchObject({ status: 0, stderr: '' })
  expect(written.stdout).toContain('Next:')
  expect(readFileSync(join(folder, 'rules/shop/has-runbook.yaml'), 'utf8')).toContain('for: repository')
  expect(newRule('shop/has-runbook')).toMatchObject({ status: 2, stderr: expect.stringContaining('is there already') })
})

test.each([
  [[], 'Name one rule'],
  [['runbook'], 'is not <category>/<name>'],
  [['../shop/runbook'], 'is not <category>/<name>'],
  [['shop/runbook', '--for', 'docker.ship'], 'no kind of fact "docker.ship"'],
])('%j is refused', (args, message) => {
  expect(newRule(...args)).toMatchObject({ status: 2, stderr: expect.stringContaining(message) })
})
