import type { Node, RangeVar } from 'libpg-query'
import type { Place } from '../../core/facts/place.ts'
import { tableName, type Schema } from './schema.ts'
import type { Script, Statement } from './sql/statements.ts'

/** A statement that comes before the one that creates its table. */
export interface EarlyUse {
  table: string
  by: string
  createdIn: string
  place: Place
}

interface Use {
  relation: RangeVar
  by: string
}

/** The table that a statement cannot do without, where it does not say IF EXISTS. */
const useOf = (node: Node): Use | undefined => {
  if ('AlterTableStmt' in node) {
    const { relation, missing_ok, objtype } = node.AlterTableStmt
    return relation === undefined || missing_ok === true || objtype !== 'OBJECT_TABLE'
      ? undefined
      : { relation, by: 'ALTER TABLE' }
  }
  if ('IndexStmt' in node)
    return node.IndexStmt.relation === undefined ? undefined : { relation: node.IndexStmt.relation, by: 'CREATE INDEX' }
  if ('InsertStmt' in node)
    return node.InsertStmt.relation === undefined ? undefined : { relation: node.InsertStmt.relation, by: 'INSERT' }
  if ('CreatePolicyStmt' in node)
    return node.CreatePolicyStmt.table === undefined
      ? undefined
      : { relation: node.CreatePolicyStmt.table, by: 'CREATE POLICY' }
  return undefined
}

/** Finds statements that need a table before the statement that creates it. */
export class UseOrder {
  /** The first migration that creates each table, and whether the statement allows for one that is there already. */
  readonly #created = new Map<string, { path: string; tolerant: boolean }>()
  readonly #ever = new Set<string>()
  readonly #said = new Set<string>()

  constructor(scripts: readonly Script[]) {
    for (const { path, statements } of scripts)
      for (const { node } of statements) {
        if ('RenameStmt' in node && node.RenameStmt.newname !== undefined) this.#ever.add(node.RenameStmt.newname)
        if (!('CreateStmt' in node) || node.CreateStmt.relation === undefined) continue
        const name = tableName(node.CreateStmt.relation)
        if (!this.#created.has(name))
          this.#created.set(name, { path, tolerant: node.CreateStmt.if_not_exists === true })
      }
  }

  /** To be asked of each statement before the schema takes it. */
  take({ node, place, text }: Statement, schema: Schema): EarlyUse | undefined {
    const use = useOf(node)
    if (use === undefined) return undefined
    const name = tableName(use.relation)
    const known = schema.find(name)
    if (known !== undefined) {
      this.#ever.add(name)
      return undefined
    }
    const created = this.#created.get(name)
    // A table that was there once, or that a later statement takes for possibly there, may come from elsewhere.
    if (created === undefined || created.tolerant || this.#ever.has(name) || this.#said.has(name)) return undefined
    if (use.by === 'CREATE INDEX' && /\bif\s+not\s+exists\b/i.test(text.slice(0, 200))) return undefined
    this.#said.add(name)
    return { table: name, by: use.by, createdIn: created.path, place }
  }
}
