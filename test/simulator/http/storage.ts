import { randomBytes } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { GitHub } from '../github.ts'

const life = 60_000
type Content = () => Promise<Buffer> | Buffer

/** Where archives and artifacts are fetched from: another origin, by an address that is good for a minute. */
export class StorageServer {
  readonly #github: GitHub
  readonly #server: Server
  readonly #content = new Map<string, { name: string; until: number; type: string; make: Content }>()

  constructor(github: GitHub) {
    this.#github = github
    this.#server = createServer((request, response) => {
      const url = new URL(request.url ?? '/', 'http://storage')
      const kept = this.#content.get(url.searchParams.get('sig') ?? '')
      github.journal.request(`GET storage ${kept?.name ?? 'unknown'}`)
      const good = kept !== undefined && kept.until > Date.now()
      // The store of artifacts refuses an address that comes with another credential beside it.
      if (!good || request.headers.authorization !== undefined) {
        if (request.headers.authorization !== undefined) github.violate(`a token was sent to storage for ${kept?.name}`)
        response
          .writeHead(403, { 'content-type': 'application/xml' })
          .end('<Error><Code>AuthenticationFailed</Code></Error>')
        return
      }
      Promise.resolve(kept.make()).then(
        (bytes) =>
          response.writeHead(200, { 'content-type': kept.type, 'content-length': bytes.byteLength }).end(bytes),
        (error: unknown) => {
          github.violate(String(error))
          response.writeHead(500).end()
        },
      )
    })
  }

  /** Offers content for a minute; gives its address. */
  offer(name: string, type: string, make: Content): string {
    const now = Date.now()
    for (const [key, { until }] of this.#content) if (until <= now) this.#content.delete(key)
    const signature = randomBytes(16).toString('hex')
    this.#content.set(signature, { name, type, make, until: now + life })
    return `${this.#github.urls.storage}/${name}?sig=${signature}`
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => {
      this.#server.listen(0, '127.0.0.1', resolve)
    })
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => {
      this.#server.close(resolve)
    })
  }
}
