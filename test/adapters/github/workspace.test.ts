import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { pack } from 'tar-stream'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Answer } from '../../../src/ports/answer.ts'
import type { Workspace } from '../../../src/ports/workspace.ts'
import { liveShop, type LiveShop } from './live.ts'

const tarball = 'GET /repos/{owner}/{repo}/tarball/{ref}'
const tree = 'GET /repos/{owner}/{repo}/git/trees/{tree_sha}'
const blob = 'GET /repos/{owner}/{repo}/git/blobs/{file_sha}'

let live: LiveShop
const servers: Server[] = []

beforeEach(async () => {
  live = await liveShop()
})
afterEach(async () => {
  await live.github.stop()
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
  live.github.assertNoViolations()
})

/** Another archive in the place of GitHub's; `asked` has the credentials that were sent for it. */
const giveInstead = async (...answers: (Buffer | number)[]) => {
  const asked: (string | undefined)[] = []
  const server = createServer((request, response) => {
    const answer = answers[Math.min(asked.length, answers.length - 1)]
    asked.push(request.headers.authorization)
    if (typeof answer === 'number') response.writeHead(answer).end()
    else response.writeHead(200, { 'content-type': 'application/x-gzip' }).end(answer)
  })
  servers.push(server)
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const location = `http://127.0.0.1:${(server.address() as AddressInfo).port}/archive`
  live.github.faults.add({ kind: 'answer', route: tarball, times: 9, answer: { status: 302, headers: { location } } })
  return asked
}

const archiveOf = async (files: Record<string, string>): Promise<Buffer> => {
  const archive = pack()
  for (const [name, text] of Object.entries(files)) archive.entry({ name: `acme-shop-1/${name}` }, text)
  archive.finalize()
  const parts: Buffer[] = []
  for await (const part of archive) parts.push(part as Buffer)
  return gzipSync(Buffer.concat(parts))
}

const textOf = async (workspace: Answer<Workspace>, path: string): Promise<string> => {
  if (!workspace.ok) throw new Error(workspace.problem.message)
  return new TextDecoder().decode(await workspace.value.read(path))
}
const here = (): Promise<Answer<Workspace>> => live.acme.commits.workspace(live.shop.head)
const count = (route: string): number => live.github.journal.counts[route] ?? 0

describe('a commit', () => {
  test('is read whole with its tree and one archive', async () => {
    live.shop.commit({
      'bin/start': { content: '#!/bin/sh\n', mode: '100755' },
      latest: { content: 'k8s/app.yaml', mode: '120000' },
      'vendor/payments': { content: 'x', mode: '160000' },
      'k8s/ünïcode name.yaml': 'kind: Service\n',
      empty: '',
    })
    const workspace = await here()
    expect(await textOf(workspace, 'k8s/ünïcode name.yaml')).toBe('kind: Service\n')
    expect(await textOf(workspace, 'empty')).toBe('')
    const listed = workspace.ok ? await workspace.value.list() : []
    expect(listed.find(({ path }) => path === 'bin/start')).toEqual({ path: 'bin/start', size: 10, mode: 'executable' })
    expect(Object.fromEntries(listed.map(({ path, mode }) => [path, mode]))).toEqual({
      Dockerfile: 'file',
      'bin/start': 'executable',
      empty: 'file',
      'k8s/app.yaml': 'file',
      'k8s/ünïcode name.yaml': 'file',
      latest: 'symlink',
      'vendor/payments': 'submodule',
    })
    await expect(textOf(workspace, 'latest')).rejects.toThrow('no regular file')
    await expect(textOf(workspace, '../etc/passwd')).rejects.toThrow('no regular file')
    expect([count(tree), count(tarball), count(blob)]).toEqual([1, 1, 0])
  })

  test('of nothing has nothing', async () => {
    live.shop.commit({ Dockerfile: null, 'k8s/app.yaml': null })
    const workspace = await here()
    expect(workspace.ok && (await workspace.value.list())).toEqual([])
  })

  test('is a problem where it is not there', async () => {
    expect(await live.acme.commits.workspace('f'.repeat(40))).toMatchObject({ ok: false, problem: { kind: 'missing' } })
  })

  test('has what the archive hides, changes or adds as git has it', async () => {
    live.shop.commit({ '.gitattributes': 'k8s export-ignore\n', 'version.txt': '$Format:%H$' })
    const asked = await giveInstead(
      await archiveOf({
        Dockerfile: 'FROM node:24\n',
        '.gitattributes': 'none',
        'version.txt': 'f'.repeat(11),
        more: '!',
      }),
    )
    const workspace = await here()
    expect(await textOf(workspace, 'k8s/app.yaml')).toBe('kind: Deployment\n')
    expect(await textOf(workspace, 'version.txt')).toBe('$Format:%H$')
    expect(await textOf(workspace, '.gitattributes')).toBe('k8s export-ignore\n')
    expect(workspace.ok && (await workspace.value.list()).length).toBe(4)
    expect(count(blob)).toBe(3)
    expect(asked).toEqual([undefined])
  })

  test('that hides more than can be asked for by itself is a problem that says why', async () => {
    live.shop.commit(Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`k8s/${at}.yaml`, `n: ${at}`])))
    live.github.options.treeLimit = 1000
    live.shop.commit(Object.fromEntries(Array.from({ length: 90 }, (_, at) => [`hidden/${at}.yaml`, `m: ${at}`])))
    await giveInstead(await archiveOf({ Dockerfile: 'FROM node:24\n' }))
    const workspace = await here()
    expect(workspace).toMatchObject({ ok: false, problem: { kind: 'rejected' } })
    expect(!workspace.ok && workspace.problem.message).toMatch(/131 files .*export-ignore/)
    expect(count(blob)).toBe(0)
  })

  test('whose tree GitHub cuts is listed folder by folder', async () => {
    for (const folder of ['api', 'web', 'batch'])
      live.shop.commit(
        Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`${folder}/${at}.yaml`, `${folder}: ${at}`])),
      )
    const workspace = await here()
    expect(workspace.ok && (await workspace.value.list()).length).toBe(92)
    expect(await textOf(workspace, 'batch/29.yaml')).toBe('batch: 29')
    expect(count(tree)).toBe(6)
  })

  test('with one folder that GitHub cuts by itself is a problem', async () => {
    live.shop.commit(Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`api/${at}.yaml`, `api: ${at}`])))
    expect(await here()).toMatchObject({ ok: false, problem: { kind: 'rejected' } })
  })

  test('has files that are too large listed and not kept', async () => {
    live.shop.commit({ 'film.mp4': Buffer.alloc(8_000_001, 7) })
    const workspace = await here()
    expect(workspace.ok && (await workspace.value.list()).find(({ path }) => path === 'film.mp4')?.size).toBe(8_000_001)
    await expect(textOf(workspace, 'film.mp4')).rejects.toThrow('too large')
    expect(await textOf(workspace, 'Dockerfile')).toBe('FROM node:24\n')
    expect(count(blob)).toBe(0)
  })
})

