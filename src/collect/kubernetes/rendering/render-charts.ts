import { startOf } from '../../../core/facts/place.ts'
import type { Preparation, Sink } from '../../collector.ts'
import { decodeText } from '../../text.ts'
import type { Tree } from '../../tree.ts'
import { templateCounts } from '../helm.ts'
import type { Kustomization } from '../kustomize.ts'
import type { KubernetesObject } from '../objects.ts'
import { chartOf, chartPaths, withoutMissing, type Chart } from './charts.ts'
import { belongingTo } from './environments.ts'
import { forgetGenerated } from './generated-secrets.ts'
import { helmSources } from './helm-source.ts'
import type { RenderedUnit } from './reading.ts'
import { inTurn, objectsIn, readFiles, render, tell, type Failure } from './request.ts'
import { valuesFor } from './values-files.ts'

const decode = (bytes: Uint8Array | undefined): string | undefined => {
  try {
    return bytes === undefined ? undefined : decodeText(bytes)
  } catch {
    return undefined
  }
}

/** The files of a folder, regular ones only, renamed into another where one is given. */
const filesBelow = (folder: string, tree: Tree): string[] =>
  tree.all
    .filter(
      ({ path, mode }) =>
        (mode === 'file' || mode === 'executable') && (folder === '' || path.startsWith(`${folder}/`)),
    )
    .map(({ path }) => path)

/** Everything that helm may read of a chart: its folder, and the charts beside it that it depends on. */
const filesOf = async (
  chart: Chart,
  tree: Tree,
  preparation: Preparation,
): Promise<Map<string, Uint8Array> | Failure> => {
  const prefix = chart.folder === '' ? '' : `${chart.folder}/`
  const own = await readFiles(filesBelow(chart.folder, tree), tree, preparation)
  if ('ok' in own) return own
  for (const [name, folder] of chart.local) {
    const other = await readFiles(filesBelow(folder, tree), tree, preparation)
    if ('ok' in other) return other
    // Where `helm dependency build` would put it.
    for (const [path, bytes] of other) own.set(`${prefix}charts/${name}/${path.slice(folder.length + 1)}`, bytes)
  }
  if (chart.missing.length > 0) {
    own.set(chart.path, new TextEncoder().encode(withoutMissing(chart)))
    own.delete(`${prefix}Chart.lock`)
  }
  return own
}

/** Stands for the namespace of the release, which nobody knows before it is installed. */
const anyNamespace = 'release-namespace'

const forgetNamespace = (object: KubernetesObject): void => {
  if (object.namespace === anyNamespace) delete object.metadata['namespace']
}

/** A release is in its namespace, whether the templates say so or not. */
const inNamespace = (objects: readonly KubernetesObject[]): Kustomization => ({
  folder: '\0release',
  resources: [...new Set(objects.map(({ path }) => path))],
  patches: [],
  namespace: anyNamespace,
  images: [],
  generated: [],
})

/** A name that Kubernetes takes: at most 53 letters, digits and dashes. */
const releaseOf = ({ name }: Chart): string =>
  name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 53) || 'release'

const renderChart = async (
  chart: Chart,
  variants: readonly string[][],
  tree: Tree,
  preparation: Preparation,
): Promise<(RenderedUnit | Failure)[]> => {
  const files = await filesOf(chart, tree, preparation)
  if ('ok' in files) return [files]
  const release = releaseOf(chart)
  let texts: string[] | undefined
  const isWritten = (text: string): boolean => {
    texts ??= [...files].flatMap(([path, bytes]) => (/\.(ya?ml|tpl|json|txt)$/.test(path) ? (decode(bytes) ?? []) : []))
    return texts.some((one) => one.includes(text))
  }
  return inTurn(variants, async (values) => {
    const request = { tool: 'helm' as const, folder: chart.folder, files, values, release, namespace: anyNamespace }
    const rendered = await render(request, preparation)
    if (!rendered.ok) return rendered
    const locatorFor = helmSources(chart, rendered.text, (path) => decode(files.get(path)))
    const made = objectsIn(rendered.text, (object, line) => {
      forgetNamespace(object)
      forgetGenerated(object, isWritten)
      return locatorFor(object, line)
    })
    return 'ok' in made ? made : { objects: made, kustomizations: [inNamespace(made)] }
  })
}

const subjectOf = (count: number): string =>
  `has ${count === 1 ? 'a Helm template' : `${count} Helm templates`}, which only helm can render`

const readChart = async (path: string, tree: Tree, preparation: Preparation): Promise<Chart | undefined> => {
  const files = await readFiles([path], tree, preparation)
  const text = 'ok' in files ? undefined : decode(files.get(path))
  return text === undefined ? undefined : chartOf(path, text, tree)
}

const tellOf = (chart: Chart, count: number, failures: readonly Failure[], sink: Sink): void => {
  const [failure] = failures
  const names = chart.missing.map(({ name }) => name).join(', ')
  const vendor = `run helm dependency build and commit charts/, which lacks ${names}`
  if (failure !== undefined) {
    const reason =
      chart.missing.length > 0 && failure.problem === 'failed' ? `${vendor}: ${failure.reason}` : failure.reason
    tell(sink, chart.path, subjectOf(count), { ...failure, reason })
    return
  }
  for (const { name, place } of chart.missing)
    sink.unjudged(
      place,
      'chart-elsewhere',
      `takes in the chart ${name}, which is not in charts/: run helm dependency build and commit it`,
      {
        repairable: false,
        blocks: false,
      },
    )
}

/** Renders every chart of the tree that is not another's, with the values of the judged environment. */
export const renderCharts = async (preparation: Preparation, sink: Sink, tree: Tree): Promise<RenderedUnit[]> => {
  const counts = templateCounts(tree)
  const belonging = belongingTo(preparation.environment)
  const paths = chartPaths(tree).filter((path) => counts.has(path))
  const units = await inTurn(paths, async (path): Promise<RenderedUnit[]> => {
    const chart = await readChart(path, tree, preparation)
    if (chart === undefined) {
      sink.unjudged(startOf(path), 'chart', 'is not a Chart.yaml that helm could read')
      return []
    }
    if (chart.library) return []
    const results = await renderChart(chart, valuesFor(chart.folder, tree, belonging), tree, preparation)
    tellOf(
      chart,
      counts.get(path) ?? 0,
      results.flatMap((result) => ('problem' in result ? [result] : [])),
      sink,
    )
    return results.flatMap((result) => ('objects' in result ? [result] : []))
  })
  return units.flat()
}
