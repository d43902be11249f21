import type { Preparation, Sink } from '../../collector.ts'
import type { Tree } from '../../tree.ts'
import type { KubernetesObject } from '../objects.ts'
import { belongingOfFolder, belongingTo, forEnvironment } from './environments.ts'
import { kustomizeSources } from './kustomize-source.ts'
import { overlaysOf, type Overlay } from './overlays.ts'
import type { Reading, RenderedManifests, RenderedUnit } from './reading.ts'
import { inTurn, objectsIn, readFiles, render, tell, type Failure } from './request.ts'

const renderOne = async (
  overlay: Overlay,
  objects: ReadonlyMap<string, readonly KubernetesObject[]>,
  tree: Tree,
  preparation: Preparation,
): Promise<RenderedUnit | Failure> => {
  if (overlay.obstacle !== undefined) return { ok: false, problem: 'failed', reason: overlay.obstacle.reason }
  const files = await readFiles(overlay.files, tree, preparation)
  if ('ok' in files) return files
  const { folder } = overlay.top
  const request = { tool: 'kustomize' as const, folder, files, values: [], release: '', namespace: '' }
  const rendered = await render(request, preparation)
  if (!rendered.ok) return rendered
  const made = objectsIn(rendered.text, kustomizeSources(overlay, objects, rendered.prefix))
  return 'ok' in made ? made : { objects: made, kustomizations: [] }
}

const byPath = (objects: readonly KubernetesObject[]): Map<string, KubernetesObject[]> => {
  const found = new Map<string, KubernetesObject[]>()
  for (const object of objects) {
    const list = found.get(object.path)
    if (list === undefined) found.set(object.path, [object])
    else list.push(object)
  }
  return found
}

type Result = RenderedUnit | Failure | 'not-needed'

const isUnit = (result: Result | undefined): result is RenderedUnit => typeof result === 'object' && 'objects' in result

/**
 * Renders the overlays of the judged environment. What any overlay reaches is judged in its rendered form alone; where
 * that cannot be had and the files say everything themselves, they are judged as they are.
 */
export const renderOverlays = async (
  reading: Reading,
  preparation: Preparation,
  sink: Sink,
  tree: Tree,
): Promise<Omit<RenderedManifests, 'complete'>> => {
  const overlays = overlaysOf(reading.kustomizationFiles, tree)
  const belonging = belongingTo(preparation.environment)
  const chosen = forEnvironment(overlays, ({ top }) => belongingOfFolder(top.folder, belonging))
  const objects = byPath(reading.objects)
  const results = await inTurn(chosen, async (overlay): Promise<Result> => {
    if (overlay.plain && overlay.obstacle === undefined && preparation.renderer === undefined) return 'not-needed'
    const result = await renderOne(overlay, objects, tree, preparation)
    return overlay.plain && 'problem' in result && result.problem === 'missing-tool' ? 'not-needed' : result
  })
  const hidden = new Set(overlays.flatMap(({ files }) => [...files]))
  // First what is judged as it is, then what another overlay has rendered all the same.
  for (const [index, { plain, files }] of chosen.entries())
    if (plain && !isUnit(results[index])) for (const path of files) hidden.delete(path)
  for (const [index, { files }] of chosen.entries())
    if (isUnit(results[index])) for (const path of files) hidden.add(path)
  for (const [index, { top, obstacle }] of chosen.entries()) {
    const result = results[index]
    if (typeof result === 'object' && 'problem' in result)
      tell(sink, obstacle?.place ?? top.path, 'is a kustomization that cannot be rendered', result)
  }
  return { units: results.filter(isUnit), hidden }
}
