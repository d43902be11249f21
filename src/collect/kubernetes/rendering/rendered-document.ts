import type { Place } from '../../../core/facts/place.ts'
import type { LocatedDocument, YamlDocument } from '../../yaml/yaml-file.ts'
import type { KubernetesObject } from '../objects.ts'
import { objectsOf } from '../objects.ts'
import { asMapping } from '../../shape.ts'
import type { Step } from './steps.ts'

/**
 * Where a part of a rendered object comes from.
 * @param steps from the object to the part
 * @param whole whether the part itself is meant (a map) and not its key
 */
export type Locate = (steps: readonly Step[], whole: boolean) => Place

/** A rendered object, whose parts stand where their sources do. */
class RenderedDocument implements LocatedDocument {
  readonly value: unknown
  readonly #locate: Locate
  readonly #holders = new Map<object, { holder: object | undefined; key: string | number }>()

  constructor(value: unknown, locate: Locate) {
    this.value = value
    this.#locate = locate
    this.#note(value, undefined, '')
  }

  at(holder?: unknown, part?: string | number): Place {
    const steps = this.#stepsTo(holder)
    if (steps === undefined) return this.#locate([], true)
    if (part === undefined || typeof holder !== 'object' || holder === null || !(part in holder))
      return this.#locate(steps, true)
    return this.#locate([...steps, { key: part, value: (holder as Record<string | number, unknown>)[part] }], false)
  }

  #note(value: unknown, holder: object | undefined, key: string | number): void {
    if (typeof value !== 'object' || value === null || this.#holders.has(value)) return
    this.#holders.set(value, { holder, key })
    if (Array.isArray(value)) value.forEach((item, index) => this.#note(item, value, index))
    else for (const [name, part] of Object.entries(value)) this.#note(part, value, name)
  }

  #stepsTo(holder: unknown): Step[] | undefined {
    if (typeof holder !== 'object' || holder === null) return undefined
    const steps: Step[] = []
    for (let at: object = holder; ;) {
      const known = this.#holders.get(at)
      if (known === undefined) return undefined
      if (known.holder === undefined) return steps.toReversed()
      steps.push({ key: known.key, value: at })
      at = known.holder
    }
  }
}

const originAnnotation = 'config.kubernetes.io/origin'

/** What kustomize wrote about where an object comes from, taken off the object. */
const takeOrigin = (object: KubernetesObject): string | undefined => {
  const origin = object.annotations[originAnnotation]
  if (origin === undefined) return undefined
  const annotations = asMapping(object.metadata['annotations'])
  if (annotations !== undefined) delete annotations[originAnnotation]
  if (annotations !== undefined && Object.keys(annotations).length === 0) delete object.metadata['annotations']
  return origin
}

/**
 * The objects of a rendered document, placed at their sources.
 * @param locatorFor given an object as it was rendered, the line of the rendered text where it begins, and its origin
 */
export const renderedObjects = (
  document: YamlDocument,
  locatorFor: (object: KubernetesObject, line: number, origin: string | undefined) => Locate,
): KubernetesObject[] =>
  objectsOf(document).flatMap((object) => {
    const origin = takeOrigin(object)
    return objectsOf(new RenderedDocument(object.value, locatorFor(object, object.place.line, origin)))
  })
