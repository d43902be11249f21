import * as z from 'zod'
import type { CommittedFiles } from '../../ports/committed-files.ts'
import { ask, type Api } from './api.ts'
import { listFolder } from './trees.ts'

const Ref = z.object({ object: z.object({ type: z.literal('commit'), sha: z.string().regex(/^[0-9a-f]{40,64}$/) }) })

// A larger file than 1 MB comes with the encoding `none`, a directory as an array.
const File = z.object({ type: z.literal('file'), encoding: z.literal('base64'), content: z.string() })

/**
 * Files of the repository's commits, by GitHub's API. Needs `contents: read`. A token without it may get 404 for every file,
 * as if there were none: a file counts as absent only when the same token can read the commit itself.
 */
export const contents = (api: Api): CommittedFiles => {
  const { owner, repo } = api
  return {
    tip: async (branch) => {
      const answer = await ask(
        api,
        'GET /repos/{owner}/{repo}/git/ref/{ref}',
        { owner, repo, ref: `heads/${branch}` },
        { schema: Ref, repeat: 'safe' },
      )
      return answer.ok ? { ok: true, value: answer.value.object.sha } : answer
    },
    read: async (commit, path) => {
      const answer = await ask(
        api,
        'GET /repos/{owner}/{repo}/contents/{path}',
        { owner, repo, path, ref: commit },
        { schema: File, repeat: 'safe' },
      )
      if (answer.ok) return { ok: true, value: Buffer.from(answer.value.content, 'base64') }
      if (answer.problem.kind !== 'missing') return answer
      const seen = await ask(
        api,
        'GET /repos/{owner}/{repo}/git/commits/{commit_sha}',
        { owner, repo, commit_sha: commit },
        { schema: z.object({ sha: z.string() }), repeat: 'safe' },
      )
      return seen.ok ? { ok: true, value: undefined } : seen
    },
    list: (commit, folder) => listFolder(api, commit, folder),
  }
}
