import type { Store } from '../../ports/store.ts'
import { deliveries } from './deliveries.ts'
import { gates } from './gates.ts'
import { memory } from './memory.ts'
import { migrate } from './migrations.ts'
import type { JobQueue } from './queue.ts'
import { signOffs } from './sign-offs.ts'
import type { Database } from './sql.ts'

/** GitHub can redeliver for three days, GHES for seven; until then a GUID has to be known. */
const keepDeliveries = '8 days'

/** Pull requests and gates do not sleep longer than this. */
const keepMemory = '60 days'
const keepGates = '400 days'

/** Everything that the App has to remember, in one database. Brings its schema up to date. */
export const openStore = async (database: Database, queue: Pick<JobQueue, 'sendWithin'>): Promise<Store> => {
  await migrate(database)
  return {
    deliveries: deliveries(database, (guids, sql) =>
      queue.sendWithin(
        'delivery',
        guids.map((guid) => ({ guid })),
        sql,
      ),
    ),
    gates: gates(database),
    signOffs: signOffs(database),
    memory: memory(database),
    prune: async (now) => {
      const at = now.toISOString()
      await database.query(
        `delete from prodgate.deliveries where handled_at is not null and received_at < $1::timestamptz - $2::interval`,
        [at, keepDeliveries],
      )
      await database.query('delete from prodgate.memory where used_at < $1::timestamptz - $2::interval', [
        at,
        keepMemory,
      ])
      await database.query(
        `delete from prodgate.gates where state = 'answered' and requested_at < $1::timestamptz - $2::interval`,
        [at, keepGates],
      )
    },
    ping: async () => {
      await database.query('select 1 as alive', [])
    },
  }
}
