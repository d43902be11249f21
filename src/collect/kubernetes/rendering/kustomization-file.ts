import { asMapping, asStrings, asString, type Mapping } from '../../shape.ts'
import type { YamlDocument } from '../../yaml/yaml-file.ts'
import { pathFrom } from '../../tree-path.ts'

/** A kustomization as it was read. */
export interface KustomizationFile {
  path: string
  folder: string
  document: YamlDocument
  map: Mapping
}

/** A kustomization file's document; undefined where it is no map. */
export const kustomizationFile = (path: string, document: YamlDocument): KustomizationFile | undefined => {
  const map = asMapping(document.value)
  const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : ''
  return map === undefined ? undefined : { path, folder, document, map }
}

/** Keys whose strings are files or folders of manifests. A string of several lines is one in place. */
const takers = ['resources', 'bases', 'components', 'crds', 'generators', 'transformers', 'validators']

/** What a kustomization takes in: files, folders or addresses, with the key that says so. */
export const takenBy = ({ map }: KustomizationFile): { key: string; entry: string }[] =>
  takers.flatMap((key) =>
    asStrings(map[key])
      .filter((entry) => !entry.includes('\n'))
      .map((entry) => ({ key, entry })),
  )

export const isComponent = ({ map }: KustomizationFile): boolean => asString(map['kind']) === 'Component'

/** Keys that change nothing in what rules ask about, or what is known without preparation. */
const plainKeys = new Set([
  'apiVersion',
  'kind',
  'metadata',
  'resources',
  'bases',
  'namespace',
  'images',
  'labels',
  'commonLabels',
  'commonAnnotations',
  'configMapGenerator',
  'secretGenerator',
  'generatorOptions',
  'buildMetadata',
  'sortOptions',
])

/** Whether the files that a kustomization takes in can be judged as they are. */
export const isPlain = ({ map }: KustomizationFile): boolean => Object.keys(map).every((key) => plainKeys.has(key))

/** A kustomization mentions fewer files than this. */
const maxMentions = 5000

/** Every string of a kustomization that may be a file's name: `key=file` counts as the file. */
export const mentionedBy = ({ map }: { map: Mapping }): string[] => {
  const found: string[] = []
  const open: unknown[] = [map]
  for (let at = open.pop(); at !== undefined && found.length < maxMentions; at = open.pop()) {
    if (typeof at === 'object' && at !== null) open.push(...Object.values(at).filter((part) => part !== null))
    else if (typeof at === 'string' && at.length < 500 && !at.includes('\n')) {
      found.push(at)
      if (at.includes('=')) found.push(at.slice(at.indexOf('=') + 1))
    }
  }
  return found
}

/** Resolves a path against a folder of the tree; undefined when it leaves the tree. */
export const resolveIn = (folder: string, relative: string): string | undefined =>
  relative.startsWith('/') ? undefined : pathFrom(folder, relative)
