import type { Place } from '../../core/facts/place.ts'
import { Lines } from './lines.ts'
import type { Offsets } from './offsets.ts'
import { readPatiently } from './patient.ts'
import type { YamlVersion } from './scalars.ts'
import { readSwiftly } from './swift.ts'

export type { YamlVersion } from './scalars.ts'

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
  readonly #lines: Lines

  constructor(path: string, value: unknown, start: number, offsets: Offsets, lines: Lines) {
    this.value = value
    this.#path = path
    this.#start = start
    this.#offsets = offsets
    this.#lines = lines
  }

  at(holder?: unknown, part?: string | number): Place {
    return { path: this.#path, ...this.#lines.of(this.#offsets.of(holder, part) ?? this.#start) }
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

/**
 * Parses every document of a file. A broken document is a problem with its place; its neighbours are still read. A
 * duplicate key is a problem too, and its document is read all the same, so that what else is wrong with it is found.
 */
export const parseYamlFile = (path: string, text: string, version: YamlVersion): YamlFile => {
  const lines = new Lines(text)
  const { documents, refusals } = readSwiftly(text, version) ?? readPatiently(text, version)
  return {
    documents: documents.map(({ value, start, offsets }) => new YamlDocument(path, value, start, offsets, lines)),
    problems: refusals.map(({ code, reason, offset }) => ({ code, reason, place: { path, ...lines.of(offset) } })),
  }
}
