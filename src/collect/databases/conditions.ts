import type { A_Const, Node } from 'libpg-query'
import { asList, asMapping, asString } from '../shape.ts'

const maxDepth = 40

const isTrue = (node: Node | undefined): boolean => {
  if (node === undefined) return false
  if ('A_Const' in node) return node.A_Const.boolval?.boolval === true
  return 'TypeCast' in node && isTrue(node.TypeCast.arg)
}

const valueText = (constant: A_Const): string => JSON.stringify({ ...constant, location: 0 })

/** `1 = 1` and the like. */
const isTautology = (node: Node): boolean => {
  if (!('A_Expr' in node)) return false
  const { lexpr, rexpr } = node.A_Expr
  if (lexpr === undefined || rexpr === undefined || !('A_Const' in lexpr) || !('A_Const' in rexpr)) return false
  return valueText(lexpr.A_Const) === valueText(rexpr.A_Const)
}

const callsSetting = (value: unknown, depth = 0): boolean => {
  if (depth > maxDepth) return false
  const list = asList(value)
  if (list !== undefined) return list.some((item) => callsSetting(item, depth + 1))
  const mapping = asMapping(value)
  if (mapping === undefined) return false
  if (asString(mapping['sval']) === 'current_setting') return true
  return Object.values(mapping).some((part) => callsSetting(part, depth + 1))
}

/** `current_setting('app.tenant', true) IS NULL`, or that it is empty: true whenever nobody said who asks. */
const isUnsetSetting = (node: Node): boolean => {
  if ('NullTest' in node) return node.NullTest.nulltesttype === 'IS_NULL' && callsSetting(node.NullTest.arg)
  if (!('A_Expr' in node)) return false
  const { lexpr, rexpr, name } = node.A_Expr
  const operator = name?.[0]
  const equals = operator !== undefined && 'String' in operator && operator.String.sval === '='
  const empty =
    rexpr !== undefined &&
    'A_Const' in rexpr &&
    rexpr.A_Const.sval !== undefined &&
    (rexpr.A_Const.sval.sval ?? '') === ''
  return equals && empty && callsSetting(lexpr)
}

export type Openness = 'always' | 'unset' | 'no'

/** Whether a policy's condition lets every row through: always, or whenever the setting that names the tenant is not set. */
export const opennessOf = (node: Node | undefined, depth = 0): Openness => {
  if (node === undefined || depth > maxDepth) return 'no'
  if (isTrue(node) || isTautology(node)) return 'always'
  if (isUnsetSetting(node)) return 'unset'
  if ('BoolExpr' in node && node.BoolExpr.boolop === 'OR_EXPR') {
    const parts = new Set((node.BoolExpr.args ?? []).map((arg) => opennessOf(arg, depth + 1)))
    return parts.has('always') ? 'always' : parts.has('unset') ? 'unset' : 'no'
  }
  return 'no'
}

/** The columns that a condition reads, also those that it hands to functions. */
export const columnsOf = (value: unknown, into = new Set<string>(), depth = 0): Set<string> => {
  if (depth > maxDepth) return into
  for (const item of asList(value) ?? []) columnsOf(item, into, depth + 1)
  const mapping = asMapping(value)
  if (mapping === undefined) return into
  const reference = asMapping(mapping['ColumnRef'])
  const last = asMapping(asMapping(asList(reference?.['fields'])?.at(-1))?.['String'])
  const name = asString(last?.['sval'])
  if (name !== undefined) into.add(name)
  for (const part of Object.values(mapping)) columnsOf(part, into, depth + 1)
  return into
}
