import type { Place } from '../../core/facts/place.ts'
import type { Collector, Sink, TextFile } from '../collector.ts'
import type { Tree } from '../tree.ts'
import { emitAll } from './emit.ts'
import { isHelmTemplate, surveyCharts } from './helm.ts'
import { kustomizationOf, skaffoldImages, type Kustomization } from './kustomize.ts'
import { objectsOf, type KubernetesObject } from './objects.ts'
import { isForeignPath, isKustomizationPath, isTemplate, looksLikeKubernetes } from './recognise.ts'
import { worldOf } from './world.ts'

/** A larger JSON file is data: manifests that people keep as JSON are small. Bytes. */
const maxJsonSize = 1_000_000

/** What one run has read so far. Facts wait for `relate`, as a later file may say that an earlier one is a patch. */
interface Reading {
  objects: KubernetesObject[]
  kustomizations: Kustomization[]
  /** Whether every manifest could be read. */
  complete: boolean
}

const readings = new WeakMap<Tree, Reading>()

const readingOf = (tree: Tree): Reading => {
  const known = readings.get(tree)
  if (known !== undefined) return known
  const fresh: Reading = { objects: [], kustomizations: [], complete: true }
  readings.set(tree, fresh)
  return fresh
}

const collect = (file: TextFile, sink: Sink, tree: Tree): void => {
  const reading = readingOf(tree)
  if (isKustomizationPath(file.path)) {
    for (const document of file.yaml('1.1').documents) {
      const kustomization = kustomizationOf(file.path, document)
      if (kustomization !== undefined) reading.kustomizations.push(kustomization)
    }
    return
  }
  if (!looksLikeKubernetes(file.text)) return
  if (isHelmTemplate(file.path, tree)) {
    reading.complete = false
    return
  }
  const template = (place: Place): void =>
    sink.unjudged(place, 'template', 'is a template, which only another tool can render', { repairable: false })
  const parsed = file.yaml('1.1')
  for (const document of parsed.documents) {
    const skaffold = skaffoldImages(document)
    if (skaffold === undefined) reading.objects.push(...objectsOf(document))
    else reading.kustomizations.push(skaffold)
  }
  if (parsed.problems.length > 0) reading.complete = false
  for (const { code, reason, place } of parsed.problems)
    if ((code === 'syntax' || code === 'complex-key') && isTemplate(file.text)) template(place)
    else sink.unjudged(place, code, reason)
}

/** Kubernetes manifests: YAML and JSON files that hold objects with an apiVersion and a kind. */
export const kubernetes: Collector = {
  topic: 'kubernetes',
  claims: ({ path, size }) =>
    isKustomizationPath(path) ||
    (!isForeignPath(path) && (/\.ya?ml$/i.test(path) || (path.endsWith('.json') && size <= maxJsonSize))),
  recognises: looksLikeKubernetes,
  collect,
  survey: surveyCharts,
  relate: ({ tree }, sink) => {
    const { objects, kustomizations, complete } = readingOf(tree)
    readings.delete(tree)
    emitAll(worldOf(objects, kustomizations, complete, sink))
  },
}
