import { setTimeout as pause } from 'node:timers/promises'
import { rules } from 'builtin-rules'
import { apiUrl } from '../../adapters/github/app-octokit.ts'
import { appForge } from '../../adapters/github/app-forge.ts'
import { embeddedPostgres } from '../../adapters/postgres/embedded.ts'
import { startQueue } from '../../adapters/postgres/queue.ts'
import { postgresServer } from '../../adapters/postgres/server.ts'
import { openStore } from '../../adapters/postgres/store.ts'
import { digestOf } from '../../core/fingerprint.ts'
import { jobHandlers } from '../../gate/handlers.ts'
import { reconcile } from '../../gate/reconcile.ts'
import type { GateWorld } from '../../gate/world.ts'
import type { Log } from '../../ports/log.ts'
import { version } from '../version.ts'
import { threadedJudge } from './judge.ts'
import { appMetrics } from './metrics.ts'
import { probes } from './probes.ts'
import { selfTest } from './self-test.ts'
import { startServer } from './server.ts'
import type { Settings } from './settings.ts'

/** The longest pause inside one request to GitHub; what takes longer puts its job off. Milliseconds. */
const patience = 10_000

/** How often what was granted is looked at again, so that a grant ends its alert. Milliseconds. */
const selfTestEvery = 3_600_000

/** The longest that one call of GitHub may take with all its attempts. Milliseconds. */
const deadline = 60_000

export interface AppInput {
  settings: Settings
  env: Readonly<Record<string, string | undefined>>
  appId: number
  privateKey: string
  log: Log
}

const webUrlOf = ({ GHE_HOST, GHE_PROTOCOL }: AppInput['env']): string =>
  GHE_HOST === undefined || GHE_HOST === '' ? 'https://github.com' : `${GHE_PROTOCOL || 'https'}://${GHE_HOST}`

/** Starts what the settings ask of this process: to receive, to work, or both. Resolves when it is ready. */
export const startApp = async (input: AppInput): Promise<{ port: number; stop(): Promise<void> }> => {
  const { settings, env, appId, privateKey, log } = input
  const baseUrl = apiUrl({ GHE_HOST: env['GHE_HOST'] ?? '', GHE_PROTOCOL: env['GHE_PROTOCOL'] ?? '' })
  const clock = { now: () => new Date() }
  const database =
    settings.databaseUrl === undefined
      ? await embeddedPostgres(settings.dataFolder)
      : postgresServer(settings.databaseUrl)
  const queue = await startQueue(database, log)
  const store = await openStore(database, queue)
  const metrics = appMetrics(queue)
  const app = appForge({
    appId,
    privateKey,
    baseUrl,
    patience,
    deadline,
    observe: ({ route, status, remaining }) => {
      metrics.apiCall(route, status)
      if (remaining !== undefined) metrics.remaining(remaining)
    },
  })
  const judge = threadedJudge(settings, metrics)
  const rulesDigest = digestOf(`${version}\n${JSON.stringify(rules)}`)
  const world: GateWorld = {
    app,
    store,
    queue,
    clock,
    log,
    metrics,
    judge,
    rules,
    version,
    webUrl: webUrlOf(env),
    rulesDigest,
  }
  const stopped = new AbortController()
  let accepting = true
  const probe = probes({ store, metrics, accepting: () => accepting, working: () => !stopped.signal.aborted })
  const server = await startServer({
    appId,
    privateKey,
    secret: env['WEBHOOK_SECRET'] ?? '',
    baseUrl,
    port: Number(env['PORT'] || 3000),
    host: env['HOST'] || '0.0.0.0',
    store,
    clock,
    metrics,
    log,
    webhooks: settings.role !== 'worker',
    handlers: [probe],
  })
  if (settings.role !== 'web') {
    await queue.work(jobHandlers(world))
    // What was lost while nobody was here does not wait for the next minute, nor what was begun the moment before.
    for (const wait of [0, 12_000, 24_000])
      void pause(wait, undefined, { signal: stopped.signal, ref: false })
        .then(() => reconcile(world, stopped.signal))
        .catch((error: unknown) => stopped.signal.aborted || log.error({ err: error }, 'reconciling failed'))
  }
  const test = (): void =>
    void selfTest(app, log, metrics).catch((error: unknown) => log.error({ err: error }, 'the self-test failed'))
  const testing = settings.role === 'web' ? undefined : setInterval(test, selfTestEvery)
  if (testing !== undefined) test()
  log.info({ role: settings.role, port: server.port, database: database.kind, version }, 'Prodgate is ready')
  return {
    port: server.port,
    stop: async () => {
      accepting = false
      clearInterval(testing)
      await server.stop()
      await queue.stop(settings.stopMilliseconds)
      stopped.abort()
      await judge.close()
      await database.close()
    },
  }
}
