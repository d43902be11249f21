import type { Answer } from '../../ports/answer.ts'
import type { WorkspaceFile } from '../../ports/workspace.ts'
import type { Api } from './api.ts'
import { treeOf, type Tree } from './trees.ts'

/** What one commit may hold: entries, and requests to list them where GitHub cuts its list. */
const maxEntries = 100_000
const maxRequests = 200

/** A file of a commit and the id of its content. */
export interface TreeFile extends WorkspaceFile {
  sha: string
}

const modes: Record<string, WorkspaceFile['mode']> = {
  '100644': 'file',
  '100664': 'file',
  '100755': 'executable',
  '120000': 'symlink',
  '160000': 'submodule',
}

const refused = (message: string): Answer<never> => ({ ok: false, problem: { kind: 'rejected', message } })

/** Git writes no such path; whoever did means harm to those who unpack it. */
const isHostile = (path: string): boolean =>
  path.includes('\0') || path.split('/').some((part) => part === '' || part === '.' || part === '..' || part === '.git')

const fileOf = (entry: Tree['tree'][number], above: string): TreeFile | undefined => {
  const mode = modes[entry.mode]
  if (mode === undefined) return undefined
  const regular = mode === 'file' || mode === 'executable'
  return { path: above + entry.path, size: regular ? (entry.size ?? 0) : 0, mode, sha: entry.sha }
}

/** Every file of a commit. Where GitHub cuts the list, the folders are listed by themselves. */
export const wholeTree = async (api: Api, commit: string): Promise<Answer<readonly TreeFile[]>> => {
  const files = new Map<string, TreeFile>()
  const folders = [{ sha: commit, above: '' }]
  let requests = 0
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    const { sha, above } = folder
    let listed = await treeOf(api, sha, true)
    if (listed.ok && listed.value.truncated) {
      requests++
      listed = await treeOf(api, sha, false)
      if (listed.ok && listed.value.truncated) return refused(`GitHub cut the tree of ${commit} at ${above || '.'}`)
      if (listed.ok)
        for (const { type, path, sha: inner } of listed.value.tree)
          if (type === 'tree') folders.push({ sha: inner, above: `${above}${path}/` })
    }
    if (!listed.ok) return listed
    for (const entry of listed.value.tree) {
      if (entry.type === 'tree') continue
      const file = fileOf(entry, above)
      if (file === undefined) return refused(`${above}${entry.path} has the unknown mode ${entry.mode}`)
      if (isHostile(file.path) || files.has(file.path))
        return refused(`the tree of ${commit} has a path that is none: ${JSON.stringify(file.path)}`)
      files.set(file.path, file)
    }
    requests++
    if (files.size > maxEntries) return refused(`${commit} has more than ${maxEntries} files`)
    if (requests > maxRequests) return refused(`the tree of ${commit} takes more than ${maxRequests} requests to list`)
  }
  return { ok: true, value: [...files.values()] }
}
