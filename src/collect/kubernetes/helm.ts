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

/** How many templates each chart has, by the path of its Chart.yaml. A chart without any is not named. */
export const templateCounts = (tree: Tree): Map<string, number> => {
  const counts = new Map<string, number>()
  for (const { path } of tree.files) {
    if (!template.test(path) || path.endsWith('.tpl')) continue
    const folder = templateFolderOf(path, tree)
    if (folder !== undefined) counts.set(folder, (counts.get(folder) ?? 0) + 1)
  }
  return new Map(
    tree.files.flatMap(({ path }) => {
      const count = chartFile.test(path) ? counts.get(path.replace(chartFile, '$1templates/')) : undefined
      return count === undefined ? [] : [[path, count] as const]
    }),
  )
}
