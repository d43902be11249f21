import { AsyncLocalStorage } from 'node:async_hooks'
import { mkdirSync } from 'node:fs'
import { PGlite } from '@electric-sql/pglite'
import type { Database, Sql } from './sql.ts'

interface Session {
  query(text: string, parameters?: unknown[]): Promise<{ rows: unknown[] }>
  exec(text: string): Promise<{ rows: unknown[] }[]>
}

const asSql = (session: Session): Sql => ({
  query: async (text, parameters) => {
    // Several statements in one text are only taken without parameters.
    const results = parameters === undefined ? await session.exec(text) : [await session.query(text, [...parameters])]
    return results.flatMap(({ rows }) => rows) as Record<string, unknown>[]
  },
})

/** The embedded PostgreSQL, in a folder of its own or, without one, in memory. One process may open a folder at a time. */
export const embeddedPostgres = async (folder?: string): Promise<Database> => {
  if (folder !== undefined) mkdirSync(folder, { recursive: true, mode: 0o700 })
  const lite = await PGlite.create(folder === undefined ? {} : { dataDir: folder })
  // There is one session: who asks it inside a transaction without naming it would wait for himself.
  const inside = new AsyncLocalStorage<Sql>()
  return {
    kind: 'pglite',
    query: async (text, parameters) => {
      const transaction = inside.getStore()
      if (transaction !== undefined) return await transaction.query(text, parameters)
      try {
        return await asSql(lite).query(text, parameters)
      } catch (error) {
        // One that fails inside pg-boss's own `begin … commit` leaves the session in a failed transaction.
        if (parameters === undefined) await lite.exec('rollback').catch(() => undefined)
        throw error
      }
    },
    transaction: (work) =>
      lite.transaction((session) => {
        const sql = asSql(session)
        return inside.run(sql, () => work(sql))
      }),
    listen: async (channel, notified, again) => {
      const close = await lite.listen(channel, notified)
      again()
      return { close: () => close() }
    },
    close: () => lite.close(),
  }
}
