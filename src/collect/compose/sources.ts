import { startOf, type Place } from '../../core/facts/place.ts'
import { asMapping, type Mapping } from '../shape.ts'
import type { YamlDocument } from '../yaml/yaml-file.ts'

/** Knows where everything in the compose files stands, also what was merged from several of them. */
export class Sources {
  readonly #documents = new WeakMap<object, YamlDocument>()
  readonly #merged = new WeakMap<object, Map<string, Place>>()

  /** Makes the places of a document's parts known. */
  adopt(document: YamlDocument): void {
    const waiting: unknown[] = [document.value]
    while (waiting.length > 0) {
      const next = waiting.pop()
      if (typeof next !== 'object' || next === null || this.#documents.has(next)) continue
      this.#documents.set(next, document)
      waiting.push(...Object.values(next))
    }
  }

  /** The place of a key or item of a map or list. */
  at(holder: object, part: string | number): Place {
    return (
      this.#merged.get(holder)?.get(String(part)) ?? this.#documents.get(holder)?.at(holder, part) ?? startOf('unknown')
    )
  }

  /** A mapping whose keys come from both; what `over` has wins, and what `join` knows to combine is combined. */
  merge(under: Mapping, over: Mapping, join: (key: string, under: unknown, over: unknown) => unknown): Mapping {
    const merged: Mapping = Object.create(null) as Mapping
    const places = new Map<string, Place>()
    for (const key of Object.keys(under)) {
      merged[key] = under[key]
      places.set(key, this.at(under, key))
    }
    for (const key of Object.keys(over)) {
      merged[key] = key in under ? join(key, under[key], over[key]) : over[key]
      places.set(key, this.at(over, key))
    }
    this.#merged.set(merged, places)
    return merged
  }

  /** Both lists, one after the other. */
  concat(under: readonly unknown[], over: readonly unknown[]): unknown[] {
    const list = [...under, ...over]
    const places = new Map<string, Place>()
    for (const [index] of under.entries()) places.set(String(index), this.at(under, index))
    for (const [index] of over.entries()) places.set(String(under.length + index), this.at(over, index))
    this.#merged.set(list, places)
    return list
  }

  /** `A=1` items as a mapping, with the places of the items. */
  pairs(value: unknown): Mapping | undefined {
    if (!Array.isArray(value)) return asMapping(value)
    const result: Mapping = Object.create(null) as Mapping
    const places = new Map<string, Place>()
    for (const [index, item] of value.entries()) {
      if (typeof item !== 'string') continue
      const equals = item.indexOf('=')
      const name = equals < 0 ? item : item.slice(0, equals)
      result[name] = equals < 0 ? null : item.slice(equals + 1)
      places.set(name, this.at(value, index))
    }
    this.#merged.set(result, places)
    return result
  }
}
