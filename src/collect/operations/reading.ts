import type { Place } from '../../core/facts/place.ts'
import type { Mapping } from '../shape.ts'
import type { Tree } from '../tree.ts'
import type { YamlDocument } from '../yaml/yaml-file.ts'
import type { Script } from './script.ts'

/** A compose file as it was read. */
export interface ComposeSource {
  path: string
  root: Mapping
  document: YamlDocument
  /** What the comment at its top says. */
  header: string
}

/** A `docker compose up` in a document. */
interface WrittenCommand {
  file: string
  heading: string
  place: Place
}

/** What one run has read so far. The joins wait until everything is read. */
export interface Reading {
  scripts: Script[]
  compose: ComposeSource[]
  /** Texts of what runs things by the clock: crontabs, CronJobs, timers, scheduled workflows. */
  clocks: string[]
  /** Texts of workflows, Dockerfiles and Makefiles. */
  runners: string[]
  /** Lines of documents and other files that create networks and volumes. */
  created: Set<string>
  /** What shows that something makes backups: tools in any file that is no document. */
  mechanisms: Set<string>
  productionCommands: WrittenCommand[]
  loadCommands: { tool: string; file: string; place: Place }[]
  rollback: boolean
}

const readings = new WeakMap<Tree, Reading>()

export const readingOf = (tree: Tree): Reading => {
  const known = readings.get(tree)
  if (known !== undefined) return known
  const fresh: Reading = {
    scripts: [],
    compose: [],
    clocks: [],
    runners: [],
    created: new Set(),
    mechanisms: new Set(),
    productionCommands: [],
    loadCommands: [],
    rollback: false,
  }
  readings.set(tree, fresh)
  return fresh
}
