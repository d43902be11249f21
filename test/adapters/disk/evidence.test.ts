import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { diskEvidence, trackingOf } from '../../../src/adapters/disk/evidence.ts'

let root = ''
const git = (...args: string[]): string =>
  execFileSync('git', ['-c', 'user.name=ada', '-c', 'user.email=ada@example.com', '-C', root, ...args], {
    encoding: 'utf8',
  })
const about = async (path: string, origin: Parameters<typeof diskEvidence>[1]) => {
  const file = (await diskEvidence(root, origin).list()).find((one) => one.path === path)
  if (file === undefined) return undefined
  const { size, createdAt, sha, committed } = file
  return { size, createdAt, sha, committed, ...(sha === null ? {} : { shaFrom: file.shaFrom }) }
}

const sha = 'a'.repeat(40)
const clean = { clean: sha }
const later = new Date(Date.now() + 3_600_000)
const earlier = new Date('2020-01-01T00:00:00Z')

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'prodgate-evidence-'))
  git('init', '-q')
  mkdirSync(join(root, 'reports'))
  writeFileSync(join(root, '.gitignore'), 'reports/\n')
  writeFileSync(join(root, 'junit.xml'), '<testsuite/>')
  git('add', '-A')
  git('commit', '-qm', 'a clinic')
  writeFileSync(join(root, 'reports/junit.xml'), '<testsuites/>')
  utimesSync(join(root, 'reports/junit.xml'), later, later)
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

test('what git tracks is of no commit and of no time', async () => {
  expect(await about('junit.xml', { clean: sha, ci: sha })).toEqual({
    size: 12,
    createdAt: null,
    sha: null,
    committed: true,
  })
})

test('what a run has written over is the run’s', async () => {
  writeFileSync(join(root, 'junit.xml'), '<testsuites></testsuites>')
  utimesSync(join(root, 'junit.xml'), later, later)
  expect(await about('junit.xml', clean)).toMatchObject({ committed: false, sha })
})

test('git is asked once where its answer is given', async () => {
  const asked = trackingOf(root)
  await asked
  rmSync(join(root, '.git'), { recursive: true })
  const listed = await diskEvidence(root, clean, asked).list()
  expect(listed.map(({ path, committed }) => [path, committed])).toEqual(
    expect.arrayContaining([
      ['junit.xml', true],
      ['reports/junit.xml', false],
    ]),
  )
})

test.each([
  ['a clean tree', clean, { sha, shaFrom: 'git' }],
  ['a tree that differs', { clean: null }, { sha: null }],
  ['a tree that differs, in a run about a commit', { clean: null, ci: sha }, { sha, shaFrom: 'ci' }],
])('results in %s', async (_, origin, expected) => {
  expect(await about('reports/junit.xml', origin)).toEqual({
    size: 13,
    createdAt: later.toISOString(),
    committed: false,
    ...expected,
  })
})

test('results that are older than the commit are not the commit’s', async () => {
  utimesSync(join(root, 'reports/junit.xml'), earlier, earlier)
  expect(await about('reports/junit.xml', { clean: sha, ci: sha })).toMatchObject({
    sha: null,
    createdAt: earlier.toISOString(),
  })
})
