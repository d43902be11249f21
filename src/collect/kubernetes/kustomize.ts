import { asList, asMapping, asString, asStrings, asText, type Mapping } from '../shape.ts'
import type { YamlDocument } from '../yaml/yaml-file.ts'
import { pathFrom } from '../tree-path.ts'

/** What a kustomization, or a tool in its place, says about other files. */
export interface Kustomization {
  folder: string
  /** Files and folders that it takes in, from the root of the tree. */
  resources: string[]
  patches: string[]
  namespace: string | undefined
  /** Names of images that it gives a tag or a digest. */
  images: string[]
  /** `ConfigMap/name` and `Secret/name` that it generates. */
  generated: string[]
}

/** All kustomizations of the tree, joined. */
export interface Kustomized {
  patches: ReadonlySet<string>
  /** Files whose objects get a namespace from a kustomization. */
  namespaced: ReadonlySet<string>
  images: ReadonlySet<string>
  generated: ReadonlySet<string>
}

/** Resolves a path against a folder; undefined when it leaves the tree or is an address. */
const resolve = (folder: string, relative: string): string | undefined =>
  relative.includes('://') ? undefined : pathFrom(folder, relative)

const generators = (map: Mapping, key: string, kind: string): string[] =>
  (asList(map[key]) ?? []).flatMap((item) => {
    const name = asText(asMapping(item)?.['name'])
    return name === undefined ? [] : [`${kind}/${name}`]
  })

/** Reads a kustomization file. */
export const kustomizationOf = (path: string, document: YamlDocument): Kustomization | undefined => {
  const map = asMapping(document.value)
  if (map === undefined) return undefined
  const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : ''
  const paths = (names: readonly string[]): string[] => names.flatMap((name) => resolve(folder, name) ?? [])
  const patchPaths = ['patches', 'patchesJson6902'].flatMap((key) =>
    (asList(map[key]) ?? []).flatMap((item) => asString(asMapping(item)?.['path']) ?? []),
  )
  const merges = asStrings(map['patchesStrategicMerge']).filter((text) => !text.includes('\n'))
  const images = (asList(map['images']) ?? []).flatMap((item) => {
    const image = asMapping(item)
    const name = asText(image?.['name'])
    const tag = asText(image?.['newTag'])
    const set = asText(image?.['digest']) ?? (tag === 'latest' ? undefined : tag)
    const renamed = asText(image?.['newName'])
    return name === undefined || set === undefined ? [] : renamed === undefined ? [name] : [name, renamed]
  })
  return {
    folder,
    resources: paths([...asStrings(map['resources']), ...asStrings(map['bases']), ...asStrings(map['components'])]),
    patches: paths([...patchPaths, ...merges]),
    namespace: asText(map['namespace']),
    images,
    generated: [...generators(map, 'configMapGenerator', 'ConfigMap'), ...generators(map, 'secretGenerator', 'Secret')],
  }
}

/** No folder of a tree: what Skaffold says holds for no folder. */
export const skaffoldFolder = '\0'

/** Skaffold builds images and writes their tags into the manifests that it applies. */
export const skaffoldImages = (document: YamlDocument): Kustomization | undefined => {
  const map = asMapping(document.value)
  if (map === undefined || asString(map['apiVersion'])?.startsWith('skaffold/') !== true) return undefined
  const images = (asList(asMapping(map['build'])?.['artifacts']) ?? []).flatMap(
    (item) => asText(asMapping(item)?.['image']) ?? [],
  )
  return { folder: skaffoldFolder, resources: [], patches: [], namespace: undefined, images, generated: [] }
}

/** Joins all kustomizations: which files they patch, and which get their namespace, through as many bases as there are. */
export const joinKustomizations = (list: readonly Kustomization[]): Kustomized => {
  const byFolder = new Map(list.map((one) => [one.folder, one]))
  const namespaced = new Set<string>()
  const open = list.filter(({ namespace }) => namespace !== undefined)
  const seen = new Set<Kustomization>()
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next)) continue
    seen.add(next)
    for (const resource of next.resources) {
      const base = byFolder.get(resource)
      if (base === undefined) namespaced.add(resource)
      else open.push(base)
    }
  }
  return {
    patches: new Set(list.flatMap(({ patches }) => patches)),
    namespaced,
    images: new Set(list.flatMap(({ images }) => images)),
    generated: new Set(list.flatMap(({ generated }) => generated)),
  }
}
