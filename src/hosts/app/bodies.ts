import type { IncomingMessage, Server, ServerResponse } from 'node:http'

/** GitHub sends no larger payload. Bytes. */
const maxBody = 25 * 1024 * 1024

/** So much of all requests together is in memory before anybody knows who sent it. Bytes. */
const maxTogether = 256 * 1024 * 1024

/** GitHub itself gives up after ten seconds, an Enterprise Server after thirty. Milliseconds. */
const longestRequest = 30_000

type Listener = (request: IncomingMessage, response: ServerResponse) => void

/** Why a request is not read: its status. */
const refusal = ({ headers, method }: IncomingMessage, open: number): number | undefined => {
  if (method === 'GET' || method === 'HEAD') return undefined
  const length = Number(headers['content-length'] ?? Number.NaN)
  // GitHub always says how long a payload is; who does not say may send for ever.
  if (!Number.isSafeInteger(length)) return 411
  if (length > maxBody) return 413
  return open + length > maxTogether ? 503 : undefined
}

/**
 * Bounds what strangers can have the server keep: a payload is read whole before its signature is looked at. Node itself ends a
 * request that sends more than it says.
 */
export const boundBodies = (server: Server): void => {
  server.requestTimeout = longestRequest
  server.headersTimeout = longestRequest / 3
  const listeners = server.listeners('request') as Listener[]
  server.removeAllListeners('request')
  let open = 0
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const status = refusal(request, open)
    if (status !== undefined) {
      response.writeHead(status, { connection: 'close' }).end()
      request.socket.destroySoon()
      return
    }
    const length = Number(request.headers['content-length'] ?? 0)
    open += length
    response.once('close', () => (open -= length))
    for (const listener of listeners) listener.call(server, request, response)
  })
}
