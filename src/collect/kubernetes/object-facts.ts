import { defined } from '../shape.ts'
import { isNamespaced, removalOf } from './deprecated.ts'
import { placesOf, type KubernetesObject } from './objects.ts'
import type { World } from './world.ts'

/** Emits the fact that every object has, whatever its kind. */
export const emitObject = (object: KubernetesObject, world: World): void => {
  const { metadata, value, document } = object
  const removal = removalOf(object.apiVersion, object.kind)
  world.sink.fact({
    kind: 'kubernetes.object',
    subject: object.id,
    place: object.place,
    places: placesOf(document, {
      apiVersion: [value, 'apiVersion'],
      kind: [value, 'kind'],
      name: [metadata, 'name'],
      namespace: [metadata, 'namespace'],
    }),
    value: defined({
      apiVersion: object.apiVersion,
      kind: object.kind,
      name: object.name,
      namespace: object.namespace,
      namespaced: isNamespaced(object.group, object.kind),
      namespaceSetElsewhere: world.kustomized.namespaced.has(object.path),
      labels: object.labels,
      removedIn: removal?.removedIn,
      replacement: removal?.replacement,
    }),
  })
}
