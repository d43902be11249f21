import type { Deliveries, Delivery } from '../../ports/store.ts'
import type { Database, Sql } from './sql.ts'

/** Deliveries that one transaction takes at the most. */
const maxBatch = 100

interface Waiting {
  delivery: Delivery
  resolve: (outcome: 'new' | 'known') => void
  reject: (error: unknown) => void
}

const insert = async (sql: Sql, batch: readonly Delivery[]): Promise<Set<string>> => {
  const rows = await sql.query(
    `insert into prodgate.deliveries (guid, event, action, payload, received_at)
     select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::timestamptz[])
     on conflict (guid) do nothing returning guid`,
    [
      batch.map(({ guid }) => guid),
      batch.map(({ event }) => event),
      batch.map(({ action }) => action),
      batch.map(({ payload }) => JSON.stringify(payload)),
      batch.map(({ receivedAt }) => receivedAt.toISOString()),
    ],
  )
  return new Set(rows.map(({ guid }) => String(guid)))
}

/**
 * Deliveries in the database. Those that arrive while a transaction is under way share the next one: the disk is asked to
 * sync once for all of them.
 * @param queue adds the jobs of new deliveries in the same transaction
 */
export const deliveries = (
  database: Database,
  queue: (guids: readonly string[], sql: Sql) => Promise<void>,
): Deliveries => {
  const waiting: Waiting[] = []
  let busy = false

  const write = async (batch: readonly Waiting[]): Promise<void> => {
    // The same GUID twice in one statement would be two rows to insert.
    const distinct = [...new Map(batch.map(({ delivery }) => [delivery.guid, delivery])).values()]
    try {
      const fresh = await database.transaction(async (sql) => {
        const guids = await insert(sql, distinct)
        if (guids.size > 0) await queue([...guids], sql)
        return guids
      })
      for (const { delivery, resolve } of batch) resolve(fresh.delete(delivery.guid) ? 'new' : 'known')
    } catch (error) {
      for (const { reject } of batch) reject(error)
    }
  }

  const drain = async (): Promise<void> => {
    if (busy) return
    busy = true
    // oxlint-disable-next-line no-await-in-loop -- one transaction after the other is the point
    while (waiting.length > 0) await write(waiting.splice(0, maxBatch))
    busy = false
  }

  return {
    receive: (delivery) =>
      new Promise((resolve, reject) => {
        waiting.push({ delivery, resolve, reject })
        void drain()
      }),
    get: async (guid) => {
      const [row] = await database.query('select * from prodgate.deliveries where guid = $1', [guid])
      if (row === undefined) return undefined
      const { event, action, payload, received_at: receivedAt } = row
      return {
        guid,
        event: String(event),
        action: action as string | null,
        payload: JSON.parse(String(payload)) as unknown,
        receivedAt: receivedAt as Date,
      }
    },
    handled: async (guid) => {
      await database.query('update prodgate.deliveries set handled_at = now() where guid = $1 and handled_at is null', [
        guid,
      ])
    },
    known: async (guids) => {
      const rows = await database.query('select guid from prodgate.deliveries where guid = any($1::text[])', [guids])
      return new Set(rows.map(({ guid }) => String(guid)))
    },
    unhandled: async (after, before) => {
      const rows = await database.query(
        `select guid, received_at from prodgate.deliveries
         where handled_at is null and received_at >= $1 and received_at < $2 order by received_at desc limit 1000`,
        [after.toISOString(), before.toISOString()],
      )
      return rows.map(({ guid, received_at: receivedAt }) => ({ guid: String(guid), receivedAt: receivedAt as Date }))
    },
  }
}
