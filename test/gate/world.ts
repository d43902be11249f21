import { rules as builtin } from 'builtin-rules'
import { MemoryForge, type MemoryRepository } from '../../src/adapters/memory/forge.ts'
import { memoryWorkspace } from '../../src/adapters/memory/memory.ts'
import { MemoryQueue } from '../../src/adapters/memory/queue.ts'
import { MemoryStore } from '../../src/adapters/memory/store.ts'
import { jobHandlers } from '../../src/gate/handlers.ts'
import type { GateWorld } from '../../src/gate/world.ts'
import { answerQuestion, type OpenArchives } from '../../src/judge-question.ts'
import type { JobHandlers } from '../../src/ports/queue.ts'

const used = new Set(['containers/base-image-tag', 'tests/all-pass', 'tests/no-collapse'])

/** Enough to decide by: one that reads files, one that asks evidence, one that compares it with the last. */
export const rules = builtin.filter(({ id }) => used.has(id))

export const shaOf = (word: string): string =>
  Array.from({ length: 40 }, (_, index) => ((word.charCodeAt(index % word.length) + index) % 16).toString(16)).join('')

export const till = { id: 7, owner: 'acme', name: 'till', installation: 3 }

const repository = {
  id: 7,
  name: 'till',
  default_branch: 'main',
  owner: { login: 'acme' },
}
export const about = { repository, installation: { id: 3 }, sender: { login: 'ada', type: 'User' } }

export const good = { Dockerfile: 'FROM node:24.1.0\n' }
export const bad = { Dockerfile: 'FROM node\n' }

/** A policy that asks for a tag, and of each environment what is given. */
export const policy = (environment = '{ names: [prod-*], minimum-score: 0 }', more = ''): string => `version: 1
extends: []
environments:
  production: ${environment}
rules:
  containers/base-image-tag: high
${more}`

export const withTests = (environment?: string): string => policy(environment, '  tests/all-pass: high\n')

/** An archive of these tests: the files of its JSON. */
const openArchives: OpenArchives = (archives) => {
  const files: Record<string, Uint8Array> = {}
  for (const { name, content } of archives)
    if ('bytes' in content)
      for (const [path, text] of Object.entries(JSON.parse(new TextDecoder().decode(content.bytes)) as object))
        files[`${name}/${path}`] = new TextEncoder().encode(String(text))
  return Promise.resolve(memoryWorkspace(files))
}

export interface TestWorld extends GateWorld {
  app: MemoryForge
  store: MemoryStore
  queue: MemoryQueue
  time: number
  shop: MemoryRepository
  handlers: JobHandlers
  /** Each line that was logged. */
  lines: string[]
  /** What judging throws, where it is to fail. */
  broken: Error | undefined
  judged: number
  deliver(event: string, payload: object, guid?: string): Promise<void>
  /** Does all jobs that are due. */
  settle(): Promise<void>
  /** Lets time pass. Milliseconds. */
  pass(time: number): void
}

/** A repository `acme/till` with a commit on main, the law as given, and an App that knows nothing yet. */
export const testWorld = (law: string | undefined = policy(), head: Record<string, string> = good): TestWorld => {
  const app = new MemoryForge()
  const queue = new MemoryQueue()
  const store = new MemoryStore((guid) => void queue.send('delivery', { guid }))
  const shop = app.repository(till.id)
  const main = shaOf('main')
  shop.commits[main] = { ...head, ...(law === undefined ? {} : { '.github/prodgate.yml': law }) }
  shop.branches['main'] = main
  shop.permissions['ada'] = 'admin'
  const lines: string[] = []
  const log = (fields: Record<string, unknown>, message: string): void => {
    const { err } = fields
    lines.push(`${message} ${err instanceof Error ? err.message : JSON.stringify(fields)}`)
  }
  const none = (): void => undefined
  const metrics = { delivery: none, acknowledged: none, verdict: none, judged: none, answer: none, answered: none }
  let count = 0
  const world: TestWorld = {
    app,
    queue,
    store,
    shop,
    lines,
    time: Date.parse('2026-11-18T10:00:00Z'),
    broken: undefined,
    judged: 0,
    clock: { now: () => new Date(world.time) },
    log: { info: log, warn: log, error: log },
    metrics: { ...metrics, apiCall: none, remaining: none },
    judge: {
      judge: async (ask) => {
        const question = await ask()
        if (world.broken !== undefined) throw world.broken
        world.judged++
        // What goes to a thread has to be plain data.
        return await answerQuestion(structuredClone(question), { rules, version: '1.2.3', openArchives })
      },
    },
    rules,
    version: '1.2.3',
    webUrl: 'https://github.com',
    rulesDigest: 'one',
    handlers: {
      delivery: undefined,
      judge: undefined,
      gate: undefined,
      reconcile: undefined,
      pulls: undefined,
    } as unknown as JobHandlers,
    deliver: async (event, payload, guid = `guid-${++count}`) => {
      const action = 'action' in payload ? String(payload.action) : null
      await store.deliveries.receive({
        guid,
        event,
        action,
        payload: { ...about, ...payload },
        receivedAt: world.clock.now(),
      })
    },
    settle: () => queue.all(world.handlers, () => world.clock.now()),
    pass: (time) => {
      world.time += time
    },
  }
  world.handlers = jobHandlers(world)
  return world
}

/** The event of a pull request whose head is a commit. */
export const pullEvent = (sha: string, action = 'opened', more: object = {}): object => ({
  action,
  pull_request: {
    number: 1,
    state: 'open',
    draft: false,
    updated_at: '2026-11-18T09:00:00Z',
    head: { sha, repo: null },
    base: { ref: 'main' },
    ...more,
  },
})

/** A deployment's request. */
export const deploymentEvent = (sha: string, more: object = {}): object => ({
  action: 'requested',
  environment: 'production',
  event: 'push',
  sha,
  ref: 'refs/heads/main',
  deployment_callback_url: 'https://api.github.com/repos/acme/till/actions/runs/55/deployment_protection_rule',
  deployment: { id: 1, sha },
  ...more,
})

/** A run of the test workflow. */
export const run = (id: number, sha: string, status = 'completed') => ({
  id,
  attempt: 1,
  sha,
  workflow: '.github/workflows/test.yml',
  event: 'push',
  status,
  conclusion: status === 'completed' ? 'success' : null,
  createdAt: '2026-11-18T09:00:00Z',
  sameRepository: true,
})

/** A commit with files on a branch of its own. */
export const commit = (world: TestWorld, word: string, files: Record<string, string>): string => {
  const sha = shaOf(word)
  world.shop.commits[sha] = files
  world.shop.mergeBases[sha] = shaOf('main')
  return sha
}

const junit =
  '<testsuites><testsuite name="till" tests="1"><testcase classname="till" name="opens"/></testsuite></testsuites>'

/** Test results, as an artifact of a run. */
export const artifact = (id: number, text = junit) => {
  const bytes = new TextEncoder().encode(JSON.stringify({ 'junit.xml': text }))
  return { id, name: 'results', size: bytes.length, createdAt: '2026-11-18T09:00:00Z', expired: false, bytes }
}
