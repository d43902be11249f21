import type { Memory } from '../../ports/store.ts'
import type { Database } from './sql.ts'

/** JSON by kind and key, in the database. What is not asked for any more is pruned. */
export const memory = (database: Database): Memory => {
  const get = async (kind: string, key: string): Promise<unknown> => {
    const [row] = await database.query('select value from prodgate.memory where kind = $1 and key = $2', [kind, key])
    return row === undefined ? undefined : (JSON.parse(String(row['value'])) as unknown)
  }
  return {
    get,
    put: async (kind, key, value) => {
      await database.query(
        `insert into prodgate.memory (kind, key, value) values ($1, $2, $3)
         on conflict (kind, key) do update set value = excluded.value, used_at = now()`,
        [kind, key, JSON.stringify(value)],
      )
    },
    claim: async (kind, key, value) => {
      await database.query(
        'insert into prodgate.memory (kind, key, value) values ($1, $2, $3) on conflict (kind, key) do nothing',
        [kind, key, JSON.stringify(value)],
      )
      return await get(kind, key)
    },
    add: async (kind, key, item) => {
      await database.query(
        `insert into prodgate.memory as kept (kind, key, value) values ($1, $2, jsonb_build_array($3::bigint)::text)
         on conflict (kind, key) do update set used_at = now(), value = case
           when kept.value::jsonb @> excluded.value::jsonb then kept.value
           else (kept.value::jsonb || excluded.value::jsonb)::text end`,
        [kind, key, item],
      )
    },
    forget: async (kind, key) => {
      await database.query('delete from prodgate.memory where kind = $1 and key = $2', [kind, key])
    },
  }
}
