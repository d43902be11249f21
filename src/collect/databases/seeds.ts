import type { Node } from 'libpg-query'
import { asList, asMapping, asString } from '../shape.ts'
import type { Sink } from '../collector.ts'
import { tableName } from './schema.ts'
import type { Statement } from './sql/statements.ts'

/** Tables whose rows are somebody's; what is listed for reference (countries, roles, plans) is no seed. */
const owned =
  /(?:^|[_.])(?:users?|accounts?|tenants?|organi[sz]ations?|orgs?|compan(?:y|ies)|customers?|clients?|members?|people|persons?|patients?|employees?|shops?|stores?|orders?|workspaces?|teams?|profiles?|contacts?|vendors?|merchants?)$/i

const demoEmail = /@(?:[\w-]+\.)*(?:example\.(?:com|org|net)|test\.(?:com|local)|example|test|demo\.\w+|localhost)$/i
const demoWord =
  /^(?:demo|sample|dummy|test|testing|example|fake|foo|lorem)(?:$|[\s_-].{0,60}$)|^.{0,60}[\s_-](?:demo|sample|dummy)$/i
const demoName =
  /^(?:tenant|customer|client|user|shop|store|company|org|organi[sz]ation|merchant|clinic|team|workspace) ?(?:[A-Z]|\d{1,2}|one|two)$/i
const person = /^(?:john|jane) (?:doe|smith)$/i

const isDemonstration = (text: string): boolean =>
  text.length <= 120 && (demoEmail.test(text) || demoWord.test(text) || demoName.test(text) || person.test(text))

const maxTexts = 2000

const textsOf = (value: unknown, into: string[] = [], depth = 0): string[] => {
  if (depth > 20 || into.length >= maxTexts) return into
  for (const item of asList(value) ?? []) textsOf(item, into, depth + 1)
  const mapping = asMapping(value)
  if (mapping === undefined) return into
  const text = asString(asMapping(asMapping(mapping['A_Const'])?.['sval'])?.['sval'])
  if (text !== undefined) into.push(text)
  else for (const part of Object.values(mapping)) textsOf(part, into, depth + 1)
  return into
}

/** The rows of `INSERT … VALUES`; what is selected from other tables moves data, and seeds none. */
const rowsOf = (select: Node | undefined): readonly Node[] =>
  select !== undefined && 'SelectStmt' in select ? (select.SelectStmt.valuesLists ?? []) : []

/** A fact for an INSERT that gives somebody's table rows of its own. */
export const seedFacts = ({ node, place }: Statement, sink: Sink): void => {
  if (!('InsertStmt' in node) || node.InsertStmt.relation === undefined) return
  const table = tableName(node.InsertStmt.relation)
  const rows = rowsOf(node.InsertStmt.selectStmt)
  if (rows.length === 0 || !owned.test(table)) return
  sink.fact({
    kind: 'databases.seed',
    subject: `table ${table}`,
    place,
    value: { table, rows: rows.length, demonstration: textsOf(rows).some(isDemonstration) },
  })
}
