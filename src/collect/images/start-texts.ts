import type { TextFile } from '../collector.ts'
import type { Tree } from '../tree.ts'
import { baseOf } from '../tree-path.ts'

/** A larger file is no start script. Bytes. */
const maxSize = 100_000

const script = /\.(?:sh|bash)$|^(?:[\w.-]{0,40}entrypoint|start|run|boot|init)$/

/** Whether a file may say what an image starts: a script, or package.json. */
export const isStartText = (path: string, size: number): boolean =>
  size <= maxSize && (script.test(baseOf(path)) || baseOf(path) === 'package.json')

const byTree = new WeakMap<Tree, Map<string, string>>()

/** Remembers a text until everything is read: a Dockerfile that copies it may come later. */
export const keepStartText = ({ path, text }: TextFile, tree: Tree): void => {
  const texts = byTree.get(tree) ?? new Map<string, string>()
  byTree.set(tree, texts.set(path, text))
}

/** The scripts and package.json files of a tree, by their paths. */
export const startTextsOf = (tree: Tree): ReadonlyMap<string, string> => byTree.get(tree) ?? new Map()
