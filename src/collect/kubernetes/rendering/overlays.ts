import type { Place } from '../../../core/facts/place.ts'
import { asList } from '../../shape.ts'
import type { Tree } from '../../tree.ts'
import { isComponent, isPlain, mentionedBy, resolveIn, takenBy, type KustomizationFile } from './kustomization-file.ts'

/** A kustomization that nothing else takes in, with all that it reaches. */
export interface Overlay {
  top: KustomizationFile
  /** It and the kustomizations below it, the nearest first. */
  members: readonly KustomizationFile[]
  /** The regular files that it reaches, kustomizations and all. */
  files: ReadonlySet<string>
  /** Why it cannot be rendered here, and where it says so. */
  obstacle: { place: Place; reason: string } | undefined
  /** Whether its files say all that is to be known, so that they can be judged as they are. */
  plain: boolean
}

const address = /:\/\/|^git@|^git::|\?(ref|version|timeout|submodules)=|^[\w-]+(\.[\w-]+)*\.(com|org|io|net|dev)[/:]/

const fileNames = ['kustomization.yaml', 'kustomization.yml', 'Kustomization']

const takesIn = (one: KustomizationFile, entry: string, byFolder: ReadonlyMap<string, KustomizationFile>) => {
  const path = resolveIn(one.folder, entry)
  return path === undefined ? undefined : byFolder.get(path)
}

const obstacleIn = (one: KustomizationFile, tree: Tree): Overlay['obstacle'] => {
  const { document, map } = one
  const charts = asList(map['helmCharts']) ?? asList(map['helmChartInflationGenerator'])
  if (charts !== undefined && charts.length > 0)
    return { place: document.at(map, 'helmCharts'), reason: 'takes in Helm charts, which kustomize may not fetch here' }
  for (const { key, entry } of takenBy(one)) {
    const path = resolveIn(one.folder, entry)
    const holder = asList(map[key])
    const place = holder === undefined ? document.at(map, key) : document.at(holder, holder.indexOf(entry))
    const mode = path === undefined ? undefined : tree.get(path)?.mode
    if (mode === 'file' || mode === 'executable') continue
    if (mode === 'submodule') return { place, reason: `takes in ${entry}, a submodule, which is another repository` }
    if (mode === 'symlink') return { place, reason: `takes in ${entry}, a symbolic link, which is not followed` }
    if (path !== undefined && tree.isDirectory(path)) continue
    if (address.test(entry)) return { place, reason: `needs the network: ${entry.slice(0, 200)}` }
    if (path === undefined) return { place, reason: `takes in ${entry}, which is outside the tree` }
    return { place, reason: `takes in ${entry}, which is not in the tree` }
  }
  return undefined
}

const overlayOf = (top: KustomizationFile, byFolder: ReadonlyMap<string, KustomizationFile>, tree: Tree): Overlay => {
  const members = new Set([top])
  const files = new Set<string>()
  let obstacle: Overlay['obstacle']
  for (const one of members) {
    obstacle ??= obstacleIn(one, tree)
    files.add(one.path)
    for (const mention of mentionedBy(one)) {
      const path = resolveIn(one.folder, mention)
      const mode = path === undefined ? undefined : tree.get(path)?.mode
      if (path !== undefined && (mode === 'file' || mode === 'executable')) files.add(path)
    }
    for (const { entry } of takenBy(one)) {
      const below = takesIn(one, entry, byFolder)
      if (below !== undefined) members.add(below)
      else addFolder(one, entry, files, tree)
    }
  }
  return { top, members: [...members], files, obstacle, plain: [...members].every(isPlain) }
}

/** A folder whose kustomization was not read, as the policy ignores it, is rendered all the same. */
const addFolder = (one: KustomizationFile, entry: string, files: Set<string>, tree: Tree): void => {
  const folder = resolveIn(one.folder, entry)
  if (folder === undefined || !tree.isDirectory(folder)) return
  if (!fileNames.some((name) => tree.has(`${folder}/${name}`))) return
  for (const { path, mode } of tree.all)
    if (path.startsWith(`${folder}/`) && (mode === 'file' || mode === 'executable')) files.add(path)
}

/** The kustomizations that nobody takes in, each with what it reaches. A component is none: it is a choice to be taken. */
export const overlaysOf = (list: readonly KustomizationFile[], tree: Tree): Overlay[] => {
  const byFolder = new Map(list.map((one) => [one.folder, one]))
  const taken = new Set(list.flatMap((one) => takenBy(one).flatMap(({ entry }) => takesIn(one, entry, byFolder) ?? [])))
  return list.filter((one) => !taken.has(one) && !isComponent(one)).map((top) => overlayOf(top, byFolder, tree))
}
