import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { gitObjects } from '../../../src/adapters/disk/git-objects.ts'

const root = mkdtempSync(join(tmpdir(), 'prodgate-git-'))
const git = (...args: string[]): string =>
  execFileSync('git', ['-C', root, '-c', 'user.name=Ada', '-c', 'user.email=ada@shop.example', ...args], {
    encoding: 'utf8',
  })
let commit = ''

beforeAll(() => {
  git('init', '-q')
  mkdirSync(join(root, '.github'))
  writeFileSync(join(root, '.github/prodgate.yml'), 'version: 1\n')
  // A text conversion that would change what is read, were it run.
  writeFileSync(join(root, '.gitattributes'), '*.yml diff=lax\n')
  git('config', 'diff.lax.textconv', 'echo lax #')
  symlinkSync('.github/prodgate.yml', join(root, 'link.yml'))
  git('add', '.')
  git('commit', '-qm', 'Open the shop')
  commit = git('rev-parse', 'HEAD').trim()
  writeFileSync(join(root, '.github/prodgate.yml'), 'edited\n')
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

test('reads a file as the commit has it, whatever the work tree says', async () => {
  const read = await gitObjects(root).read(commit, '.github/prodgate.yml')
  expect(read.ok && new TextDecoder().decode(read.value)).toBe('version: 1\n')
})

test('lists a folder as the commit has it, from the root, links named as such', async () => {
  const objects = gitObjects(join(root, '.github'))
  const whole = { path: '.github/prodgate.yml', size: 11, regular: true }
  expect(await objects.list(commit, '.github')).toEqual({ ok: true, value: [whole] })
  expect(await objects.list(commit, 'link.yml')).toEqual({
    ok: true,
    value: [{ path: 'link.yml', size: 0, regular: false }],
  })
  expect(await objects.list(commit, 'nowhere')).toEqual({ ok: true, value: [] })
  for (const of of ['f'.repeat(40), 'HEAD', '--help']) expect(await objects.list(of, '.')).toMatchObject({ ok: false })
})

test('tells an absent file from what cannot be read', async () => {
  const objects = gitObjects(root)
  expect(await objects.read(commit, 'nowhere.yml')).toEqual({ ok: true, value: undefined })
  for (const [of, path] of [
    ['f'.repeat(40), 'x'],
    ['HEAD', 'x'],
    [commit, '.github'],
    [commit, 'link.yml'],
  ] as const)
    expect(await objects.read(of, path)).toMatchObject({ ok: false })
  expect(await objects.tip('main')).toMatchObject({ ok: false })
})
