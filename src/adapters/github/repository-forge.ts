import * as z from 'zod'
import type { Forge } from '../../ports/forge.ts'
import { ask, done, type Api } from './api.ts'
import { checkRuns, type CheckRunNotes } from './check-runs.ts'
import { commits } from './commits.ts'
import { contents } from './contents.ts'
import { deploymentGates } from './deployment-gates.ts'
import { deployments } from './deployments.ts'
import { issueComments } from './issue-comments.ts'
import { people } from './people.ts'
import { pullRequests } from './pull-requests.ts'
import { workflowRuns } from './workflow-runs.ts'

/** One repository, by GitHub's API. */
export const repositoryForge = (api: Api, notes: CheckRunNotes): Forge => {
  const { owner, repo } = api
  return {
    commits: commits(api),
    files: contents(api),
    checks: checkRuns(api, notes),
    pullRequests: pullRequests(api),
    comments: (number) => issueComments(api, number),
    runs: workflowRuns(api),
    gates: deploymentGates(api),
    deployments: deployments(api),
    people: people(api),
    react: async (comment, reaction) =>
      done(
        await ask(
          api,
          'POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions',
          { owner, repo, comment_id: comment, content: reaction },
          { schema: z.unknown(), repeat: 'safe' },
        ),
      ),
    defaultBranch: async () => {
      const schema = z.object({ default_branch: z.string().min(1) })
      const answer = await ask(api, 'GET /repos/{owner}/{repo}', { owner, repo }, { schema, repeat: 'safe' })
      return answer.ok ? { ok: true, value: answer.value.default_branch } : answer
    },
  }
}
