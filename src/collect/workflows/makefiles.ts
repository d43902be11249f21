import type { TextFile } from '../collector.ts'
import type { Tree } from '../tree.ts'

/** The targets of one folder's makefile. */
export interface Makefile {
  targets: ReadonlySet<string>
  /** Whether it takes in other files, or names targets by patterns or variables, so that it may have more. */
  open: boolean
}

const makefileName = /(?:^|\/)(?:GNUmakefile|[Mm]akefile)$/

export const isMakefile = (path: string): boolean =>
  makefileName.test(path) && !/(?:^|\/)(?:vendor|node_modules)\//.test(path)

const byTree = new WeakMap<Tree, Map<string, Makefile>>()

/** The makefiles of a tree that have been read, by folder. */
export const makefilesOf = (tree: Tree): ReadonlyMap<string, Makefile> => byTree.get(tree) ?? new Map()

/** A longer line is no rule that a person writes. Characters. */
const maxLine = 2_000

/** Remembers the targets of a makefile. Recipes, variables and comments are none. */
export const readMakefile = (file: TextFile, tree: Tree): void => {
  const targets = new Set<string>()
  let open = false
  for (const line of file.text.split('\n')) {
    if (line.length > maxLine || line.startsWith('\t') || line.trimStart().startsWith('#')) continue
    if (/^\s*[-s]?include\s/.test(line) || line.includes('$(eval')) open = true
    const rule = /^ *([^:=#\t]+?) *::?(?!=)/.exec(line)?.[1]
    if (rule === undefined) continue
    for (const name of rule.split(/\s+/)) {
      if (name.includes('%') || name.includes('$')) open = true
      else targets.add(name)
    }
  }
  const known = byTree.get(tree) ?? new Map<string, Makefile>()
  const end = file.path.lastIndexOf('/')
  byTree.set(tree, known.set(end < 0 ? '' : file.path.slice(0, end), { targets, open }))
}
