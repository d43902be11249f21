import type { Preparation, Sink } from '../../collector.ts'
import type { Tree } from '../../tree.ts'
import { noteApplications } from './deployed-elsewhere.ts'
import type { Reading, RenderedManifests } from './reading.ts'
import { renderCharts } from './render-charts.ts'
import { renderOverlays } from './render-overlays.ts'

/** Renders the kustomizations and the charts of the tree for the judged environment. */
export const renderManifests = async (
  reading: Reading,
  preparation: Preparation,
  sink: Sink,
  tree: Tree,
): Promise<RenderedManifests> => {
  let complete = true
  const watched: Sink = {
    ...sink,
    unjudged: (...told) => {
      complete = false
      sink.unjudged(...told)
    },
  }
  noteApplications(reading.objects, watched, tree)
  const { units, hidden } = await renderOverlays(reading, preparation, watched, tree)
  const charts = await renderCharts(preparation, watched, tree)
  return { units: [...units, ...charts], hidden, complete }
}
