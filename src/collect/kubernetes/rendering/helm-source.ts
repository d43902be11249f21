import type { Place } from '../../../core/facts/place.ts'
import type { KubernetesObject } from '../objects.ts'
import type { Chart } from './charts.ts'
import type { Locate } from './rendered-document.ts'
import { templateObjects } from './template-lines.ts'

const sourceLine = /^# Source: (.+)$/

/** Which template each line of helm's output comes from: `chart/templates/web.yaml`. Asked in the order of lines. */
const sourcesIn = (text: string): ((line: number) => string | undefined) => {
  const lines = text.split('\n')
  let read = 0
  let source: string | undefined
  return (line) => {
    for (; read < Math.min(line, lines.length); read++)
      if (lines[read] === '---') source = sourceLine.exec(lines[read + 1] ?? '')?.[1] ?? source
    return source
  }
}

/** The template's path in the tree, and the dependency that it belongs to. */
const resolve = (source: string, chart: Chart): { path: string; dependency: string | undefined } => {
  const relative = source.slice(source.indexOf('/') + 1)
  const [, dependency, rest = ''] = /^charts\/([^/]+)\/(.+)$/.exec(relative) ?? []
  const local = dependency === undefined ? undefined : chart.local.get(dependency)
  const folder = local ?? chart.folder
  const below = local === undefined ? relative : rest
  return { path: folder === '' ? below : `${folder}/${below}`, dependency }
}

/**
 * Finds the source of each object that helm made: in its template the line with the same keys, as far as the template
 * has them in so many words. What comes from a packed chart stands at the dependency in Chart.yaml.
 * @param output what helm wrote
 * @param textOf the text of a template of the tree
 */
export const helmSources = (
  chart: Chart,
  output: string,
  textOf: (path: string) => string | undefined,
): ((made: KubernetesObject, line: number) => Locate) => {
  const sourceAt = sourcesIn(output)
  const templates = new Map<string, ReturnType<typeof templateObjects>>()
  const counts = new Map<string, number>()
  return (made, line) => {
    const source = sourceAt(line)
    const { path, dependency } = source === undefined ? { path: '', dependency: undefined } : resolve(source, chart)
    const text = path === '' ? undefined : textOf(path)
    if (text === undefined) {
      const place = chart.placeOf(dependency)
      return () => place
    }
    const find = templates.get(path) ?? templateObjects(text)
    templates.set(path, find)
    const key = `${path} ${made.kind}`
    const count = counts.get(key) ?? 0
    counts.set(key, count + 1)
    const template = find(made.kind, count)
    return (steps): Place => ({ path, line: template.find(steps), column: 1 })
  }
}