describe('an archive', () => {
  test('comes from another host, which gets no token', async () => {
    const asked = await giveInstead(
      503,
      await archiveOf({ Dockerfile: 'FROM node:24\n', 'k8s/app.yaml': 'kind: Deployment\n' }),
    )
    expect((await here()).ok).toBe(true)
    expect(asked).toEqual([undefined, undefined])
  })

  test('that is cut is asked for again', async () => {
    const whole = await archiveOf({ Dockerfile: 'FROM node:24\n', 'k8s/app.yaml': 'kind: Deployment\n' })
    const asked = await giveInstead(whole.subarray(0, 80), whole)
    expect((await here()).ok).toBe(true)
    expect(asked.length).toBe(2)
  })

  test('that is cut every time is a problem', async () => {
    const asked = await giveInstead((await archiveOf({ Dockerfile: 'FROM node:24\n' })).subarray(0, 80))
    expect(await here()).toMatchObject({ ok: false, problem: { kind: 'unreachable' } })
    expect(asked.length).toBe(3)
  })

  test('that is a bomb is a problem at once', async () => {
    const asked = await giveInstead(gzipSync(Buffer.alloc(100_000_000)))
    const workspace = await here()
    expect(!workspace.ok && workspace.problem.message).toContain('larger than the commit')
    expect(asked.length).toBe(1)
  })

  test.each(['file:///etc/passwd', 'ftp://storage/x', ''])('is not fetched from %j', async (location) => {
    live.github.faults.add({ kind: 'answer', route: tarball, answer: { status: 302, headers: { location } } })
    const workspace = await here()
    expect(workspace.ok ? 'fetched' : workspace.problem.kind).toBe('rejected')
  })
})

describe('a comparison', () => {
  test('gives the tip of the branch and where the head left it', async () => {
    const base = live.shop.head
    const { sha } = live.shop.pullRequest({ files: { Dockerfile: 'FROM node:22\n' } })
    const tip = live.shop.commit({ 'README.md': 'shop' })
    expect(await live.acme.commits.compare('main', sha)).toEqual({ ok: true, value: { tip, mergeBase: base } })
    expect(await live.acme.commits.compare('gone', sha)).toMatchObject({ ok: false, problem: { kind: 'missing' } })
  })

  test('with a head of a fork', async () => {
    const base = live.shop.head
    live.github.repository('mallory/shop', { parent: 'acme/shop' })
    const { sha } = live.shop.pullRequest({ fork: 'mallory/shop', files: { a: 'b' } })
    expect(await live.acme.commits.compare('main', sha)).toEqual({ ok: true, value: { tip: base, mergeBase: base } })
  })
})
