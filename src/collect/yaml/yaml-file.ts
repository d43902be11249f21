import { LineCounter, parseAllDocuments } from 'yaml'
import type { Place } from '../../core/facts/place.ts'
import { LocatedReader, YamlRefused, type Offsets } from './located.ts'

/** Kubernetes reads YAML 1.1 (`yes` is true); compose files and workflows are YAML 1.2. */
export type YamlVersion = '1.1' | '1.2'

/** Plain data that knows where each part of it stands. */
export interface LocatedDocument {
  readonly value: unknown
  /** The place of a map or list of this document, or of one of its keys or items; of the document for anything else. */
  at(holder?: unknown, part?: string | number): Place
}

/** One document as plain data (maps without a prototype, lists, scalars), and where each part of it stands. */
export class YamlDocument implements LocatedDocument {
  readonly value: unknown
  readonly #path: string
  readonly #start: number
  readonly #offsets: Offsets
  readonly #lines: LineCounter

  constructor(path: string, value: unknown, start: number, offsets: Offsets, lines: LineCounter) {
    this.value = value
    this.#path = path
    this.#start = start
    this.#offsets = offsets
    this.#lines = lines
  }

  at(holder?: unknown, part?: string | number): Place {
    const known = typeof holder === 'object' && holder !== null ? this.#offsets.get(holder) : undefined
    const offset =
      known === undefined ? this.#start : ((part === undefined ? undefined : known.parts.get(part)) ?? known.self)
    const { line, col } = this.#lines.linePos(offset)
    return { path: this.#path, line, column: col }
  }
}

/** A document that could not be read. */
export interface YamlProblem {
  code: string
  reason: string
  place: Place
}

export interface YamlFile {
  documents: readonly YamlDocument[]
  problems: readonly YamlProblem[]
}

const tooDeep = (path: string): YamlFile => ({
  documents: [],
  problems: [{ code: 'too-deep', reason: 'is nested too deeply', place: { path, line: 1, column: 1 } }],
})

/** How deep brackets are open at the most, in one pass. The parser itself takes seconds for a million of them. */
const maxFlowDepth = (text: string): number => {
  let depth = 0
  let deepest = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 0x5b || code === 0x7b) deepest = Math.max(deepest, ++depth)
    else if ((code === 0x5d || code === 0x7d) && depth > 0) depth--
  }
  return deepest
}

/**
 * Parses every document of a file. A broken document is a problem with its place; its neighbours are still read. A
 * duplicate key is a problem too, and its document is read all the same, so that what else is wrong with it is found.
 */
export const parseYamlFile = (path: string, text: string, version: YamlVersion): YamlFile => {
  const lines = new LineCounter()
  const documents: YamlDocument[] = []
  const problems: YamlProblem[] = []
  const refuse = (code: string, reason: string, offset: number): void => {
    const { line, col } = lines.linePos(offset)
    problems.push({ code, reason, place: { path, line: Math.max(line, 1), column: Math.max(col, 1) } })
  }
  if (maxFlowDepth(text) > 1000) return tooDeep(path)
  let parsed
  try {
    parsed = parseAllDocuments(text, {
      lineCounter: lines,
      prettyErrors: false,
      version,
      logLevel: 'silent',
      uniqueKeys: false,
    })
  } catch {
    // The parser recurses once a level, and thousands of levels overflow its stack.
    return tooDeep(path)
  }
  for (const document of Array.isArray(parsed) ? parsed : []) {
    const [error] = document.errors
    if (error !== undefined) {
      if (error.code === 'RESOURCE_EXHAUSTION') refuse('too-deep', 'is nested too deeply', error.pos[0])
      else refuse('syntax', `is not valid YAML: ${error.message}`, error.pos[0])
      continue
    }
    try {
      const reader = new LocatedReader(document)
      const value = reader.read()
      for (const { key, offset } of reader.duplicates)
        refuse('duplicate-key', `has the key "${key}" twice in one map`, offset)
      documents.push(
        new YamlDocument(path, value, document.contents?.range[0] ?? document.range[0], reader.offsets, lines),
      )
    } catch (refusal) {
      if (!(refusal instanceof YamlRefused)) throw refusal
      refuse(refusal.code, refusal.message, refusal.offset)
    }
  }
  return { documents, problems }
}
