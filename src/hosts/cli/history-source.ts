import { lstatSync, readFileSync } from 'node:fs'
import { decodeHistory, type HistorySource } from '../../core/history.ts'
import type { Workspace } from '../../ports/workspace.ts'

/** A larger history is not read. Bytes. */
const maxSize = 4_000_000

/** The history in a file; one that does not exist yet is empty. */
export const diskHistory = (file: string, name: string): HistorySource => {
  try {
    // A link could lead out of the directory, and the history is written to as well.
    const stat = lstatSync(file)
    if (!stat.isFile()) return { path: name, unreadable: 'is no regular file' }
    if (stat.size > maxSize) return { path: name, unreadable: 'is larger than 4 MB' }
    return decodeHistory(name, readFileSync(file))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return { path: name, text: undefined }
    return { path: name, unreadable: `cannot be read: ${error instanceof Error ? error.message : String(error)}` }
  }
}

/** The history that a commit has. */
export const treeHistory = async (tree: Workspace, ref: string, path: string): Promise<HistorySource> => {
  const name = `${ref}:${path}`
  const file = (await tree.list()).find((entry) => entry.path === path)
  if (file === undefined) return { path: name, text: undefined }
  if (file.size > maxSize) return { path: name, unreadable: 'is larger than 4 MB' }
  return decodeHistory(name, await tree.read(path))
}
