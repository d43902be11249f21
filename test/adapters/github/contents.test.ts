import { getOctokitOptions, GitHub as Octokit } from '@actions/github/lib/utils'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { contents } from '../../../src/adapters/github/contents.ts'
import type { CommittedFiles } from '../../../src/ports/committed-files.ts'
import { GitHub } from '../../simulator/github.ts'
import type { RepositoryScenario } from '../../simulator/scenario/repository.ts'
import { githubActions } from '../../simulator/state/types.ts'

const path = '.github/prodgate.yml'
const law = `version: 1\n# ${'law '.repeat(50)}\n`
const labels = '.github/prodgate/rules/clinic/labels.yaml'

let github: GitHub
let shop: RepositoryScenario

beforeEach(async () => {
  // A tree of more entries than these comes cut.
  github = new GitHub({ prefix: '', treeLimit: 3 })
  await github.start()
  shop = github.repository('acme/shop')
  for (const [token, level] of [
    ['t-read', { contents: 'read' }],
    ['t-blind', { issues: 'write' }],
  ] as const)
    github.tokens.set(token, {
      account: githubActions,
      permissions: { metadata: 'read', ...level },
      repositories: 'all',
      expiresAt: Number.POSITIVE_INFINITY,
    })
})
afterEach(async () => {
  await github.stop()
  github.assertNoViolations()
})

/** The files as the Action reads them with a workflow's token. */
const filesFor = (token = 't-read'): CommittedFiles =>
  contents({
    octokit: new Octokit(getOctokitOptions(token, { baseUrl: github.url })),
    owner: 'acme',
    repo: 'shop',
    deadline: AbortSignal.timeout(60_000),
  })

test('are read at the tip of a branch', async () => {
  const tip = shop.commit({ [path]: law }, { branch: 'release/1.x' })
  expect(await filesFor().tip('release/1.x')).toEqual({ ok: true, value: tip })
  const read = await filesFor().read(tip, path)
  expect(read.ok && Buffer.from(read.value ?? []).toString()).toBe(law)
})

test('are absent only where the commit can be read', async () => {
  const tip = shop.commit({ 'README.md': 'A shop' })
  expect(await filesFor().read(tip, path)).toEqual({ ok: true, value: undefined })
  expect(await filesFor().read('b'.repeat(40), path)).toMatchObject({ ok: false, problem: { kind: 'missing' } })
  expect(await filesFor('t-blind').read(tip, path)).toMatchObject({ ok: false })
})

test('are listed a level at a time, and a folder is absent by the word of the one above', async () => {
  const tip = shop.commit({ [labels]: 'title', [path]: 'version: 1' })
  github.journal.clear()
  expect(await filesFor().list(tip, '.github/prodgate/rules')).toEqual({
    ok: true,
    value: [{ path: labels, size: 5, regular: true }],
  })
  expect(github.requests).toHaveLength(4)
  github.journal.clear()
  expect(await filesFor().list(tip, '.github/gates')).toEqual({ ok: true, value: [] })
  expect(github.requests).toHaveLength(2)
})

test('of a folder that GitHub gives but a part of are not taken for all', async () => {
  const tip = shop.commit({ 'a.md': '1', 'b.md': '2', 'c.md': '3', 'rules/labels.yaml': 'title' })
  expect(await filesFor().list(tip, 'rules')).toMatchObject({ ok: false })
})

test('a directory in the place of the file is not an absent file', async () => {
  const tip = shop.commit({ [`${path}/readme`]: 'no law' })
  expect(await filesFor().read(tip, path)).toMatchObject({ ok: false, problem: { kind: 'rejected' } })
})
