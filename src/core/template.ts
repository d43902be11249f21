import { compileExpression, ExpressionError, type Expression, type Parameters, type Scope } from './expression.ts'
import type { FactKind } from './facts/index.ts'

/** A message with `{{expression}}` in it, ready to be filled from a fact. */
export type Template = (scope: Scope) => string

const print = (value: unknown): string => {
  if (Array.isArray(value)) return value.map(print).join(', ')
  if (typeof value === 'object' && value !== null) return JSON.stringify(value)
  return String(value)
}

/**
 * Compiles a message. Every `{{…}}` is a CEL expression over the same variables as the rule's.
 * @throws ExpressionError with the offset in the message
 */
export const compileTemplate = (source: string, kind: FactKind, parameters: Parameters): Template => {
  const parts: (string | Expression)[] = []
  let end = 0
  while (end < source.length) {
    const open = source.indexOf('{{', end)
    if (open < 0) break
    const close = source.indexOf('}}', open)
    if (close < 0) throw new ExpressionError('a {{ without its }}', open)
    parts.push(source.slice(end, open))
    try {
      parts.push(compileExpression(source.slice(open + 2, close), kind, parameters, 'any'))
    } catch (error) {
      if (error instanceof ExpressionError) throw new ExpressionError(error.message, open + 2 + error.offset)
      throw error
    }
    end = close + 2
  }
  parts.push(source.slice(end))
  return (scope) => parts.map((part) => (typeof part === 'string' ? part : print(part(scope)))).join('')
}
