import { isAlias, isMap, isScalar, isSeq, type Document, type Node, type Pair, type YAMLMap } from 'yaml'

/** Nesting that no manifest, workflow or compose file comes near. */
const maxDepth = 200

/** Nodes of a document when all its aliases are written out; a bomb reaches billions. */
const maxExpandedNodes = 500_000

/** A document that is refused, and where. */
export class YamlRefused extends Error {
  readonly code: string
  readonly offset: number

  constructor(code: string, reason: string, offset: number) {
    super(reason)
    this.name = 'YamlRefused'
    this.code = code
    this.offset = offset
  }
}

interface Converted {
  value: unknown
  nodes: number
}

/** The offsets at which a map's keys or a list's items start, by the object that holds them. */
export type Offsets = WeakMap<object, { self: number; parts: Map<string | number, number> }>

const startOf = (node: Node | null): number => node?.range?.[0] ?? 0

/** Turns a parsed document into plain data, and remembers where each part of it stands. Aliases and `<<` are resolved. */
export class LocatedReader {
  readonly offsets: Offsets = new WeakMap()
  /** Keys that a map has twice. The last wins, and nobody can say which was meant. */
  readonly duplicates: { key: string; offset: number }[] = []
  readonly #document: Document.Parsed
  readonly #done = new Map<Node, Converted>()
  readonly #open = new Set<Node>()
  #total = 0

  constructor(document: Document.Parsed) {
    this.#document = document
  }

  read(): unknown {
    return this.#convert(this.#document.contents, 0).value
  }

  #convert(node: unknown, depth: number): Converted {
    if (depth > maxDepth)
      throw new YamlRefused('too-deep', `is nested deeper than ${maxDepth} levels`, startOf(node as Node))
    if (isScalar(node)) return this.#count({ value: node.value, nodes: 1 }, node)
    if (isAlias(node)) {
      const target = node.resolve(this.#document)
      if (target === undefined)
        throw new YamlRefused('syntax', `has an alias *${node.source} without an anchor`, startOf(node))
      if (this.#open.has(target))
        throw new YamlRefused('alias-cycle', 'has an alias that contains itself', startOf(node))
      return this.#count(this.#convert(target, depth + 1), node)
    }
    if (!isMap(node) && !isSeq(node)) return { value: null, nodes: 1 }
    const known = this.#done.get(node)
    if (known !== undefined) return known
    this.#open.add(node)
    const converted = isMap(node) ? this.#map(node, depth) : this.#list(node.items, node, depth)
    this.#open.delete(node)
    if (node.anchor !== undefined) this.#done.set(node, converted)
    return converted
  }

  #count(converted: Converted, node: Node): Converted {
    this.#total += converted.nodes
    if (this.#total > maxExpandedNodes)
      throw new YamlRefused(
        'alias-bomb',
        `grows past ${maxExpandedNodes} nodes when its aliases are written out`,
        startOf(node),
      )
    return converted
  }

  #list(items: unknown[], node: Node, depth: number): Converted {
    const value: unknown[] = []
    const parts = new Map<string | number, number>()
    let nodes = 1
    for (const item of items) {
      const converted = this.#convert(item, depth + 1)
      parts.set(value.length, startOf(item as Node))
      value.push(converted.value)
      nodes += converted.nodes
    }
    this.offsets.set(value, { self: startOf(node), parts })
    return { value, nodes }
  }

  #map(node: YAMLMap, depth: number): Converted {
    const value: Record<string, unknown> = Object.create(null) as Record<string, unknown>
    const parts = new Map<string | number, number>()
    const own = new Set<string>()
    let nodes = 1
    for (const pair of node.items as Pair<Node, Node | null>[]) {
      const converted = this.#convert(pair.value, depth + 1)
      nodes += 1 + converted.nodes
      const key = this.#key(pair.key)
      if (key === '<<') this.#merge(converted.value, value, parts)
      else {
        // Checked here, since the parser's own check is quadratic: 20 s for a map of 40,000 keys.
        if (own.has(key)) this.duplicates.push({ key, offset: startOf(pair.key) })
        own.add(key)
        value[key] = converted.value
        parts.set(key, startOf(pair.key))
      }
    }
    this.offsets.set(value, { self: startOf(node), parts })
    return { value, nodes }
  }

  #key(node: Node): string {
    const { value } = this.#convert(node, maxDepth - 1)
    if (typeof value === 'object' && value !== null)
      throw new YamlRefused(
        'complex-key',
        'has a map or a list as a key, as an unrendered {{ template }} does',
        startOf(node),
      )
    return String(value)
  }

  /** Keys of the map itself win over merged ones wherever they stand; earlier merged maps win over later ones. */
  #merge(merged: unknown, into: Record<string, unknown>, parts: Map<string | number, number>): void {
    for (const source of Array.isArray(merged) ? (merged as unknown[]) : [merged]) {
      if (typeof source !== 'object' || source === null) continue
      for (const [key, value] of Object.entries(source)) {
        if (key in into) continue
        into[key] = value
        parts.set(key, this.offsets.get(source)?.parts.get(key) ?? 0)
      }
    }
  }
}
