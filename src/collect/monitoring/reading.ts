import type { Place } from '../../core/facts/place.ts'
import type { Mapping } from '../shape.ts'
import type { Tree } from '../tree.ts'
import type { YamlDocument } from '../yaml/yaml-file.ts'

/** A document of YAML that monitoring is about. */
export interface Source {
  path: string
  root: Mapping
  document: YamlDocument
}

/** An alert as it was written. */
interface WrittenAlert {
  name: string
  expression: string
  place: Place
  places: Record<string, Place>
  waits: boolean
  severity: boolean
  /** The rule file, to be joined with who loads it; absent for a PrometheusRule. */
  file?: string
}

/** What one run has read so far. The joins wait until everything is read. */
export interface Reading {
  prometheus: { source: Source; text: string }[]
  alertmanagers: Source[]
  providers: Source[]
  alerts: WrittenAlert[]
  recorded: Set<string>
  /** Names under which compose services answer. */
  hosts: Set<string>
  composed: boolean
  /** Repositories of images that run, in lower case. */
  images: Set<string>
  /** Manifests of packages and sources that say something of metrics. */
  libraries: { path: string; text: string }[]
  /** Words in quotes of the sources that deal with metrics, with `_` for `.` and `-`. */
  words: Set<string>
  sources: number
}

const readings = new WeakMap<Tree, Reading>()

export const readingOf = (tree: Tree): Reading => {
  const known = readings.get(tree)
  if (known !== undefined) return known
  const fresh: Reading = {
    prometheus: [],
    alertmanagers: [],
    providers: [],
    alerts: [],
    recorded: new Set(),
    hosts: new Set(),
    composed: false,
    images: new Set(),
    libraries: [],
    words: new Set(),
    sources: 0,
  }
  readings.set(tree, fresh)
  return fresh
}
