import type { Node } from 'libpg-query'

/** PostgreSQL's own parser. Compiled to WebAssembly, so that loading it takes a promise and using it takes none. */
export interface SqlParser {
  /** The statements of a text. @throws an error with the parser's words where it is not PostgreSQL. */
  parse(text: string): Node[]
  /** What a `DO` block's body says, as the parser of PL/pgSQL has it. @throws as above. */
  parseBlock(text: string): unknown
}

/** Longer statements are data, or written to take the parser's time. Characters. */
export const maxStatement = 64_000

let loaded: SqlParser | undefined

/** Loads the parser, once: about 25 ms, so only where there is SQL to read. */
export const loadSqlParser = async (): Promise<SqlParser> => {
  if (loaded !== undefined) return loaded
  const library = await import('libpg-query')
  await library.loadModule()
  loaded = {
    parse: (text) => (library.parseSync(text).stmts ?? []).flatMap(({ stmt }) => stmt ?? []),
    parseBlock: (text) => library.parsePlPgSQLSync(text),
  }
  return loaded
}
