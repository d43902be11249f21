import type { Node, RangeVar } from 'libpg-query'
import type { Place } from '../../core/facts/place.ts'
import type { Statement } from './sql/statements.ts'

/** A policy of row level security. */
export interface Policy {
  name: string
  place: Place
  permissive: boolean
  command: string
  /** Empty for everybody. */
  roles: string[]
  using: Node | undefined
  check: Node | undefined
}

/** A table as the statements so far leave it. */
export interface Table {
  name: string
  place: Place
  /** Where each column was added. */
  columns: Map<string, Place>
  policies: Map<string, Policy>
  rowSecurity: Place | undefined
  forced: boolean
  partition: boolean
}

/** How a schema names a table: without the schema where it is the usual one. */
export const tableName = ({ schemaname, relname }: RangeVar): string =>
  schemaname === undefined || schemaname === 'public' ? (relname ?? '') : `${schemaname}.${relname ?? ''}`

/** The text of a list of name parts, as DROP and COMMENT have them. */
const dottedName = (node: Node): string => {
  const items = 'List' in node ? (node.List.items ?? []) : [node]
  const names = items.flatMap((item) => ('String' in item ? (item.String.sval ?? '') : []))
  return names.join('.').replace(/^public\./, '')
}

export const roleNames = (roles: readonly Node[] | undefined): string[] =>
  (roles ?? []).flatMap((role) => ('RoleSpec' in role ? (role.RoleSpec.rolename ?? []) : []))

const escaped = (name: string): string => name.replaceAll(/[^\w]/g, String.raw`\$&`)

const optionTrue = (options: readonly Node[] | undefined, name: string): boolean =>
  (options ?? []).some((option) => {
    if (!('DefElem' in option) || option.DefElem.defname !== name) return false
    const value = option.DefElem.arg
    return value === undefined || ('Boolean' in value && value.Boolean.boolval === true)
  })

/** What statements, in their order, make of a database. */
export class Schema {
  readonly tables = new Map<string, Table>()
  /** Roles that statements create, and whether they stand above row level security. */
  readonly roles = new Map<string, { superuser: boolean; place: Place }>()
  readonly databases = new Set<string>()
  /** Roles that tables are granted to: whoever they are, they own nothing. */
  readonly granted = new Set<string>()

  /** Finds a table by the name that a statement has for it; the search path may hold any schema. */
  find(name: string): Table | undefined {
    const exact = this.tables.get(name)
    if (exact !== undefined || name.includes('.')) return exact
    for (const [key, table] of this.tables) if (key.endsWith(`.${name}`)) return table
    return undefined
  }

