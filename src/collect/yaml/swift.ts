import { EVENT_ID, getScalarValue, parseEvents, SCALAR_STYLE, type Event, type ScalarEvent } from 'js-yaml'
import { Offsets } from './offsets.ts'
import { emptyMap } from './plain-map.ts'
import { duplicateKey, type ReadDocument, type ReadText, type Refusal } from './read-text.ts'
import { plainValue, type YamlVersion } from './scalars.ts'

/** Nesting that no manifest, workflow or compose file comes near. */
const maxDepth = 100

/** More than this are counted by the patient reader, which knows how many are too many. */
const maxEvents = 400_000

/** Thrown for what this reader leaves to the patient one: anchors, tags, merges, keys that are no scalars. */
class Unusual extends Error {}

const unusual = (): never => {
  throw new Unusual()
}

const none = -1

/** Taken for the start of a document by this parser, and for text by all others. */
const indentedMarker = /^\uFEFF?[ \t]+---/

const blockHeader = /[|>][-+0-9]*[ \t]*(?:[ \t]#.*)?$/

const isBlock = ({ style }: ScalarEvent): boolean =>
  style === SCALAR_STYLE.LITERAL_BLOCK || style === SCALAR_STYLE.FOLDED_BLOCK

/** The documents of a text without anchors, tags and merges, which are nearly all. */
class SwiftReader {
  readonly documents: ReadDocument[] = []
  readonly refusals: Refusal[] = []
  readonly #text: string
  readonly #version: YamlVersion
  readonly #events: readonly Event[]
  readonly #offsets = new Offsets()
  #next = 0
  /** Where the last scalar that was read ends. */
  #end = 0

  constructor(text: string, version: YamlVersion) {
    if (indentedMarker.test(text)) unusual()
    this.#text = text
    this.#version = version
    this.#events = parseEvents(text, { maxDepth })
    if (this.#events.length > maxEvents) unusual()
  }

  read(): void {
    while (this.#next < this.#events.length) {
      const document = this.#take()
      if (document.type !== EVENT_ID.DOCUMENT || document.directives.length > 0) unusual()
      const contents = this.#take()
      // Parsers disagree on a block alone whose text is not indented.
      if (contents.type === EVENT_ID.SCALAR && isBlock(contents)) unusual()
      const start = this.#startOf(contents) ?? this.#marker()
      const value = this.#value(contents)
      this.documents.push({ value, start, offsets: this.#offsets })
      this.#next++
    }
  }

  #take(): Event {
    return this.#events[this.#next++] ?? unusual()
  }

  #value(event: Event): unknown {
    if (event.type === EVENT_ID.SCALAR) return this.#scalar(event)
    if (event.type !== EVENT_ID.MAPPING && event.type !== EVENT_ID.SEQUENCE) return unusual()
    if (event.anchorStart !== none || event.tagStart !== none) return unusual()
    return event.type === EVENT_ID.MAPPING ? this.#map(event.start) : this.#list(event.start)
  }

  #scalar(event: ScalarEvent): unknown {
    if (event.anchorStart !== none || event.tagStart !== none) return unusual()
    if (event.valueStart === none) return null
    this.#end = event.valueEnd
    const text = getScalarValue(this.#text, event)
    return event.style === SCALAR_STYLE.PLAIN ? plainValue(text, this.#version) : text
  }

  #map(start: number): unknown {
    const value = emptyMap()
    const keys: string[] = []
    const starts: number[] = []
    for (let event = this.#take(); event.type !== EVENT_ID.POP; event = this.#take()) {
      if (event.type !== EVENT_ID.SCALAR) return unusual()
      const offset = this.#startOf(event) ?? unusual()
      const key = String(this.#scalar(event))
      if (key === '<<') return unusual()
      const part = this.#value(this.#take())
      if (key in value) this.refusals.push(duplicateKey(key, offset))
      value[key] = part
      keys.push(key)
      starts.push(offset)
    }
    this.#offsets.map(value, start, keys, starts)
    return value
  }

  #list(start: number): unknown[] {
    const value: unknown[] = []
    const starts: number[] = []
    for (let event = this.#take(); event.type !== EVENT_ID.POP; event = this.#take()) {
      starts.push(this.#startOf(event) ?? unusual())
      value.push(this.#value(event))
    }
    this.#offsets.list(value, start, starts)
    return value
  }

  /** Where a node starts: its quote, its `|`, its bracket, its first key or dash. Undefined for an empty one. */
  #startOf(event: Event): number | undefined {
    if (event.type === EVENT_ID.MAPPING || event.type === EVENT_ID.SEQUENCE) return event.start
    if (event.type !== EVENT_ID.SCALAR || event.valueStart === none) return undefined
    if (event.style === SCALAR_STYLE.PLAIN) return event.valueStart
    return isBlock(event) ? this.#header(event.valueStart) : event.valueStart - 1
  }

  /** The `|` or `>` of a block whose text starts at an offset: on the last line before it that is not empty. */
  #header(textStart: number): number {
    const before = this.#text.slice(0, textStart).trimEnd()
    const line = before.lastIndexOf('\n') + 1
    const at = before.slice(line).search(blockHeader)
    return at === -1 ? unusual() : line + at
  }

  /** The end of the `---` of a document that has nothing in it. */
  #marker(): number {
    const marker = /^---/gm
    marker.lastIndex = this.#end
    const found = marker.exec(this.#text)
    if (found === null) return unusual()
    this.#end = found.index + found[0].length
    return this.#end
  }
}

/**
 * Reads a text that uses no anchors, tags, directives or merges, many times faster than the patient reader. Undefined
 * for any other text, and for one that is not valid: the patient reader says what is wrong with it, and where.
 */
export const readSwiftly = (text: string, version: YamlVersion): ReadText | undefined => {
  try {
    const reader = new SwiftReader(text, version)
    reader.read()
    return reader
  } catch {
    return undefined
  }
}
