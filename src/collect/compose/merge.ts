import { asList, asMapping, type Mapping } from '../shape.ts'
import type { Sources } from './sources.ts'

const pairKeys = new Set(['environment', 'labels', 'annotations', 'sysctls', 'extra_hosts'])
const replaced = new Set(['command', 'entrypoint', 'test'])
const maxDepth = 8

/** Merges two services as Compose does: mappings by key, lists one after the other, `command` and `entrypoint` replaced. */
export const mergeServices = (sources: Sources, under: Mapping, over: Mapping): Mapping =>
  mergeMappings(sources, under, over, 0)

const mergeMappings = (sources: Sources, under: Mapping, over: Mapping, depth: number): Mapping =>
  sources.merge(under, over, (key, low, high) => {
    if (high === null || high === undefined) return low
    if (replaced.has(key) || depth > maxDepth) return high
    if (pairKeys.has(key)) {
      const [a, b] = [sources.pairs(low), sources.pairs(high)]
      if (a !== undefined && b !== undefined) return mergeMappings(sources, a, b, depth + 1)
    }
    const [lowMap, highMap] = [asMapping(low), asMapping(high)]
    if (lowMap !== undefined && highMap !== undefined) return mergeMappings(sources, lowMap, highMap, depth + 1)
    const [lowList, highList] = [asList(low), asList(high)]
    if (lowList !== undefined && highList !== undefined) return sources.concat(lowList, highList)
    return high
  })
