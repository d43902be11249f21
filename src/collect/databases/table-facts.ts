import type { Sink } from '../collector.ts'
import { columnsOf, opennessOf } from './conditions.ts'
import type { MigrationName } from './migrations.ts'
import type { Policy, Schema, Table } from './schema.ts'
import type { World } from './world.ts'

/** What columns that tell tenants apart are called. A user's own rows are another matter. */
const tenantColumns =
  /^(?:tenant|org|organi[sz]ation|account|workspace|company|team|customer_account|store|clinic|practice|site)_?(?:id|uuid)$/i

const logName = /(?:^|[_.])(?:aud|audit|audits|log|logs|history|events?|revisions?)(?:$|_)|_aud$|audit/i
const trustedRole = /service|admin|postgres|owner|superuser|migrat|backup|internal|worker|system|bypass|root/i

/** The tenant columns that policies of these migrations really decide by. */
const isolatingColumns = (schema: Schema): Set<string> => {
  const found = new Set<string>()
  for (const table of schema.tables.values())
    for (const { using, check } of table.rowSecurity === undefined ? [] : table.policies.values())
      for (const column of [...columnsOf(using), ...columnsOf(check)])
        if (tenantColumns.test(column) && table.columns.has(column)) found.add(column)
  return found
}

const commands = ['all', 'select', 'insert', 'update', 'delete'] as const

const policyFact = (table: Table, policy: Policy, tenantColumn: string | undefined, sink: Sink): void => {
  const using = opennessOf(policy.using)
  const check = opennessOf(policy.check)
  const opens = using === 'no' ? check : using
  const roles = policy.roles.filter((role) => role !== 'public')
  sink.fact({
    kind: 'databases.policy',
    subject: `policy ${policy.name} on ${table.name}`,
    place: policy.place,
    value: {
      name: policy.name,
      table: table.name,
      command: commands.find((command) => command === policy.command) ?? 'all',
      permissive: policy.permissive,
      roles,
      opens,
      part: opens === 'no' ? 'none' : using === 'no' ? 'check' : 'using',
      ...(tenantColumn === undefined ? {} : { tenantColumn }),
      narrowed: [...table.policies.values()].some(({ permissive }) => !permissive),
      trusted: roles.length > 0 && roles.every((role) => trustedRole.test(role)),
      log: logName.test(table.name),
    },
  })
}

const securesRows = /row\s+level\s+security/i

/** `FOREACH t IN ARRAY ARRAY['shops', 'orders'] LOOP EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t)`. */
const applyDynamic = (schema: Schema, dynamic: readonly string[]): boolean => {
  let unknown = false
  for (const text of dynamic) {
    if (!securesRows.test(text)) continue
    const named = [...text.matchAll(/'([\w.]{1,130})'/g)].flatMap(([, name = '']) => schema.find(name) ?? [])
    if (named.length === 0) unknown = true
    for (const table of named) {
      table.rowSecurity ??= table.place
      if (/force\s+row\s+level/i.test(text)) table.forced = true
    }
  }
  return unknown
}

/** Facts of every table and policy that a sequence of migrations leaves. */
export const tableFacts = (
  schema: Schema,
  { tool, set }: MigrationName,
  dynamicTexts: readonly string[],
  world: World,
  sink: Sink,
): void => {
  const dynamic = applyDynamic(schema, dynamicTexts)
  const isolating = isolatingColumns(schema)
  const tables = [...schema.tables.values()]
  const isolatedTables = tables.filter(({ rowSecurity }) => rowSecurity !== undefined).length
  const forcedTables = tables.filter(({ forced }) => forced).length
  // Spring runs Flyway with the application's own login unless it is given another.
  const ownedByApplication = tool === 'Flyway' && /(?:^|\/)src\/main\/resources\//.test(set) && !world.migrationLogin
  for (const table of tables) {
    const tenantColumn = [...table.columns.keys()].find((column) => isolating.has(column))
    const column = tenantColumn === undefined ? undefined : table.columns.get(tenantColumn)
    sink.fact({
      kind: 'databases.table',
      subject: `table ${table.name}`,
      place: table.place,
      places: {
        tenantColumn: column ?? table.place,
        rowSecurity: table.rowSecurity ?? table.place,
      },
      value: {
        name: table.name,
        migrations: set,
        tool,
        ...(tenantColumn === undefined ? {} : { tenantColumn }),
        isolatedTables,
        rowSecurity: table.rowSecurity !== undefined,
        forced: table.forced,
        forcedTables,
        policies: table.policies.size,
        partition: table.partition,
        dynamic,
        ownedByApplication,
      },
    })
    if (table.rowSecurity === undefined) continue
    for (const policy of table.policies.values()) policyFact(table, policy, tenantColumn, sink)
  }
}
