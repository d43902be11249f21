import { asMapping, asString, asText, type Mapping } from '../shape.ts'
import type { Tree } from '../tree.ts'
import { mergeServices } from './merge.ts'
import { purposeOf, type Purpose } from './purpose.ts'
import { Sources } from './sources.ts'
import { folderOf, pathFrom } from '../tree-path.ts'

/** A compose file as it was read. */
export interface ComposeDocument {
  path: string
  purpose: Purpose
  root: Mapping
  services: Mapping
}

/** A service with everything that it extends. */
export interface WholeService {
  value: Mapping
  /** What it extends is not in the repository. */
  incomplete: boolean
}

const maxExtends = 20

/** Whether a service can run by what its file says; otherwise it adds to a service of another file. */
export const isWhole = (service: Mapping): boolean => service['image'] != null || service['build'] != null

/** All compose files of a repository, and what services say across them. */
export class Project {
  readonly documents: ComposeDocument[] = []
  readonly sources: Sources
  readonly #byPath = new Map<string, ComposeDocument>()
  readonly #byDirectory = new Map<string, ComposeDocument[]>()

  constructor(sources: Sources) {
    this.sources = sources
  }

  add(path: string, root: Mapping, services: Mapping): void {
    const document = { path, purpose: purposeOf(path), root, services }
    this.documents.push(document)
    this.#byPath.set(path, document)
    const siblings = this.#byDirectory.get(folderOf(path))
    if (siblings === undefined) this.#byDirectory.set(folderOf(path), [document])
    else siblings.push(document)
  }

  /** The service with what it extends, in this file and in others. */
  whole(document: ComposeDocument, name: string): WholeService {
    return this.#extend(document, name, new Set())
  }

  #extend(document: ComposeDocument, name: string, open: Set<string>): WholeService {
    const value = asMapping(document.services[name])
    const id = `${document.path}\n${name}`
    if (value === undefined || open.has(id) || open.size > maxExtends) return { value: {}, incomplete: true }
    const wanted = value['extends']
    if (wanted === undefined || wanted === null) return { value, incomplete: false }
    open.add(id)
    const other = asString(wanted) ?? asText(asMapping(wanted)?.['service'])
    const file = asString(asMapping(wanted)?.['file'])
    const path = file === undefined ? document.path : pathFrom(folderOf(document.path), file)
    const from = path === undefined ? undefined : this.#byPath.get(path)
    if (from === undefined || other === undefined) return { value, incomplete: true }
    const base = this.#extend(from, other, open)
    return { value: mergeServices(this.sources, base.value, value), incomplete: base.incomplete }
  }

  /** The service as an override in the same folder, whose name says production, changes it. */
  withProductionOverrides(document: ComposeDocument, name: string, value: Mapping): Mapping {
    if (document.purpose !== 'unspecified' || !isWhole(value)) return value
    let result = value
    for (const other of this.#siblings(document)) {
      const over = asMapping(other.services[name])
      if (other.purpose === 'production' && over !== undefined) result = mergeServices(this.sources, result, over)
    }
    return result
  }

  /** The image of a service that a file only adds to, from the file beside it that has the rest. */
  imageBeside(document: ComposeDocument, name: string): unknown {
    for (const other of this.#siblings(document)) {
      const image = asMapping(other.services[name])?.['image']
      if (image !== undefined && image !== null) return image
    }
    return undefined
  }

  #siblings(document: ComposeDocument): ComposeDocument[] {
    return (this.#byDirectory.get(folderOf(document.path)) ?? []).filter((other) => other !== document)
  }

  /** The names of services that another service of the same file waits for to complete. */
  completed(document: ComposeDocument): Set<string> {
    const names = new Set<string>()
    for (const service of Object.values(document.services))
      for (const [name, condition] of Object.entries(asMapping(asMapping(service)?.['depends_on']) ?? {}))
        if (asMapping(condition)?.['condition'] === 'service_completed_successfully') names.add(name)
    return names
  }
}

/** What one run has read so far; a service may extend one in a file that comes later. */
const projects = new WeakMap<Tree, Project>()

/** Everything of Compose that was read of a tree. */
export const projectOf = (tree: Tree): Project => {
  const known = projects.get(tree) ?? new Project(new Sources())
  projects.set(tree, known)
  return known
}
