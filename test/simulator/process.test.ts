import { spawn, type ChildProcess } from 'node:child_process'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

const node = join(import.meta.dirname, '../../node_modules/.bin/node')
const started: ChildProcess[] = []

const start = (file: string, args: readonly string[], env: Record<string, string>): ChildProcess => {
  const path = join(import.meta.dirname, file)
  const stdio = ['ignore', 'pipe', 'inherit'] as const
  const child = spawn(node, [path, ...args], { env: { PATH: process.env['PATH'] ?? '', ...env }, stdio: [...stdio] })
  started.push(child)
  return child
}

const firstLine = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let text = ''
    child.on('exit', (code) => reject(new Error(`ended with ${code}`)))
    child.stdout?.setEncoding('utf8').on('data', (part: string) => {
      text += part
      if (text.includes('\n')) resolve(text.split('\n')[0] ?? '')
    })
  })

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })

let url = ''
const control = async <T>(method: string, path: string, body: object = {}): Promise<T> => {
  const init = method === 'GET' ? { method } : { method, body: JSON.stringify(body) }
  const response = await fetch(`${url}/_simulator/${path}`, init)
  if (!response.ok) throw new Error(await response.text())
  return (await response.json()) as T
}
const pause = (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, 100)
  })
const until = async (done: () => Promise<boolean>): Promise<void> => {
  for (let turn = 0; turn < 200; turn++) {
    if (await done()) return
    await pause()
  }
  throw new Error('never came')
}

beforeAll(async () => {
  const ready = JSON.parse(await firstLine(start('start.ts', [], {}))) as { url: string; env: Record<string, string> }
  url = ready.url
  const port = await freePort()
  start('approving-app.ts', [], {
    ...ready.env,
    PORT: String(port),
    HOST: '127.0.0.1',
    LOG_LEVEL: 'fatal',
    NODE_ENV: 'production',
  })
  await until(() =>
    fetch(`http://127.0.0.1:${port}/ping`).then(
      () => true,
      () => false,
    ),
  )
  await control('POST', 'webhook-url', { url: `http://127.0.0.1:${port}/api/github/webhooks` })
})
afterAll(() => {
  for (const child of started) child.kill('SIGKILL')
})

interface State {
  gates: Record<string, number>
  violations: string[]
  deliveries: Record<string, number>
}

test('an app in another process is asked, and answers', async () => {
  const { sha } = await control<{ sha: string }>('POST', 'commit', {
    repository: 'acme/shop',
    files: { Dockerfile: 'FROM node:24\n' },
  })
  const made = await control<{ run: number; sha: string }>('POST', 'deploy', {
    repository: 'acme/shop',
    environment: 'production',
  })
  expect(made.sha).toBe(sha)
  const state = (): Promise<State> => control<State>('GET', 'state')
  await until(async () => (await state()).gates['approved'] === 1)
  await control('POST', 'settled')
  const { violations, gates, deliveries } = await state()
  expect(violations).toEqual([])
  expect(gates).toEqual({ waiting: 0, approved: 1, rejected: 0 })
  expect(deliveries['200']).toBeGreaterThanOrEqual(4)
  const answers = await control<{ run: number; state: string; status: number }[]>('GET', 'answers')
  expect(answers).toMatchObject([{ run: made.run, state: 'approved', status: 204, environment: 'production' }])
})

test('scripts tell what happens, and see what came of it', async () => {
  const repository = 'acme/shop'
  const pull = await control<{ number: number; sha: string }>('POST', 'pull-request', { repository, files: { a: 'b' } })
  const { sha } = await control<{ sha: string }>('POST', 'push', { repository, number: pull.number, files: { a: 'c' } })
  expect(sha).not.toBe(pull.sha)
  await control('POST', 'comment', { repository, number: pull.number, user: 'ada', text: '/prodgate help' })
  const comments = await control<{ body: string }[]>('POST', 'comments', { repository, number: pull.number })
  expect(comments.map(({ body }) => body)).toEqual(['/prodgate help'])
  await expect(control('POST', 'push', { repository, number: 99, files: {} })).rejects.toThrow(/no pull request 99/)
  await expect(control('GET', 'nothing')).rejects.toThrow(/no GET/)
})
