import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Store } from '../../ports/store.ts'
import type { AppMetrics } from './metrics.ts'

/** How long a readiness probe waits for the database. Milliseconds. */
const patience = 2000

/** What the probes ask. */
export interface Probed {
  store: Pick<Store, 'ping'>
  metrics: AppMetrics
  /** False from the moment on at which the process is asked to stop. */
  accepting: () => boolean
  /** False when the queue is not there any more. */
  working: () => boolean
}

const within = <T>(time: number, work: Promise<T>): Promise<T> =>
  Promise.race([
    work,
    new Promise<never>((_, reject) => setTimeout(() => reject(new Error(`no answer in ${time} ms`)), time).unref()),
  ])

const readiness = async ({ store, accepting, working }: Probed): Promise<{ status: number; body: object }> => {
  if (!accepting()) return { status: 503, body: { status: 'stopping' } }
  if (!working()) return { status: 503, body: { status: 'not ready', queue: 'stopped' } }
  try {
    await within(patience, store.ping())
    return { status: 200, body: { status: 'ready' } }
  } catch {
    // The driver's message may name hosts and users; the log has it.
    return { status: 503, body: { status: 'not ready', database: 'does not answer' } }
  }
}

/**
 * Answers `/healthz` (the process lives), `/readyz` (database and queue are there) and `/metrics`.
 * @returns whether the request was one of these
 */
export const probes =
  (probed: Probed) =>
  async (request: IncomingMessage, response: ServerResponse): Promise<boolean> => {
    const path = request.url?.split('?')[0]
    const send = (status: number, type: string, body: string): true => {
      response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body)
      return true
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') return false
    if (path === '/healthz') return send(200, 'application/json', '{"status":"alive"}\n')
    if (path === '/readyz') {
      const { status, body } = await readiness(probed)
      return send(status, 'application/json', `${JSON.stringify(body)}\n`)
    }
    if (path !== '/metrics') return false
    try {
      return send(200, probed.metrics.contentType, await probed.metrics.text())
    } catch {
      return send(503, 'text/plain', 'the metrics could not be gathered\n')
    }
  }
