import { startOf } from '../../core/facts/place.ts'
import type { Sink } from '../collector.ts'
import type { Tree } from '../tree.ts'

const chartFile = /(^|\/)Chart\.ya?ml$/
const template = /\.(ya?ml|json|tpl)$/

const foldersByTree = new WeakMap<Tree, ReadonlySet<string>>()

/** The `templates/` folders of the tree's Helm charts, each with its slash at the end. */
const templateFolders = (tree: Tree): ReadonlySet<string> => {
  const known = foldersByTree.get(tree)
  if (known !== undefined) return known
  const folders = new Set(
    tree.files.filter(({ path }) => chartFile.test(path)).map(({ path }) => path.replace(chartFile, '$1templates/')),
  )
  foldersByTree.set(tree, folders)
  return folders
}

/** The chart's template folder that a file is in, if it is in any. */
const templateFolderOf = (path: string, tree: Tree): string | undefined => {
  const folders = templateFolders(tree)
  for (let at = path.lastIndexOf('/'); at >= 0; at = at === 0 ? -1 : path.lastIndexOf('/', at - 1)) {
    const folder = path.slice(0, at + 1)
    if (folder.endsWith('templates/') && folders.has(folder)) return folder
  }
  return undefined
}

export const isHelmTemplate = (path: string, tree: Tree): boolean => templateFolderOf(path, tree) !== undefined

/** Says once for each chart that its templates cannot be judged. */
export const surveyCharts = (tree: Tree, sink: Sink): void => {
  const counts = new Map<string, number>()
  for (const { path } of tree.files) {
    if (!template.test(path)) continue
    const folder = templateFolderOf(path, tree)
    if (folder !== undefined && !path.endsWith('.tpl')) counts.set(folder, (counts.get(folder) ?? 0) + 1)
  }
  for (const { path } of tree.files) {
    if (!chartFile.test(path)) continue
    const count = counts.get(path.replace(chartFile, '$1templates/'))
    if (count === undefined) continue
    const what = count === 1 ? 'a Helm template' : `${count} Helm templates`
    sink.unjudged(startOf(path), 'template', `has ${what}, which only helm can render`, { repairable: false })
  }
}
