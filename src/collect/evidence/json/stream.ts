import { Tokenizer, TokenizerError, TokenParser, TokenParserError, TokenType } from '@streamparser/json'
import { firstLine, type EvidenceText, type Refusal } from '../format.ts'
import { Refused } from '../refused.ts'
import { Newlines } from './newlines.ts'
import type { JsonShapes } from './shapes.ts'

/** Nesting that no report comes near; Trivy's own have ten or so. */
const maxDepth = 100

/** One value of a JSON text: where it stands in the document, and in the file. */
export interface JsonValue {
  value: unknown
  /** The keys and indexes that lead to it from the document's root. */
  path: readonly (string | number)[]
  /** Lines and columns count from 1; of a string, a number or a literal, those of the container that holds it. */
  line: number
  column: number
}

export interface JsonQuery {
  /** Which values to hand over: `$.Results.*.Vulnerabilities.*`. Each is gone from its parents afterwards. */
  paths: readonly string[]
  /** Between documents: nothing for a single document, a newline for JSON lines, `''` for documents that just follow each other. */
  separator?: string
  /** The containers that have to be what they are taken for; another value there is a refusal. */
  shapes?: JsonShapes
  /** May return a refusal, which ends the reading. */
  each: (value: JsonValue) => Refusal | undefined | void
}

// Keys are the file's own words: cut, and without what would move a terminal's cursor.
const way = (path: string): string => (path === '' ? 'its root' : (firstLine(path, 80) ?? path))

const opens = new Set<TokenType>([TokenType.LEFT_BRACE, TokenType.LEFT_BRACKET])
const closes = new Set<TokenType>([TokenType.RIGHT_BRACE, TokenType.RIGHT_BRACKET])

/**
 * Text as bytes, in two buffers that are used again in turns: a fresh one for every piece is garbage outside the heap, of which
 * hundreds of megabytes gather before it is collected. The bytes hold until the next but one call.
 */
const encoderInTurns = (): ((chunk: string) => Uint8Array) => {
  const encoder = new TextEncoder()
  let [current, next] = [new Uint8Array(0), new Uint8Array(0)]
  return (chunk) => {
    ;[current, next] = [next, current]
    // A character of UTF-16 takes three bytes at the most.
    if (current.length < chunk.length * 3) current = new Uint8Array(chunk.length * 3)
    return current.subarray(0, encoder.encodeInto(chunk, current).written)
  }
}

/**
 * Reads JSON as a stream, and hands over the values at some paths, innermost first. What no path names is dropped with the
 * value that holds it: name long lists that are not wanted too.
 * @returns why the text is refused; undefined when it was read to its end
 */
export const readJson = async (text: EvidenceText, query: JsonQuery): Promise<Refusal | undefined> => {
  const separator = query.separator === undefined ? {} : { separator: query.separator }
  const tokenizer = new Tokenizer(separator)
  const parser = new TokenParser({ paths: [...query.paths], keepStack: false, ...separator })
  const newlines = new Newlines()
  const starts: { line: number; column: number }[] = []
  let here = { line: 1, column: 1 }
  let documents = 0
  const refuse = (code: string, reason: string, at = newlines.end()): never => {
    throw new Refused({ code, reason, ...at })
  }
  tokenizer.onToken = (token) => {
    if (opens.has(token.token)) {
      starts.push(newlines.at(token.offset))
      if (starts.length > maxDepth) refuse('too-deep', `is nested deeper than ${maxDepth} levels`, starts.at(-1))
    } else if (closes.has(token.token)) {
      here = starts.pop() ?? here
      if (starts.length === 0) documents++
    } else here = starts.at(-1) ?? here
    parser.write(token)
    const wrong = query.shapes?.see(token.token, token.value)
    if (wrong !== undefined) refuse('schema', `holds something else than it should at ${way(wrong)}`, here)
  }
  parser.onValue = ({ value, key, stack }) => {
    const path = [...stack.slice(1).map((level) => level.key), key].filter((step) => step !== undefined)
    const refused = query.each({ value, path, ...here })
    if (refused !== undefined) throw new Refused(refused)
  }
  const bytesOf = encoderInTurns()
  try {
    for await (const chunk of text.chunks) {
      const bytes = bytesOf(chunk)
      newlines.take(bytes)
      tokenizer.write(bytes)
    }
    if (starts.length > 0 || documents === 0) refuse('truncated', 'is cut off before its end')
    if (!tokenizer.isEnded) tokenizer.end()
    return undefined
  } catch (error) {
    if (error instanceof Refused) return error.refusal
    // The parser's own messages quote the text, which may hold a secret.
    if (error instanceof TokenizerError || error instanceof TokenParserError)
      return { code: 'syntax', reason: 'is not valid JSON', ...newlines.end() }
    throw error
  }
}