  #of(relation: RangeVar | undefined): Table | undefined {
    return relation === undefined ? undefined : this.find(tableName(relation))
  }

  apply({ node, place, at }: Statement): void {
    if ('CreateStmt' in node) this.#create(node.CreateStmt, place, at)
    else if ('CreateTableAsStmt' in node) {
      const relation = node.CreateTableAsStmt.into?.rel
      if (relation !== undefined && node.CreateTableAsStmt.objtype === 'OBJECT_TABLE') this.#add(relation, place)
    } else if ('AlterTableStmt' in node) this.#alter(node.AlterTableStmt, place, at)
    else if ('DropStmt' in node) this.#drop(node.DropStmt.removeType, node.DropStmt.objects ?? [])
    else if ('RenameStmt' in node) this.#rename(node.RenameStmt)
    else if ('CreatePolicyStmt' in node || 'AlterPolicyStmt' in node) this.#policy(node, place)
    else this.#role(node, place)
  }

  #add(relation: RangeVar, place: Place): Table | undefined {
    const name = tableName(relation)
    const known = this.tables.get(name)
    if (known !== undefined || relation.relpersistence === 't') return known
    const table: Table = {
      name,
      place,
      columns: new Map(),
      policies: new Map(),
      rowSecurity: undefined,
      forced: false,
      partition: false,
    }
    this.tables.set(name, table)
    return table
  }

  #create(create: Extract<Node, { CreateStmt: unknown }>['CreateStmt'], place: Place, at: Statement['at']): void {
    if (create.relation === undefined) return
    const existed = this.tables.has(tableName(create.relation))
    const table = this.#add(create.relation, place)
    if (table === undefined || existed) return
    const parents = (create.inhRelations ?? []).flatMap((node) =>
      'RangeVar' in node ? (this.#of(node.RangeVar) ?? []) : [],
    )
    table.partition = create.partbound !== undefined
    for (const parent of parents) for (const column of parent.columns.keys()) table.columns.set(column, place)
    for (const element of create.tableElts ?? []) {
      if ('ColumnDef' in element && element.ColumnDef.colname !== undefined)
        table.columns.set(
          element.ColumnDef.colname,
          at(new RegExp(String.raw`\b${escaped(element.ColumnDef.colname)}\b`)),
        )
      if ('TableLikeClause' in element)
        for (const column of this.#of(element.TableLikeClause.relation)?.columns.keys() ?? [])
          table.columns.set(column, place)
    }
  }

  #alter(alter: Extract<Node, { AlterTableStmt: unknown }>['AlterTableStmt'], place: Place, at: Statement['at']): void {
    const table = this.#of(alter.relation)
    if (table === undefined) return
    for (const item of alter.cmds ?? []) {
      if (!('AlterTableCmd' in item)) continue
      const { subtype, name, def } = item.AlterTableCmd
      if (subtype === 'AT_AddColumn' && def !== undefined && 'ColumnDef' in def) {
        const column = def.ColumnDef.colname ?? ''
        if (!table.columns.has(column)) table.columns.set(column, at(new RegExp(String.raw`\b${escaped(column)}\b`)))
      } else if (subtype === 'AT_DropColumn') table.columns.delete(name ?? '')
      else if (subtype === 'AT_EnableRowSecurity') table.rowSecurity = place
      else if (subtype === 'AT_DisableRowSecurity') table.rowSecurity = undefined
      else if (subtype === 'AT_ForceRowSecurity') table.forced = true
      else if (subtype === 'AT_NoForceRowSecurity') table.forced = false
      else if (subtype === 'AT_AttachPartition' && def !== undefined && 'PartitionCmd' in def) {
        const child = this.#of(def.PartitionCmd.name)
        if (child !== undefined) child.partition = true
      }
    }
  }

  #drop(type: string | undefined, objects: readonly Node[]): void {
    for (const object of objects) {
      const name = dottedName(object)
      if (type === 'OBJECT_TABLE') this.#remove(name)
      else if (type === 'OBJECT_POLICY') {
        const end = name.lastIndexOf('.')
        this.find(name.slice(0, end))?.policies.delete(name.slice(end + 1))
      } else if (type === 'OBJECT_SCHEMA')
        for (const key of this.tables.keys())
          if (key.startsWith(`${name}.`) || (name === 'public' && !key.includes('.'))) this.tables.delete(key)
    }
  }

  #remove(name: string): void {
    const found = this.find(name)
    if (found !== undefined) this.tables.delete(found.name)
  }

  #rename(rename: Extract<Node, { RenameStmt: unknown }>['RenameStmt']): void {
    const table = this.#of(rename.relation)
    const { renameType, subname, newname } = rename
    if (table === undefined || newname === undefined) return
    if (renameType === 'OBJECT_TABLE') {
      this.tables.delete(table.name)
      table.name = table.name.includes('.') ? table.name.replace(/[^.]*$/, newname) : newname
      this.tables.set(table.name, table)
    } else if (renameType === 'OBJECT_COLUMN') {
      const place = table.columns.get(subname ?? '')
      if (place === undefined) return
      table.columns.delete(subname ?? '')
      table.columns.set(newname, place)
    } else if (renameType === 'OBJECT_POLICY') {
      const policy = table.policies.get(subname ?? '')
      table.policies.delete(subname ?? '')
      if (policy !== undefined) table.policies.set(newname, { ...policy, name: newname })
    }
  }

  #policy(node: Node, place: Place): void {
    const made = 'CreatePolicyStmt' in node ? node.CreatePolicyStmt : undefined
    const change = made ?? ('AlterPolicyStmt' in node ? node.AlterPolicyStmt : {})
    const policies = this.#of(change.table)?.policies
    const name = change.policy_name ?? ''
    const known = policies?.get(name)
    policies?.set(name, {
      name,
      place,
      permissive: made === undefined ? (known?.permissive ?? true) : made.permissive === true,
      command: made?.cmd_name ?? known?.command ?? 'all',
      roles: change.roles === undefined ? (known?.roles ?? []) : roleNames(change.roles),
      using: change.qual ?? known?.using,
      check: change.with_check ?? known?.check,
    })
  }

  #role(node: Node, place: Place): void {
    if ('CreateRoleStmt' in node) {
      const { role = '', options } = node.CreateRoleStmt
      this.roles.set(role, { superuser: optionTrue(options, 'superuser') || optionTrue(options, 'bypassrls'), place })
    } else if ('AlterRoleStmt' in node) {
      const known = this.roles.get(node.AlterRoleStmt.role?.rolename ?? '')
      const { options } = node.AlterRoleStmt
      if (known !== undefined && (optionTrue(options, 'superuser') || optionTrue(options, 'bypassrls')))
        known.superuser = true
    } else if ('CreatedbStmt' in node) this.databases.add(node.CreatedbStmt.dbname ?? '')
    else if ('GrantStmt' in node && node.GrantStmt.is_grant === true) {
      if (node.GrantStmt.objtype === 'OBJECT_TABLE')
        for (const role of roleNames(node.GrantStmt.grantees)) this.granted.add(role)
    }
  }
}
