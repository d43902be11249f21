import type { Place } from '../../core/facts/place.ts'
import { asList, asMapping, asNumber, asString, asText, type Mapping } from '../shape.ts'
import type { LocatedDocument } from '../yaml/yaml-file.ts'
import { isForeign } from './recognise.ts'

/** One object of a manifest, as plain data with the means to say where its parts stand. */
export interface KubernetesObject {
  apiVersion: string
  group: string
  kind: string
  name: string
  namespace: string | undefined
  labels: Record<string, string>
  annotations: Record<string, string>
  metadata: Mapping
  spec: Mapping
  value: Mapping
  document: LocatedDocument
  path: string
  place: Place
  /** `Kind/namespace/name`, with the namespace only where it is written. */
  id: string
}

/** The maps of a list; what is no map is left out. */
export const mappingsOf = (value: unknown): Mapping[] =>
  (asList(value) ?? []).flatMap((item): Mapping[] => {
    const map = asMapping(item)
    return map === undefined ? [] : [map]
  })

/** A number, also one in quotes: the API refuses those where it wants a number, and what was meant is plain. */
export const asCount = (value: unknown): number | undefined =>
  typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : asNumber(value)

/** A map of labels or annotations; values that are no text are left out. */
export const textMap = (value: unknown): Record<string, string> =>
  Object.fromEntries(
    Object.entries(asMapping(value) ?? {}).flatMap(([key, part]) => {
      const text = asText(part)
      return text === undefined ? [] : [[key, text]]
    }),
  )

const objectOf = (value: Mapping, apiVersion: string, kind: string, document: LocatedDocument): KubernetesObject => {
  const metadata = asMapping(value['metadata']) ?? {}
  const generated = asString(metadata['generateName'])
  const name = asText(metadata['name']) ?? (generated === undefined ? '' : `${generated}*`)
  const namespace = asText(metadata['namespace'])
  const place = document.at(value)
  return {
    apiVersion,
    group: apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '',
    kind,
    name,
    namespace: namespace === '' ? undefined : namespace,
    labels: textMap(metadata['labels']),
    annotations: textMap(metadata['annotations']),
    metadata,
    spec: asMapping(value['spec']) ?? {},
    value,
    document,
    path: place.path,
    place,
    id: [kind, namespace, name].filter((part) => part !== undefined && part !== '').join('/'),
  }
}

/** A List in a List in a List is somebody's test. */
const maxListDepth = 4

/** Every object of a document: itself, or what a List or an OpenShift Template holds. */
export const objectsOf = (
  document: LocatedDocument,
  value: unknown = document.value,
  inherited?: { apiVersion: string; kind: string },
  depth = 0,
): KubernetesObject[] => {
  const map = asMapping(value)
  if (map === undefined || depth > maxListDepth) return []
  const apiVersion = asString(map['apiVersion']) ?? inherited?.apiVersion
  const kind = asString(map['kind']) ?? inherited?.kind
  if (apiVersion === undefined || kind === undefined || isForeign(apiVersion, kind)) return []
  const items = kind.endsWith('List') ? asList(map['items']) : kind === 'Template' ? asList(map['objects']) : undefined
  if (items === undefined) return [objectOf(map, apiVersion, kind, document)]
  const element = kind === 'List' || kind === 'Template' ? undefined : { apiVersion, kind: kind.slice(0, -4) }
  return items.flatMap((item) => objectsOf(document, item, element, depth + 1))
}

/** Places of the parts that are there, by the names that rules give them. */
export const placesOf = (
  document: LocatedDocument,
  parts: Record<string, readonly [holder: unknown, key: string]>,
): Record<string, Place> => {
  const places: Record<string, Place> = {}
  for (const name of Object.keys(parts)) {
    const [holder, key] = parts[name] ?? [undefined, '']
    const map = asMapping(holder)
    if (map !== undefined && key in map) places[name] = document.at(map, key)
  }
  return places
}
