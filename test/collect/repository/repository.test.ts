import { expect, test } from 'vitest'
import { ignoredBy, ignoredRoot } from '../../../src/collect/repository/ignore-lists.ts'
import { Tree } from '../../../src/collect/tree.ts'
import type { Fact, FactKind } from '../../../src/core/facts/index.ts'
import { observeTree } from '../facts-of.ts'

const ignoring = (lists: Record<string, string[]>): ((path: string) => boolean) => {
  const facts = Object.entries(lists).map(([folder, patterns]) => ({ value: { folder, patterns } }))
  return ignoredBy({ tree: new Tree([]), of: <K extends FactKind>() => facts as unknown as readonly Fact<K>[] })
}

test.each([
  ['.env', true],
  ['services/api/.env', true],
  ['services/api/.env.example', false],
  ['docs/build/page.md', false],
  ['web/build/page.js', true],
  ['web/dist/kept.js', false],
  ['web/dist/other.js', true],
  ['../outside', false],
])('%s is ignored: %s', (path, expected) => {
  const ignored = ignoring({
    '': ['.env*', '!.env.example', 'build/', '!docs/build/', '**/dist/*'],
    'web/': ['!/dist/kept.js'],
  })
  expect(ignored(path)).toBe(expected)
})

test('the topmost ignored folder stands for what lies in it', () => {
  const ignored = ignoring({ '': ['clinic'] })
  expect(ignoredRoot('cmd/clinic/http/routes.go', ignored)).toBe('cmd/clinic/')
  expect(ignoredRoot('cmd/other/routes.go', ignored)).toBe('cmd/other/routes.go')
})

test('what a repository has is seen by its paths', async () => {
  const { facts } = await observeTree({
    'README.md': '# Clinic\n',
    'docs/SECURITY.md': 'x\n',
    '.github/workflows/ci.yml': 'on: push\n',
    'docs/runbooks/restore.md': 'x\n',
    'charts/clinic/Chart.yaml': 'name: clinic\n',
  })
  const [repository] = facts.of('repository')
  expect(repository?.value).toMatchObject({
    hasReadme: true,
    hasSecurityPolicy: true,
    hasPipeline: true,
    hasRunbook: true,
    deployable: true,
    hasLicense: false,
    hasCodeOwners: false,
    readsEnvironmentFile: false,
    tracksEnvironmentFile: false,
  })
})

test('a pattern that would make the matcher backtrack is left out', async () => {
  const seen = await observeTree({ '.gitignore': `${'*a'.repeat(40)}b\n`, [`${'a'.repeat(250)}.txt`]: 'x\n' })
  expect(seen.facts.of('repository')).toHaveLength(1)
})
