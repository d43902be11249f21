import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { checkoutOf } from '../../../src/adapters/disk/git.ts'
import { gitTree } from '../../../src/adapters/disk/git-tree.ts'
import { diskEvidence } from '../../../src/adapters/disk/evidence.ts'
import { diskWorkspace } from '../../../src/adapters/disk/workspace.ts'
import { InputError } from '../../../src/core/errors.ts'

let root = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'prodgate-disk-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const write = (path: string, text = ''): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}
const git = (...args: string[]): string =>
  execFileSync('git', ['-c', 'user.name=ada', '-c', 'user.email=ada@example.com', '-C', root, ...args], {
    encoding: 'utf8',
  })
const listed = async (): Promise<string[]> =>
  (await diskWorkspace(root).list()).map(({ path, mode }) => `${path} ${mode}`).sort()

describe('a directory that is no checkout', () => {
  test('is all of its files', async () => {
    write('Dockerfile')
    write('k8s/web.yaml')
    write('run.sh')
    chmodSync(join(root, 'run.sh'), 0o755)
    expect(await listed()).toEqual(['Dockerfile file', 'k8s/web.yaml file', 'run.sh executable'])
  })

  test('symbolic links are named and never followed, wherever they lead', async () => {
    write('real/Dockerfile')
    symlinkSync('/etc', join(root, 'outside'))
    symlinkSync('.', join(root, 'loop'))
    symlinkSync('real/Dockerfile', join(root, 'Dockerfile'))
    symlinkSync('nowhere', join(root, 'broken'))
    expect(await listed()).toEqual([
      'Dockerfile symlink',
      'broken symlink',
      'loop symlink',
      'outside symlink',
      'real/Dockerfile file',
    ])
    expect((await diskEvidence(root, { clean: null }).list()).map(({ path }) => path)).toEqual(['real/Dockerfile'])
  })

  describe('where each start of git leaves a mark', () => {
    const bin = mkdtempSync(join(tmpdir(), 'prodgate-bin-'))
    const mark = join(bin, 'started')
    beforeEach(() => {
      rmSync(mark, { force: true })
      writeFileSync(join(bin, 'git'), `#!/bin/sh\n: > '${mark}'\nexit 128\n`)
      chmodSync(join(bin, 'git'), 0o755)
      vi.stubEnv('PATH', `${bin}:${process.env['PATH'] ?? ''}`)
    })
    afterEach(() => void vi.unstubAllEnvs())
    const ask = async (): Promise<boolean> => {
      write('shop/deep/Dockerfile')
      await diskWorkspace(join(root, 'shop/deep')).list()
      await diskEvidence(join(root, 'shop/deep'), { clean: null }).list()
      await checkoutOf(join(root, 'shop/deep'))
      return existsSync(mark)
    }

    test('git is not started', async () => {
      expect(await ask()).toBe(false)
    })

    test.each([
      ['folder', () => mkdirSync(join(root, '.git'))],
      ['file, as in a submodule', () => write('.git', 'gitdir: elsewhere')],
      ['broken link', () => symlinkSync('nowhere', join(root, '.git'))],
      ['HEAD, as in a bare repository', () => write('shop/HEAD')],
      ['name in the environment', () => vi.stubEnv('GIT_DIR', '/elsewhere')],
    ])('it is where there may be a repository: a %s', async (_, make) => {
      make()
      expect(await ask()).toBe(true)
    })

    test('it is where a link leads into one', async () => {
      const outside = mkdtempSync(join(tmpdir(), 'prodgate-link-'))
      symlinkSync(root, join(outside, 'link'))
      mkdirSync(join(root, '.git'))
      await checkoutOf(join(outside, 'link'))
      expect(existsSync(mark)).toBe(true)
    })
  })
})

describe('a checkout', () => {
  beforeEach(() => {
    git('init', '-q')
    write('.gitignore', 'reports/\n')
    write('Dockerfile')
    git('add', '-A')
    git('commit', '-qm', 'a clinic')
  })

  test('is what git tracks or would take up; evidence is also what it ignores', async () => {
    write('reports/junit.xml')
    write('new name.yaml')
    write('ünïcode.yaml')
    expect(await listed()).toEqual(['.gitignore file', 'Dockerfile file', 'new name.yaml file', 'ünïcode.yaml file'])
    expect((await diskEvidence(root, { clean: null }).list()).map(({ path }) => path)).toContain('reports/junit.xml')
  })

  test('names its commit only while the tree holds exactly that', async () => {
    const sha = git('rev-parse', 'HEAD').trim()
    expect((await checkoutOf(root)).sha).toBe(sha)
    write('Dockerfile', 'FROM scratch\n')
    expect((await checkoutOf(root)).sha).toBeNull()
  })

  test.each([
    ['https://github.com/clinic/rooms.git', 'clinic/rooms'],
    ['git@github.com:clinic/rooms.git', 'clinic/rooms'],
    ['ssh://git@ghe.example.com:2222/clinic/rooms', 'clinic/rooms'],
  ])('names its repository from %s', async (url, name) => {
    git('remote', 'add', 'origin', url)
    expect((await checkoutOf(root)).repository).toBe(name)
  })

  test('runs nothing that its configuration asks for', async () => {
    git('config', 'core.fsmonitor', `touch ${join(root, 'pwned')} #`)
    await listed()
    await checkoutOf(root)
    expect(await listed()).not.toContain('pwned file')
  })

  test('a tracked file that was deleted is not there', async () => {
    rmSync(join(root, 'Dockerfile'))
    expect(await listed()).toEqual(['.gitignore file'])
  })
})

describe('the tree of a commit', () => {
  beforeEach(() => {
    git('init', '-q')
    write('k8s/web.yaml', 'kind: Deployment\n')
    write('twin.yaml', 'kind: Deployment\n')
    write('with space/ü.txt', 'ü')
    write('run.sh')
    chmodSync(join(root, 'run.sh'), 0o755)
    symlinkSync('run.sh', join(root, 'link'))
    git('add', '-A')
    git('commit', '-qm', 'a clinic')
    write('k8s/web.yaml', 'changed')
  })

  test('is read from the objects, whatever the work tree holds', async () => {
    const tree = gitTree(root, 'HEAD')
    const entries = (await tree.list()).map(({ path, mode, size }) => `${path} ${mode} ${size}`)
    expect(entries.sort()).toEqual([
      'k8s/web.yaml file 17',
      'link symlink 6',
      'run.sh executable 0',
      'twin.yaml file 17',
      'with space/ü.txt file 2',
    ])
    expect(Buffer.from(await tree.read('k8s/web.yaml')).toString()).toBe('kind: Deployment\n')
    expect(Buffer.from(await tree.read('twin.yaml')).toString()).toBe('kind: Deployment\n')
    expect(Buffer.from(await tree.read('with space/ü.txt')).toString()).toBe('ü')
    expect(await tree.read('run.sh')).toHaveLength(0)
    await expect(tree.read('absent')).rejects.toThrow('absent')
  })

  test('of a folder of the checkout has paths from there', async () => {
    expect((await gitTree(join(root, 'k8s'), 'HEAD').list()).map(({ path }) => path)).toEqual(['web.yaml'])
  })

  test.each(['nowhere', '--output=/tmp/x', 'HEAD~7', ''])('there is no commit "%s"', (ref) => {
    expect(() => gitTree(root, ref)).toThrow(InputError)
  })
})

test.each(['absent', 'a-file'])('%s is no directory', (name) => {
  write('a-file')
  expect(() => diskWorkspace(join(root, name))).toThrow(InputError)
})
