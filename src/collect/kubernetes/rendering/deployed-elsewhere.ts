import { asList, asMapping, asString, type Mapping } from '../../shape.ts'
import type { Sink } from '../../collector.ts'
import type { Tree } from '../../tree.ts'
import type { KubernetesObject } from '../objects.ts'

/** The sources of an Argo CD Application, or of what an ApplicationSet makes. */
const sourcesOf = ({ kind, spec }: KubernetesObject): Mapping[] => {
  const own = kind === 'ApplicationSet' ? asMapping(asMapping(spec['template'])?.['spec']) : spec
  return [own?.['source'], ...(asList(own?.['sources']) ?? [])].flatMap((source): Mapping[] => {
    const map = asMapping(source)
    return map === undefined ? [] : [map]
  })
}

/** Whether a source is a folder of this tree, which is judged here. */
const isHere = (source: Mapping, tree: Tree): boolean => {
  const path = asString(source['path'])
  return source['chart'] === undefined && path !== undefined && tree.isDirectory(path.replace(/^\.\/|\/$/g, ''))
}

/** Says what Argo CD deploys from other places: it is not followed there, and holds nothing up. */
export const noteApplications = (objects: readonly KubernetesObject[], sink: Sink, tree: Tree): void => {
  for (const object of objects) {
    if (object.group !== 'argoproj.io' || !/^Application(Set)?$/.test(object.kind)) continue
    for (const source of sourcesOf(object)) {
      if (isHere(source, tree)) continue
      const what = asString(source['chart']) ?? asString(source['path']) ?? 'manifests'
      const from = asString(source['repoURL']) ?? 'elsewhere'
      // An address may hold a token.
      const place = from.replace(/\/\/[^/@]*@/, '//')
      sink.unjudged(
        object.document.at(source),
        'deployed-elsewhere',
        `deploys ${what.slice(0, 100)} of ${place.slice(0, 200)}, which is not followed`,
        { repairable: false, blocks: false },
      )
    }
  }
}
