import ignore, { type Ignore } from 'ignore'
import type { Collected } from '../collector.ts'
import type { Tree } from '../tree.ts'

/** Says whether the tree's .gitignore files cover a path, which need not exist. A folder's path ends with `/`. */
export type Ignored = (path: string) => boolean

const cache = new WeakMap<Tree, Ignored>()

/** The folders that hold a path, from the root down: `a/b/c.txt` gives '', 'a/' and 'a/b/'. */
const holders = (path: string): string[] => {
  const found = ['']
  for (let at = path.indexOf('/'); at >= 0 && at < path.length - 1; at = path.indexOf('/', at + 1))
    found.push(path.slice(0, at + 1))
  return found
}

/** All .gitignore files as one question. The deepest file that has an opinion wins, as in git. */
export const ignoredBy = (collected: Collected): Ignored => {
  const { tree } = collected
  const known = cache.get(tree)
  if (known !== undefined) return known
  const lists = new Map<string, Ignore>()
  for (const { value } of collected.of('repository.ignore-list'))
    lists.set(value.folder, ignore({ ignorecase: false }).add(value.patterns))
  const ignored: Ignored = (path) => {
    let verdict = false
    for (const folder of lists.size === 0 || path.startsWith('../') ? [] : holders(path)) {
      const answer = lists.get(folder)?.test(path.slice(folder.length))
      if (answer?.ignored === true) verdict = true
      else if (answer?.unignored === true) verdict = false
    }
    return verdict
  }
  cache.set(tree, ignored)
  return ignored
}

/** The topmost folder above a path that is ignored as a whole, with its `/`; the path itself where none is. */
export const ignoredRoot = (path: string, ignored: Ignored): string =>
  holders(path).find((folder) => folder !== '' && ignored(folder)) ?? path
