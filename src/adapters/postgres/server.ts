import { setTimeout as pause } from 'node:timers/promises'
import { Client, Pool } from 'pg'
import type { Database, Sql } from './sql.ts'

/** A statement that takes longer is ended by the server. Milliseconds. */
const statementTimeout = 15_000

const asSql = (client: { query(text: string, values?: unknown[]): Promise<unknown> }): Sql => ({
  query: async (text, parameters) => {
    const result = await (parameters === undefined ? client.query(text) : client.query(text, [...parameters]))
    // Several statements in one text give a list of results.
    const results = (Array.isArray(result) ? result : [result]) as { rows?: Record<string, unknown>[] }[]
    return results.flatMap(({ rows = [] }) => rows)
  },
})

/** Keeps one session for notifications, and makes a new one when it is lost. */
const listenTo = (url: string) => {
  return async (channel: string, notified: (payload: string) => void, again: () => void) => {
    let closed = false
    let client: Client | undefined
    const connect = async (): Promise<void> => {
      const fresh = new Client({ connectionString: url, application_name: 'prodgate-listen', keepAlive: true })
      fresh.on('notification', ({ payload = '' }) => notified(payload))
      fresh.on('error', () => undefined) // `end` follows
      fresh.on('end', () => void reconnect())
      await fresh.connect()
      await fresh.query(`listen "${channel.replaceAll('"', '""')}"`)
      client = fresh
      again()
    }
    const reconnect = async (): Promise<void> => {
      for (let wait = 500; ; wait = Math.min(wait * 2, 10_000))
        try {
          // oxlint-disable-next-line no-await-in-loop -- one attempt after the other
          await pause(wait, undefined, { ref: false })
          if (closed) return
          // oxlint-disable-next-line no-await-in-loop -- as above
          return await connect()
        } catch {
          // polling goes on meanwhile
        }
    }
    await connect()
    return {
      close: async () => {
        closed = true
        await client?.end()
      },
    }
  }
}

/**
 * A PostgreSQL server.
 * @param url `postgres://user:password@host:port/database`
 * @param connections how many at the most, the one for notifications not counted
 */
export const postgresServer = (url: string, connections = 10): Database => {
  const pool = new Pool({
    connectionString: url,
    max: connections,
    application_name: 'prodgate',
    statement_timeout: statementTimeout,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
  })
  // An idle connection that the server closes is replaced at the next statement.
  pool.on('error', () => undefined)
  return {
    kind: 'postgres',
    ...asSql(pool),
    transaction: async (work) => {
      const client = await pool.connect()
      let broken: Error | undefined
      try {
        await client.query('begin')
        const value = await work(asSql(client))
        await client.query('commit')
        return value
      } catch (error) {
        await client.query('rollback').catch((failure: Error) => (broken = failure))
        throw error
      } finally {
        client.release(broken)
      }
    },
    listen: listenTo(url),
    close: () => pool.end(),
  }
}
