import { asList, asMapping, asString } from '../../shape.ts'
import { maxStatement, type SqlParser } from './parser.ts'

const maxDepth = 60

/** The statements that a `DO` block runs, whatever they depend on, in order; none where the block cannot be read. */
export const blockCommands = (parser: SqlParser, text: string): string[] => {
  if (text.length > maxStatement) return []
  let tree: unknown
  try {
    tree = parser.parseBlock(text)
  } catch {
    return []
  }
  const commands: string[] = []
  const visit = (value: unknown, depth: number): void => {
    if (depth > maxDepth) return
    for (const item of asList(value) ?? []) visit(item, depth + 1)
    const mapping = asMapping(value)
    if (mapping === undefined) return
    const run = asMapping(mapping['PLpgSQL_stmt_execsql'])
    const query = asString(asMapping(asMapping(run?.['sqlstmt'])?.['PLpgSQL_expr'])?.['query'])
    if (query !== undefined) commands.push(query)
    // `EXECUTE 'ALTER TABLE …'` with nothing put in is as good as the statement itself.
    const built = asMapping(mapping['PLpgSQL_stmt_dynexecute'])
    const fixed = asString(asMapping(asMapping(built?.['query'])?.['PLpgSQL_expr'])?.['query'])?.trim()
    if (fixed !== undefined && /^'(?:[^']|'')*'$/.test(fixed)) commands.push(fixed.slice(1, -1).replaceAll("''", "'"))
    for (const part of Object.values(mapping)) visit(part, depth + 1)
  }
  visit(tree, 0)
  return commands
}
