import * as z from 'zod'
import type { Answer } from '../../ports/answer.ts'
import type { CommittedFile } from '../../ports/committed-files.ts'
import { ask, type Api } from './api.ts'

const Tree = z.object({
  truncated: z.boolean(),
  tree: z.array(
    z.object({
      path: z.string(),
      mode: z.string(),
      type: z.string(),
      sha: z.string(),
      size: z.number().optional(),
    }),
  ),
})
export type Tree = z.infer<typeof Tree>

/** One tree, of a commit or by its own id: a level of it, or everything below; GitHub cuts what is too much. */
export const treeOf = (api: Api, sha: string, deep: boolean): Promise<Answer<Tree>> =>
  ask(
    api,
    'GET /repos/{owner}/{repo}/git/trees/{tree_sha}',
    { owner: api.owner, repo: api.repo, tree_sha: sha, ...(deep ? { recursive: '1' } : {}) },
    { schema: Tree, repeat: 'safe' },
  )

/**
 * Lists a folder of a commit. Goes down to it a level at a time, since a whole tree may be cut: that a folder is not there is
 * told by the tree that would hold it, and never by a 404.
 */
export const listFolder = async (
  api: Api,
  commit: string,
  folder: string,
): Promise<Answer<readonly CommittedFile[]>> => {
  let sha = commit
  for (const name of folder.split('/')) {
    // oxlint-disable-next-line no-await-in-loop -- each level names the next
    const level = await treeOf(api, sha, false)
    if (!level.ok) return level
    const next = level.value.tree.find(({ path, type }) => path === name && type === 'tree')
    if (next === undefined && level.value.truncated)
      return { ok: false, problem: { kind: 'rejected', message: `GitHub cut the tree of ${commit}` } }
    if (next === undefined) return { ok: true, value: [] }
    sha = next.sha
  }
  const found = await treeOf(api, sha, true)
  if (!found.ok) return found
  if (found.value.truncated) return { ok: false, problem: { kind: 'rejected', message: `GitHub cut ${folder}` } }
  const files = found.value.tree
    .filter(({ type }) => type !== 'tree')
    .map(({ path, mode, size = 0 }) => ({ path: `${folder}/${path}`, size, regular: mode.startsWith('100') }))
  return { ok: true, value: files }
}
