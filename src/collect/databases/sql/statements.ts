import type { Node } from 'libpg-query'
import type { Place } from '../../../core/facts/place.ts'
import { Lines } from '../../lines.ts'
import { blockCommands } from './blocks.ts'
import { maxStatement, type SqlParser } from './parser.ts'
import { splitSql, type Piece } from './split.ts'

/** One statement that changes the schema, the roles or the rows. */
export interface Statement {
  node: Node
  /** Its text; of a statement in a `DO` block, its own. */
  text: string
  place: Place
  /** The place of the first line where a pattern is found in it. */
  at: (pattern: RegExp) => Place
}

/** What a script does. */
export interface Script {
  path: string
  statements: Statement[]
  /** Statements that the parser could not read. */
  unread: { place: Place; reason: string; text: string }[]
  /** Text of blocks and functions that build statements while they run. */
  dynamic: string[]
}

/** What is worth parsing; views, functions and queries say nothing that is asked about here. */
const relevant =
  /^(?:create\s+(?:unlogged\s+|global\s+|local\s+|temp\s+|temporary\s+|unique\s+)*(?:table|index|policy|role|user|group|database|schema)|alter\s+(?:table|policy|role|user|database|default|schema|index)|drop\s+(?:table|policy|role|user|database|schema|index|owned)|grant|insert|do)\b/i
const routine = /^create\s+(?:or\s+replace\s+)?(?:function|procedure)\b/i
const maxStatements = 20_000

class Reader {
  readonly #parser: SqlParser
  readonly #path: string
  readonly #lines: Lines
  readonly script: Script

  constructor(parser: SqlParser, path: string, text: string) {
    this.#parser = parser
    this.#path = path
    this.#lines = new Lines(text)
    this.script = { path, statements: [], unread: [], dynamic: [] }
  }

  read({ text, offset, meta }: Piece): void {
    if (routine.test(text)) return void (buildsStatements(text) && this.script.dynamic.push(text))
    if (meta === 'gexec') return this.#queries(text, offset)
    if (!relevant.test(text)) return
    if (text.length > maxStatement) return this.#skip(text, offset, 'is too long to be read')
    try {
      for (const node of this.#parser.parse(text)) this.#take(node, text, offset)
    } catch (error) {
      this.#skip(text, offset, error instanceof Error ? error.message : String(error))
    }
  }

  /** Says that nothing is read from here on. */
  stop(offset: number, rest: string): void {
    this.#skip(rest, offset, `has more than ${maxStatements} statements before it`)
  }

  #place(offset: number): Place {
    return { path: this.#path, ...this.#lines.at(offset) }
  }

  #skip(text: string, offset: number, reason: string): void {
    this.script.unread.push({ place: this.#place(offset), reason, text })
  }

  #take(node: Node, text: string, offset: number): void {
    if ('DoStmt' in node) return this.#block(text, offset)
    this.#push(node, text, offset)
  }

  #push(node: Node, text: string, offset: number): void {
    const at = (pattern: RegExp): Place => {
      const found = text.search(pattern)
      return this.#place(offset + Math.max(found, 0))
    }
    this.script.statements.push({ node, text, place: this.#place(offset), at })
  }

  /** `SELECT 'CREATE DATABASE …' WHERE … \gexec` runs what it selects. */
  #queries(text: string, offset: number): void {
    for (const [literal] of text.matchAll(/'(?:[^']|'')*'/g)) {
      const inner = literal.slice(1, -1).replaceAll("''", "'")
      if (relevant.test(inner)) this.read({ text: inner, offset, meta: undefined })
    }
  }

  #block(text: string, offset: number): void {
    if (buildsStatements(text)) this.script.dynamic.push(text)
    const bodyStart = Math.max(text.indexOf('$'), 0)
    let from = bodyStart
    for (const command of blockCommands(this.#parser, text)) {
      if (!relevant.test(command)) continue
      // The block's parser gives a statement's text as it stands, and they come in order.
      const found = text.indexOf(command, from)
      if (found >= 0) from = found + command.length
      try {
        for (const node of this.#parser.parse(command))
          if (!('DoStmt' in node)) this.#push(node, command, offset + Math.max(found, 0))
      } catch {
        // It has variables of the block in it.
        this.script.dynamic.push(command)
      }
    }
  }
}

const buildsStatements = (text: string): boolean => /\bexecute\b/i.test(text)

/** Flyway, Liquibase and templates put names in; a name of the same length keeps every place. */
const withoutPlaceholders = (text: string): string =>
  text
    .replace(/\$\{[\w.-]{1,60}\}/g, (found) => `v_${found.slice(2, -1).replaceAll(/[^\w]/g, '_')}_`)
    .replace(/\{\{-? ?(?:if|else|end|range|with|define|block|template)\b[^{}\n]{0,200}\}\}/g, (found) =>
      ' '.repeat(found.length),
    )
    .replace(/\{\{[^{}\n]{1,200}\}\}/g, (found) => 'v'.padEnd(found.length, '_'))

/** Reads the statements of a script between two offsets. Never throws for what stands in it. */
export const readScript = (parser: SqlParser, path: string, text: string, from = 0, end = text.length): Script => {
  const whole = withoutPlaceholders(text)
  const reader = new Reader(parser, path, whole)
  const pieces = splitSql(whole, from, end)
  for (const piece of pieces.slice(0, maxStatements)) reader.read(piece)
  const beyond = pieces[maxStatements]
  if (beyond !== undefined) reader.stop(beyond.offset, whole.slice(beyond.offset, end))
  return reader.script
}
