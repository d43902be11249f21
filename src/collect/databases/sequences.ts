import { startOf } from '../../core/facts/place.ts'
import type { Sink } from '../collector.ts'
import { defined } from '../shape.ts'
import { changeFacts } from './changes.ts'
import { compareVersions, forwardPart, isOtherDialect } from './migrations.ts'
import { Schema } from './schema.ts'
import { seedFacts } from './seeds.ts'
import type { SqlParser } from './sql/parser.ts'
import { readScript, type Script } from './sql/statements.ts'
import { tableFacts } from './table-facts.ts'
import { UseOrder, type EarlyUse } from './uses.ts'
import type { World } from './world.ts'

type Migration = World['migrations'][number]

/** What all migrations of the repository make together. */
export interface Outcome {
  /** How many tables have row level security. */
  policied: number
  schemas: Schema[]
}

export const emptyOutcome = (): Outcome => ({ policied: 0, schemas: [] })

const ordered = (list: readonly Migration[]): Migration[] =>
  [...list].sort((a, b) => {
    if (a.name.version === undefined || b.name.version === undefined)
      return Number(a.name.version === undefined) - Number(b.name.version === undefined) || (a.path < b.path ? -1 : 1)
    return compareVersions(a.name.version, b.name.version) || (a.path < b.path ? -1 : 1)
  })

/** Migrations by the folder that makes them one sequence. */
const sequencesOf = (world: World): Map<string, Migration[]> => {
  const sets = new Map<string, Migration[]>()
  for (const migration of world.migrations) {
    if (migration.name.down) continue
    const key = `${migration.name.tool === 'Supabase' ? 'numbered' : migration.name.tool} ${migration.name.set}`
    const list = sets.get(key)
    if (list === undefined) sets.set(key, [migration])
    else list.push(migration)
  }
  return sets
}

const matters = /row\s+level\s+security|\bpolicy\b|create\s+table/i

/** Says what could not be read. A table or a policy that is missing from the picture holds rules up; the rest does not. */
const reportUnread = (script: Script, template: boolean, sink: Sink): void => {
  const [first] = script.unread
  if (first === undefined) return
  const blocks = !template && script.unread.some(({ text }) => matters.test(text))
  const count = script.unread.length
  const what = count === 1 ? 'a statement' : `${count} statements`
  sink.unjudged(first.place, 'sql', `${what} could not be read as PostgreSQL: ${first.reason}`, {
    blocks,
    repairable: !template,
  })
}

/** Tools that keep the version alone, and stop at two migrations that share it. */
const isStrict = ({ name, path, text }: Migration): boolean =>
  name.tool === 'Flyway' || name.tool === 'Supabase' || path.endsWith('.up.sql') || forwardPart(text).both

const emitMigrations = (list: readonly Migration[], early: ReadonlyMap<string, EarlyUse>, sink: Sink): void => {
  const seen = new Map<string, string>()
  for (const migration of list) {
    const { path, name } = migration
    if (name.version === undefined) continue
    const version = name.version.join('.')
    // Folders below Flyway's own may be alternatives.
    const key = `${path.slice(0, path.lastIndexOf('/'))} ${version}`
    const use = early.get(path)
    sink.fact({
      kind: 'databases.migration',
      subject: `migration ${version}`,
      place: startOf(path),
      ...(use === undefined ? {} : { places: { needs: use.place } }),
      value: defined({
        tool: name.tool,
        version,
        migrations: name.set,
        strict: isStrict(migration),
        needs: use?.table,
        needsFor: use?.by ?? '',
        createdIn: use?.createdIn,
        sameVersion: seen.get(key),
      }),
    })
    if (!seen.has(key)) seen.set(key, path)
  }
}

const judgeSequence = (migrations: readonly Migration[], world: World, parser: SqlParser, sink: Sink): Schema => {
  const list = ordered(migrations)
  const schema = new Schema()
  const scripts = list.map(({ path, text, name }) => {
    const { from, end } = forwardPart(text)
    return { name, template: /\{\{|\$\{|<%/.test(text), script: readScript(parser, path, text, from, end) }
  })
  const uses = new UseOrder(scripts.map(({ script }) => script))
  const early = new Map<string, EarlyUse>()
  const dynamic: string[] = []
  for (const { name, template, script } of scripts) {
    reportUnread(script, template, sink)
    dynamic.push(...script.dynamic)
    const before = new Set(schema.tables.keys())
    for (const statement of script.statements) {
      const use = uses.take(statement, schema)
      if (use !== undefined && !early.has(script.path)) early.set(script.path, use)
      changeFacts(statement, schema, before, sink)
      if (name.version !== undefined) seedFacts(statement, sink)
      schema.apply(statement)
    }
  }
  emitMigrations(list, early, sink)
  const [first] = list
  if (first !== undefined) tableFacts(schema, first.name, dynamic, world, sink)
  return schema
}

/** Folds every sequence of migrations into what is left at its end, and gives facts of it and of what happens on the way. */
export const judgeMigrations = (world: World, parser: SqlParser, sink: Sink): Outcome => {
  const outcome = emptyOutcome()
  for (const [, migrations] of sequencesOf(world)) {
    const foreign = migrations.find(({ text }) => isOtherDialect(text))
    if (foreign !== undefined) {
      sink.unjudged(startOf(foreign.path), 'dialect', 'is for another database than PostgreSQL', {
        blocks: false,
        repairable: false,
      })
      continue
    }
    const schema = judgeSequence(migrations, world, parser, sink)
    outcome.schemas.push(schema)
    for (const table of schema.tables.values()) if (table.rowSecurity !== undefined) outcome.policied++
  }
  return outcome
}
