import { startOf } from '../../../core/facts/place.ts'
import { asList, asMapping, asString, asText } from '../../shape.ts'
import { parseYamlFile } from '../../yaml/yaml-file.ts'
import type { KubernetesObject } from '../objects.ts'
import { resolveIn, type KustomizationFile } from './kustomization-file.ts'
import type { Overlay } from './overlays.ts'
import type { Locate } from './rendered-document.ts'
import { walk } from './steps.ts'

/** Where an object comes from, as kustomize's annotation tells. */
interface Origin {
  path: string | undefined
  configuredIn: string | undefined
}

const originOf = (text: string | undefined, prefix: string): Origin => {
  const map = asMapping(text === undefined ? undefined : parseYamlFile('', text, '1.2').documents[0]?.value)
  const inTree = (key: string): string | undefined => {
    const path = asString(map?.[key])
    return path?.startsWith(prefix) === true ? resolveIn('', path.slice(prefix.length)) : undefined
  }
  return { path: inTree('path'), configuredIn: inTree('configuredIn') }
}

/** Of the objects of a file the one that became another: of its kind, with its name or the longest part of it. */
const sourceOf = (objects: readonly KubernetesObject[], made: KubernetesObject): KubernetesObject | undefined =>
  objects
    .filter(({ kind, name }) => kind === made.kind && made.name.includes(name))
    .toSorted((a, b) => b.name.length - a.name.length)[0] ?? objects.find(({ kind }) => kind === made.kind)

/** A place for everything of an object that a kustomization generates: the generator. */
const generatedBy = (one: KustomizationFile, made: KubernetesObject): Locate => {
  const key = made.kind === 'Secret' ? 'secretGenerator' : 'configMapGenerator'
  const list = asList(one.map[key]) ?? []
  const index = list.findIndex((item) => made.name.includes(asText(asMapping(item)?.['name']) ?? '\n'))
  const place = index < 0 ? one.document.at(one.map, key) : one.document.at(list, index)
  return () => place
}

/**
 * Finds the source of each object that kustomize made: the same path in the file that its origin names, or in a patch of
 * the same object that reaches deeper or says what was rendered.
 * @param objects what each file of the tree holds
 * @param prefix what origins begin with
 */
export const kustomizeSources = (
  { top, members, files }: Overlay,
  objects: ReadonlyMap<string, readonly KubernetesObject[]>,
  prefix: string,
): ((made: KubernetesObject, line: number, origin: string | undefined) => Locate) => {
  const everything = [...files].flatMap((path) => objects.get(path) ?? [])
  return (made, _, annotation) => {
    const origin = originOf(annotation, prefix)
    const generator = members.find(({ path }) => path === origin.configuredIn)
    if (generator !== undefined) return generatedBy(generator, made)
    const source =
      origin.path === undefined ? sourceOf(everything, made) : sourceOf(objects.get(origin.path) ?? [], made)
    if (source === undefined) {
      const place = startOf(origin.path !== undefined && files.has(origin.path) ? origin.path : top.path)
      return () => place
    }
    const patches = everything.filter(
      (one) => one !== source && one.kind === source.kind && one.name === source.name && one.path !== source.path,
    )
    return (steps, whole) => {
      let best = { object: source, ...walk(source.value, steps) }
      for (const patch of patches) {
        const other = { object: patch, ...walk(patch.value, steps) }
        if (other.depth > best.depth || (other.depth === best.depth && other.same && !best.same)) best = other
      }
      const { document, value } = best.object
      if (best.depth === 0) return document.at(value)
      if (whole && best.depth === steps.length && typeof best.found === 'object') return document.at(best.found)
      return document.at(best.holder, best.part)
    }
  }
}
