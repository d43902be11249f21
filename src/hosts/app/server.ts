import type { IncomingMessage, ServerResponse } from 'node:http'
import { Probot, Server } from 'probot'
import type { Clock } from '../../ports/clock.ts'
import type { Log } from '../../ports/log.ts'
import type { Metrics } from '../../ports/metrics.ts'
import type { Store } from '../../ports/store.ts'
import { boundBodies } from './bodies.ts'
import { libraryLog } from './log.ts'
import { receive } from './receive.ts'

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>

/** What the web part needs. Probot reads its own variables. */
export interface Web {
  appId: number
  privateKey: string
  secret: string
  baseUrl: string
  port: number
  host: string
  store: Pick<Store, 'deliveries'>
  clock: Clock
  metrics: Metrics
  log: Log
  /** False for a process that only works: it has its probes and takes no delivery. */
  webhooks: boolean
  /** The probes. */
  handlers: readonly Handler[]
}

/** A request that is still open when the process stops gets this long. Milliseconds. */
const lastRequests = 5000

/**
 * Starts to listen: webhooks at `/api/github/webhooks`, verified by Probot, and whatever the handlers answer. Every event is
 * kept before it is acknowledged, those that nobody handles yet included.
 */
export const startServer = async (web: Web): Promise<{ port: number; stop(): Promise<void> }> => {
  const { appId, privateKey, secret, baseUrl, store, clock, metrics, log } = web
  const server = new Server({
    port: web.port,
    host: web.host,
    webhookPath: '/api/github/webhooks',
    enableStaticFiles: false,
    log: libraryLog(),
    Probot: Probot.defaults({ appId, privateKey, secret, baseUrl }),
  })
  await server.load((app, { addHandler }) => {
    for (const handler of web.handlers) addHandler(handler)
    if (!web.webhooks) {
      // Who sends webhooks here has to hear that they are not kept.
      app.onAny(() => Promise.reject(new Error('this process only works: PRODGATE_ROLE is worker')))
      return
    }
    app.onAny(async ({ id, name, payload }) => {
      const started = clock.now().getTime()
      try {
        const outcome = await receive({ id, name, payload }, store, clock)
        metrics.delivery(name, outcome)
        metrics.acknowledged((clock.now().getTime() - started) / 1000)
      } catch (error) {
        metrics.delivery(name, 'refused')
        log.error({ err: error, delivery: id, event: name }, 'a delivery was not kept')
        throw error
      }
    })
  })
  const http = await server.start()
  boundBodies(http)
  return {
    port: server.port,
    stop: async () => {
      const closing = setTimeout(() => http.closeAllConnections(), lastRequests)
      http.closeIdleConnections()
      await server.stop()
      clearTimeout(closing)
    },
  }
}
