import { startOf, type Place } from '../../core/facts/place.ts'
import type { Collector, Sink, TextFile } from '../collector.ts'
import type { Tree } from '../tree.ts'
import { emitAll } from './emit.ts'
import { isHelmTemplate } from './helm.ts'
import { kustomizationOf, skaffoldFolder, skaffoldImages } from './kustomize.ts'
import { objectsOf } from './objects.ts'
import { isForeignPath, isHelmfilePath, isKustomizationPath, isTemplate, looksLikeKubernetes } from './recognise.ts'
import { emptyReading, sinkOf, type Reading } from './rendering/reading.ts'
import { kustomizationFile } from './rendering/kustomization-file.ts'
import { renderManifests } from './rendering/render.ts'
import { worldOf } from './world.ts'

/** A larger JSON file is data: manifests that people keep as JSON are small. Bytes. */
const maxJsonSize = 1_000_000

/** Objects read again for every rendering; past this the renderings are joined with themselves alone. */
const maxContext = 200_000

const readings = new WeakMap<Tree, Reading>()

const readingOf = (tree: Tree): Reading => {
  const known = readings.get(tree)
  if (known !== undefined) return known
  const fresh = emptyReading()
  readings.set(tree, fresh)
  return fresh
}

const collect = (file: TextFile, sink: Sink, tree: Tree): void => {
  const reading = readingOf(tree)
  if (isKustomizationPath(file.path)) {
    const { documents, problems } = file.yaml('1.1')
    for (const { code, reason, place } of problems) sink.unjudged(place, code, reason)
    for (const document of documents) {
      const kustomization = kustomizationOf(file.path, document)
      const source = kustomizationFile(file.path, document)
      if (kustomization !== undefined) reading.kustomizations.push(kustomization)
      if (source !== undefined) reading.kustomizationFiles.push(source)
    }
    return
  }
  if (isHelmfilePath(file.path))
    sink.unjudged(startOf(file.path), 'helmfile', 'is a helmfile, whose releases are not followed', {
      repairable: false,
      blocks: false,
    })
  if (!looksLikeKubernetes(file.text) || isHelmTemplate(file.path, tree)) return
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
  prepare: async (preparation, sink, tree) => {
    const reading = readingOf(tree)
    reading.rendered = await renderManifests(reading, preparation, sink, tree)
  },
  relate: ({ tree }, sink) => {
    const { objects, kustomizations, rendered, ...reading } = readingOf(tree)
    readings.delete(tree)
    const complete = reading.complete && rendered.complete
    const written = objects.filter(({ path }) => !rendered.hidden.has(path))
    if (rendered.units.length === 0) {
      emitAll(worldOf(written, kustomizations, complete, sink))
      return
    }
    // What is rendered together is a world of its own, in which the manifests that nothing renders are too: a Service
    // beside a chart may send it traffic. Each world speaks for its own files.
    const paths = new Set(written.map(({ path }) => path))
    const seen = new Set<string>()
    const made = rendered.units.flatMap((unit) => unit.objects)
    emitAll(
      worldOf(
        [...written, ...made],
        kustomizations,
        complete,
        sinkOf(sink, (path) => paths.has(path), seen),
      ),
    )
    const builds = kustomizations.filter(({ folder }) => folder === skaffoldFolder)
    for (const unit of rendered.units) {
      const context = written.length * rendered.units.length > maxContext ? [] : written
      const own = sinkOf(sink, (path) => !paths.has(path), seen)
      emitAll(worldOf([...unit.objects, ...context], [...builds, ...unit.kustomizations], complete, own))
    }
  },
}
