import type { Sink } from '../../collector.ts'
import type { Kustomization } from '../kustomize.ts'
import type { KubernetesObject } from '../objects.ts'
import type { KustomizationFile } from './kustomization-file.ts'

/** The objects of one preparation, which a cluster gets together. */
export interface RenderedUnit {
  objects: readonly KubernetesObject[]
  /** What holds for all of them besides: the namespace of a release. */
  kustomizations: readonly Kustomization[]
}

/** What is judged in rendered form. */
export interface RenderedManifests {
  units: readonly RenderedUnit[]
  /** Files that are not judged as they are: an overlay completes them, or they are for another environment. */
  hidden: ReadonlySet<string>
  /** Whether everything that was to be rendered was. */
  complete: boolean
}

/** What one run has read so far. Facts wait for `relate`, as a later file may say that an earlier one is a patch. */
export interface Reading {
  objects: KubernetesObject[]
  kustomizations: Kustomization[]
  kustomizationFiles: KustomizationFile[]
  /** Whether every manifest could be read. */
  complete: boolean
  rendered: RenderedManifests
}

export const emptyReading = (): Reading => ({
  objects: [],
  kustomizations: [],
  kustomizationFiles: [],
  complete: true,
  rendered: { units: [], hidden: new Set(), complete: true },
})

/** A sink that takes only what stands in certain files, and the same fact once. */
export const sinkOf = (sink: Sink, takes: (path: string) => boolean, seen: Set<string>): Sink => ({
  fact: (fact) => {
    if (!takes(fact.place.path)) return
    const identity = JSON.stringify(fact)
    if (seen.has(identity)) return
    seen.add(identity)
    sink.fact(fact)
  },
  unjudged: (place, ...rest) => {
    const identity = JSON.stringify([place, rest])
    if (!takes(place.path) || seen.has(identity)) return
    seen.add(identity)
    sink.unjudged(place, ...rest)
  },
})
