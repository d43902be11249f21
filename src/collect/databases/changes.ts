import type { ColumnDef, Node } from 'libpg-query'
import type { FactValue } from '../../core/facts/index.ts'
import type { Sink } from '../collector.ts'
import { tableName, type Schema } from './schema.ts'
import type { Statement } from './sql/statements.ts'

type Change = Omit<FactValue<'databases.change'>, 'table'>

const serial = new Set(['serial', 'bigserial', 'smallserial', 'serial4', 'serial8'])

const plain = { column: '', required: false, fills: false, concurrently: false }

const addedColumn = (column: ColumnDef): Change => {
  const kinds = (column.constraints ?? []).flatMap((item) =>
    'Constraint' in item ? (item.Constraint.contype ?? []) : [],
  )
  const last = column.typeName?.names?.at(-1)
  const type = last !== undefined && 'String' in last ? (last.String.sval ?? '') : ''
  return {
    ...plain,
    action: 'add-column',
    column: column.colname ?? '',
    required: kinds.includes('CONSTR_NOTNULL') || kinds.includes('CONSTR_PRIMARY'),
    fills:
      serial.has(type) ||
      kinds.some((kind) => ['CONSTR_DEFAULT', 'CONSTR_IDENTITY', 'CONSTR_GENERATED'].includes(kind)),
  }
}

const tableChanges = (commands: readonly Node[]): Change[] =>
  commands.flatMap((item): Change[] => {
    if (!('AlterTableCmd' in item)) return []
    const { subtype, def, name = '' } = item.AlterTableCmd
    if (subtype === 'AT_AddColumn' && def !== undefined && 'ColumnDef' in def) return [addedColumn(def.ColumnDef)]
    if (subtype === 'AT_DropColumn') return [{ ...plain, action: 'drop-column', column: name }]
    if (subtype === 'AT_AlterColumnType') return [{ ...plain, action: 'alter-type', column: name }]
    if (subtype === 'AT_SetNotNull') return [{ ...plain, action: 'set-not-null', column: name }]
    return []
  })

/** What a statement changes in tables that stood before its migration (`before`), which by then may be large and in use. */
export const changeFacts = (
  { node, place, at }: Statement,
  schema: Schema,
  before: ReadonlySet<string>,
  sink: Sink,
): void => {
  const emit = (name: string, changes: readonly Change[]): void => {
    const table = schema.find(name)
    if (table === undefined || !before.has(table.name)) return
    for (const change of changes)
      sink.fact({
        kind: 'databases.change',
        subject: change.column === '' ? `table ${table.name}` : `column ${table.name}.${change.column}`,
        place:
          change.column === ''
            ? place
            : at(new RegExp(String.raw`(?<!\.)\b${change.column.replaceAll(/[^\w]/g, '.')}\b`)),
        value: { table: table.name, ...change },
      })
  }
  if ('AlterTableStmt' in node && node.AlterTableStmt.relation !== undefined)
    emit(tableName(node.AlterTableStmt.relation), tableChanges(node.AlterTableStmt.cmds ?? []))
  else if ('IndexStmt' in node && node.IndexStmt.relation !== undefined)
    emit(tableName(node.IndexStmt.relation), [
      { ...plain, action: 'create-index', concurrently: node.IndexStmt.concurrent === true },
    ])
  else if ('RenameStmt' in node && node.RenameStmt.relation !== undefined) {
    const { renameType, subname, relation } = node.RenameStmt
    if (renameType === 'OBJECT_TABLE') emit(tableName(relation), [{ ...plain, action: 'rename-table' }])
    if (renameType === 'OBJECT_COLUMN')
      emit(tableName(relation), [{ ...plain, action: 'rename-column', column: subname ?? '' }])
  } else if ('DropStmt' in node && node.DropStmt.removeType === 'OBJECT_TABLE')
    for (const object of node.DropStmt.objects ?? []) {
      const items = 'List' in object ? (object.List.items ?? []) : []
      const names = items.flatMap((item) => ('String' in item ? (item.String.sval ?? '') : []))
      emit(names.join('.').replace(/^public\./, ''), [{ ...plain, action: 'drop-table' }])
    }
}
