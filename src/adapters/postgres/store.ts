import type { Store } from '../../ports/store.ts'
import { deliveries } from './deliveries.ts'
import { gates } from './gates.ts'
import { memory } from './memory.ts'
import { migrate } from './migrations.ts'
import type { JobQueue } from './queue.ts'
import { signOffs } from './sign-offs.ts'
import type { Database } from './sql.ts'

const day = 86_400_000

/** What goes, by table: its key, what of it, and after how many days. A statement that names the condition of an index uses it. */
const prunes: readonly (readonly [table: string, key: string, where: string, days: number])[] = [
  // GitHub can redeliver for three days, GHES for seven; until then a GUID has to be known.
  ['deliveries', 'guid', 'received_at < $1', 8],
  // A verdict holds until the day's end, and is the largest thing that is kept; each commit may have a history of its own.
  ['memory', '(kind, key)', "used_at < $1 and kind in ('verdict', 'base', 'history')", 2],
  // Pull requests do not sleep longer than this.
  ['memory', '(kind, key)', 'used_at < $1', 60],
  ['gates', 'id', "requested_at < $1 and state = 'answered'", 400],
]

/** So much at once, and so often, so that no statement takes long; the rest goes the next time. */
const rowsAtOnce = 1000
const most = 50

const pruneTable = async (
  database: Database,
  { table, key, where, before }: { table: string; key: string; where: string; before: Date },
): Promise<void> => {
  const columns = key.replaceAll(/[()]/g, '')
  for (let times = 0; times < most; times++) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other is the point
    const gone = await database.query(
      `delete from prodgate.${table} where ${key} in (select ${columns} from prodgate.${table} where ${where} limit ${rowsAtOnce}) returning 1 as one`,
      [before.toISOString()],
    )
    if (gone.length < rowsAtOnce) return
  }
}

/** Everything that the App has to remember, in one database. Brings its schema up to date. */
export const openStore = async (database: Database, queue: Pick<JobQueue, 'sendWithin'>): Promise<Store> => {
  await migrate(database)
  return {
    deliveries: deliveries(database, (guids, sql) =>
      queue.sendWithin(
        'delivery',
        guids.map((guid) => ({ job: { guid }, key: guid })),
        sql,
      ),
    ),
    gates: gates(database),
    signOffs: signOffs(database),
    memory: memory(database),
    prune: async (now) => {
      for (const [table, key, where, keep] of prunes)
        // oxlint-disable-next-line no-await-in-loop -- one after the other
        await pruneTable(database, { table, key, where, before: new Date(now.getTime() - keep * day) })
    },
    ping: async () => {
      await database.query('select 1 as alive', [])
    },
  }
}
