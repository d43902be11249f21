import * as z from 'zod'
import type { Commits } from '../../ports/commits.ts'
import { ask, type Api } from './api.ts'
import { commitWorkspace } from './commit-workspace.ts'

const Comparison = z.object({
  base_commit: z.object({ sha: z.string() }),
  merge_base_commit: z.object({ sha: z.string() }),
})

/** Commits of a repository, by GitHub's API. Needs `contents: read`. */
export const commits = (api: Api): Commits => {
  const { owner, repo } = api
  return {
    compare: async (branch, head) => {
      // A bare name may be a tag's as well, and whoever can push a tag must not choose the law. One commit a page, since
      // none is looked at.
      const answer = await ask(
        api,
        'GET /repos/{owner}/{repo}/compare/{basehead}',
        { owner, repo, basehead: `refs/heads/${branch}...${head}`, per_page: 1 },
        { schema: Comparison, repeat: 'safe' },
      )
      if (!answer.ok) return answer
      const { base_commit: tip, merge_base_commit: mergeBase } = answer.value
      return { ok: true, value: { tip: tip.sha, mergeBase: mergeBase.sha } }
    },
    workspace: (sha) => commitWorkspace(api, sha),
  }
}
