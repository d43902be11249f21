import { startOf, type Place } from '../../../core/facts/place.ts'
import { asList, asMapping, asString, asText, type Mapping } from '../../shape.ts'
import type { Tree } from '../../tree.ts'
import { parseYamlFile, type YamlDocument } from '../../yaml/yaml-file.ts'
import { resolveIn } from './kustomization-file.ts'

/** A chart's dependency that is not in the tree. */
export interface MissingChart {
  name: string
  place: Place
}

/** A chart as its Chart.yaml tells. */
export interface Chart {
  path: string
  folder: string
  name: string
  library: boolean
  /** Where its dependencies' own charts stand: by the name of their folder in `charts/`. */
  local: ReadonlyMap<string, string>
  missing: readonly MissingChart[]
  map: Mapping
  /** The place of what a dependency brings, for what has no file of its own. */
  placeOf(dependency: string | undefined): Place
}

const chartFile = /(^|\/)Chart\.ya?ml$/

/** Charts that are no other chart's: not below a chart's `charts/`. */
export const chartPaths = (tree: Tree): string[] =>
  tree.files
    .filter(({ path, mode }) => chartFile.test(path) && mode !== 'symlink' && mode !== 'submodule')
    .map(({ path }) => path)
    .filter((path) => !/(^|\/)charts\/[^/]+\/Chart\.ya?ml$/.test(path) || !isVendored(path, tree))

const isVendored = (path: string, tree: Tree): boolean => {
  const owner = path.slice(0, path.lastIndexOf('/')).replace(/(^|\/)charts\/[^/]+$/, '$1')
  return tree.has(`${owner}Chart.yaml`) || tree.has(`${owner}Chart.yml`)
}

const folderOf = (path: string): string => path.replace(/(^|\/)[^/]*$/, '')

const within = (folder: string, path: string): string => (folder === '' ? path : `${folder}/${path}`)

/** Reads a Chart.yaml, and looks in the tree for the charts that it depends on. */
export const chartOf = (path: string, text: string, tree: Tree): Chart | undefined => {
  const document: YamlDocument | undefined = parseYamlFile(path, text, '1.2').documents[0]
  const map = asMapping(document?.value)
  const name = asText(map?.['name'])
  if (document === undefined || map === undefined || name === undefined) return undefined
  const folder = folderOf(path)
  const list = asList(map['dependencies']) ?? []
  const local = new Map<string, string>()
  const missing: MissingChart[] = []
  for (const item of list) {
    const dependency = asText(asMapping(item)?.['name'])
    if (dependency === undefined) continue
    const vendored = within(folder, `charts/${dependency}`)
    const archive = tree.all.some((file) => file.path.startsWith(`${vendored}-`) && file.path.endsWith('.tgz'))
    if (archive || tree.has(`${vendored}/Chart.yaml`)) continue
    const repository = asString(asMapping(item)?.['repository']) ?? ''
    const target = repository.startsWith('file://') ? resolveIn(folder, repository.slice(7)) : undefined
    if (target !== undefined && tree.has(within(target, 'Chart.yaml'))) local.set(dependency, target)
    else missing.push({ name: dependency, place: document.at(list, list.indexOf(item)) })
  }
  return {
    path,
    folder,
    name,
    library: asString(map['type']) === 'library',
    local,
    missing,
    map,
    placeOf: (dependency) => {
      const index = list.findIndex((item) => {
        const one = asMapping(item)
        return (
          dependency !== undefined && (asText(one?.['name']) === dependency || asText(one?.['alias']) === dependency)
        )
      })
      return index < 0 ? startOf(path) : document.at(list, index)
    },
  }
}

/** A chart without the dependencies that are not there, as the text of its Chart.yaml. */
export const withoutMissing = ({ map, missing }: Chart): string => {
  const names = new Set(missing.map(({ name }) => name))
  const kept = (asList(map['dependencies']) ?? []).filter((item) => !names.has(asText(asMapping(item)?.['name']) ?? ''))
  return JSON.stringify({ ...map, dependencies: kept })
}
