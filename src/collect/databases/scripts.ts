import { purposeOf } from '../compose/purpose.ts'
import type { Collected, Sink } from '../collector.ts'
import { startOf } from '../../core/facts/place.ts'
import type { World } from './world.ts'

const maxMentions = 5000

/** Notes every name or pattern of an SQL file, and every folder that is named after SQL, in a text that something runs. */
export const mentionsOf = (text: string, into: Set<string>): void => {
  for (const [found] of text.matchAll(
    /[\w.*{}$-]{1,200}\.sql\b|\b[\w.-]{0,60}(?:sql|migrations?|seeds?|schemas?|initdb)\/[\w*]{0,60}|go:embed[ \t]+[\w./*-]{1,200}/gi,
  )) {
    if (into.size >= maxMentions) return
    into.add(found.replace(/^go:embed[ \t]+/i, ''))
  }
}

const creates = /^[ \t]*create\s+(?:unlogged\s+)?table\b/im
const inserts = /^[ \t]*insert\s+into\b/im

/** Spring, Rails, Supabase, Quarkus and others run these by their names. */
const conventional =
  /(?:^|\/)src\/main\/resources\/(?:(?:schema|data)(?:-[\w]+)?|import|load-script)\.sql$|(?:^|\/)structure\.sql$|(?:^|\/)supabase\/|(?:^|\/)(?:drizzle|prisma|hasura|sqlc|queries|sqlx?|jooq|pgtap|dbt|models|macros|snapshots|analyses|db\/(?:migrat\w*|changelog))\/|changelog|liquibase/i

/** For people and for other machines than the one in production. */
const aside =
  /(?:^|\/)(?:docs?|documentation|tests?|testing|testdata|__tests__|fixtures?|examples?|samples?|benchmarks?|tutorials?|backups?|dumps?|archive|old|legacy|reports?|analytics|notebooks?)\//i

/** Words that promise the file is part of setting a database up. */
const setsUp =
  /(?:^|[^a-z])(?:schema|seeds?|init|setup|create|tables|bootstrap|structure|ddl|install|database|db)(?:[^a-z]|$)/i

const isMentioned = (path: string, mentions: ReadonlySet<string>): boolean => {
  const parts = path.split('/')
  const name = parts.at(-1) ?? ''
  const folders = new Set(parts.slice(0, -1))
  for (const mention of mentions) {
    if (mention === name || mention.endsWith(`/${name}`)) return true
    if (/[*{$]/.test(mention)) return true
    if (folders.has(mention.split('/')[0] ?? '')) return true
  }
  return false
}

/** A fact for each SQL file that would set a database up and is no migration, with whether something applies it. */
export const scriptFacts = (collected: Collected, world: World, sink: Sink): void => {
  const mounted = new Set(collected.of('databases.init-file').map(({ value }) => value.file))
  for (const { path, text } of world.scripts) {
    const name = path.slice(path.lastIndexOf('/') + 1)
    if (aside.test(path) || purposeOf(path) === 'development' || !setsUp.test(name)) continue
    const [makes, fills] = [creates.test(text), inserts.test(text)]
    if (!makes && !fills) continue
    sink.fact({
      kind: 'databases.script',
      subject: `script ${name}`,
      place: startOf(path),
      value: {
        applied: mounted.has(path) || conventional.test(path) || isMentioned(path, world.mentions),
        does: makes && fills ? 'creates tables and inserts rows' : makes ? 'creates tables' : 'inserts rows',
      },
    })
  }
}
