import { isAlias, isMap, isScalar, isSeq, type Document, type Node, type Pair, type YAMLMap } from 'yaml'
import { Offsets } from './offsets.ts'
import { emptyMap } from './plain-map.ts'
import { duplicateKey, type Refusal } from './read-text.ts'

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

const startOf = (node: Node | null): number => node?.range?.[0] ?? 0

/** Turns a parsed document into plain data, and remembers where each part of it stands. Aliases and `<<` are resolved. */
export class LocatedReader {
  readonly offsets = new Offsets()
  readonly duplicates: Refusal[] = []
  readonly #document: Document.Parsed
  readonly #done = new Map<Node, { value: unknown; nodes: number }>()
  readonly #open = new Set<Node>()
  #total = 0
  /** How many nodes the last thing that was converted has: beside its value, so that no scalar costs an object. */
  #nodes = 0

  constructor(document: Document.Parsed) {
    this.#document = document
  }

  read(): unknown {
    return this.#convert(this.#document.contents, 0)
  }

  #convert(node: unknown, depth: number): unknown {
    if (depth > maxDepth)
      throw new YamlRefused('too-deep', `is nested deeper than ${maxDepth} levels`, startOf(node as Node))
    if (isScalar(node)) {
      this.#nodes = 1
      this.#count(node)
      // A time or a binary with its tag: nothing here asks for more than its text.
      return typeof node.value === 'object' && node.value !== null ? node.source : node.value
    }
    if (isAlias(node)) {
      const target = node.resolve(this.#document)
      if (target === undefined)
        throw new YamlRefused('syntax', `has an alias *${node.source} without an anchor`, startOf(node))
      if (this.#open.has(target))
        throw new YamlRefused('alias-cycle', 'has an alias that contains itself', startOf(node))
      const value = this.#convert(target, depth + 1)
      this.#count(node)
      return value
    }
    if (!isMap(node) && !isSeq(node)) {
      this.#nodes = 1
      return null
    }
    // Only what has an anchor can be met again.
    if (node.anchor === undefined) return isMap(node) ? this.#map(node, depth) : this.#list(node.items, node, depth)
    const known = this.#done.get(node)
    if (known !== undefined) {
      this.#nodes = known.nodes
      return known.value
    }
    this.#open.add(node)
    const value = isMap(node) ? this.#map(node, depth) : this.#list(node.items, node, depth)
    this.#open.delete(node)
    this.#done.set(node, { value, nodes: this.#nodes })
    return value
  }

  #count(node: Node): void {
    this.#total += this.#nodes
    if (this.#total > maxExpandedNodes)
      throw new YamlRefused(
        'alias-bomb',
        `grows past ${maxExpandedNodes} nodes when its aliases are written out`,
        startOf(node),
      )
  }

  #list(items: unknown[], node: Node, depth: number): unknown[] {
    const value: unknown[] = []
    const starts: number[] = []
    let nodes = 1
    for (const item of items) {
      const converted = this.#convert(item, depth + 1)
      nodes += this.#nodes
      starts.push(startOf(item as Node))
      value.push(converted)
    }
    this.offsets.list(value, startOf(node), starts)
    this.#nodes = nodes
    return value
  }

  #map(node: YAMLMap, depth: number): Record<string, unknown> {
    const value = emptyMap()
    const [keys, starts]: [string[], number[]] = [[], []]
    // Keys that only a merged map has so far.
    let merged: Set<string> | undefined
    let nodes = 1
    for (const pair of node.items as Pair<Node, Node | null>[]) {
      const converted = this.#convert(pair.value, depth + 1)
      nodes += 1 + this.#nodes
      const key = this.#key(pair.key)
      if (key === '<<') this.#merge(converted, value, keys, starts, (merged ??= new Set()))
      else {
        // Checked here, since the parser's own check is quadratic: 20 s for a map of 40,000 keys.
        if (key in value && merged?.delete(key) !== true) this.duplicates.push(duplicateKey(key, startOf(pair.key)))
        value[key] = converted
        keys.push(key)
        starts.push(startOf(pair.key))
      }
    }
    this.offsets.map(value, startOf(node), keys, starts)
    this.#nodes = nodes
    return value
  }

  #key(node: Node): string {
    const value = this.#convert(node, maxDepth - 1)
    if (typeof value === 'object' && value !== null)
      throw new YamlRefused(
        'complex-key',
        'has a map or a list as a key, as an unrendered {{ template }} does',
        startOf(node),
      )
    return String(value)
  }

  /** Keys of the map itself win over merged ones wherever they stand; earlier merged maps win over later ones. */
  #merge(given: unknown, into: Record<string, unknown>, keys: string[], starts: number[], merged: Set<string>): void {
    for (const source of Array.isArray(given) ? (given as unknown[]) : [given]) {
      if (typeof source !== 'object' || source === null) continue
      for (const [key, value] of Object.entries(source)) {
        if (key in into) continue
        into[key] = value
        merged.add(key)
        keys.push(key)
        starts.push(this.offsets.of(source, key) ?? 0)
      }
    }
  }
}
