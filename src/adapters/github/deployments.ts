import * as z from 'zod'
import type { Answer } from '../../ports/answer.ts'
import type { Deployment, Deployments, DeploymentStatus } from '../../ports/deployments.ts'
import { ask, type Api } from './api.ts'
import { readAll } from './pages.ts'

const pageSize = 100

/** Of one environment so many pages are read: enough for a deployment every quarter of an hour over three days. */
const maxPages = 3

const time = z.iso.datetime({ offset: true })

const OneDeployment = z
  .object({ id: z.number(), sha: z.string(), environment: z.string(), created_at: time, updated_at: time })
  .transform(({ id, sha, environment, created_at: createdAt, updated_at: updatedAt }): Deployment => ({
    id,
    sha,
    environment,
    createdAt,
    updatedAt,
  }))

const Status = z
  .object({ id: z.number(), state: z.string(), created_at: time, environment: z.string().nullish() })
  .transform(({ id, state, created_at: at, environment }): DeploymentStatus => ({
    id,
    state,
    at,
    environment: environment === null || environment === '' ? undefined : environment,
  }))

const Page = z.array(OneDeployment)

/** Whether what follows a page is older than an instant: GitHub lists the newest first, and nowhere says that it does. */
const reachesBackTo = (page: readonly Deployment[], since: Date): boolean => {
  const times = page.map(({ createdAt }) => Date.parse(createdAt))
  const falling = times.every((at, index) => index === 0 || at <= (times[index - 1] ?? 0))
  return falling && (times.at(-1) ?? 0) < since.getTime()
}

/** Deployments and their statuses, by GitHub's API. Needs `deployments: read`. */
export const deployments = (api: Api): Deployments => {
  const { owner, repo } = api
  const route = 'GET /repos/{owner}/{repo}/deployments'

  const back = async (environment: string, since: Date): Promise<Answer<readonly Deployment[]>> => {
    const found: Deployment[] = []
    for (let page = 1; page <= maxPages; page++) {
      const parameters = { owner, repo, environment, per_page: pageSize, page }
      // oxlint-disable-next-line no-await-in-loop -- whether another page is needed is known after this one
      const answer = await ask(api, route, parameters, { schema: Page, repeat: 'safe' })
      if (!answer.ok) return answer
      found.push(...answer.value)
      if (answer.value.length < pageSize || reachesBackTo(answer.value, since)) return { ok: true, value: found }
    }
    const message = `there are more than ${maxPages * pageSize - 1} deployments to ${environment} since then`
    return { ok: false, problem: { kind: 'rejected', message } }
  }

  return {
    ofCommit: (sha) =>
      readAll(api, route, { owner, repo, sha }, { schema: Page, most: 1, what: `deployments of ${sha.slice(0, 12)}` }),
    to: back,
    statuses: (deployment) =>
      readAll(
        api,
        'GET /repos/{owner}/{repo}/deployments/{deployment_id}/statuses',
        { owner, repo, deployment_id: deployment },
        { schema: z.array(Status), most: 1, what: `statuses of deployment ${deployment}` },
      ),
  }
}
