import { readFileSync } from 'node:fs'
import * as z from 'zod'

const sha = z.string().regex(/^[0-9a-f]{40,64}$/)
const Side = z.object({ ref: z.string().min(1), sha })

const PullRequest = z.object({ number: z.number().int().positive(), base: Side, head: Side })
const MergeGroup = z.object({ base_ref: z.string().min(1), base_sha: sha, head_sha: sha })

/** The branch that a change wants to get into, and where it stood when the event was sent. */
export interface Base {
  branch: string
  sha: string
}

/** What started the workflow, as far as it matters here. */
export interface Event {
  name: string
  /** The commit that the run is about: `GITHUB_SHA`. */
  sha: string
  repository: { owner: string; name: string } | undefined
  /** Set for every event about a pull request or a merge group; `unclear` where the payload does not tell the base. */
  base: Base | 'unclear' | undefined
  pullRequest: { number: number; head: string } | undefined
}

const readPayload = (path: string | undefined): Record<string, unknown> => {
  try {
    const payload: unknown = JSON.parse(readFileSync(path ?? '', 'utf8'))
    return typeof payload === 'object' && payload !== null ? (payload as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

/** Reads the runner's variables and the event's payload. What cannot be read is `unclear`, never absent. */
export const readEvent = (env: NodeJS.ProcessEnv): Event => {
  const name = env['GITHUB_EVENT_NAME'] ?? ''
  const payload = readPayload(env['GITHUB_EVENT_PATH'])
  const [owner, repo] = (env['GITHUB_REPOSITORY'] ?? '').split('/')
  const about = {
    name,
    sha: env['GITHUB_SHA'] ?? '',
    repository: owner !== undefined && owner !== '' && repo !== undefined ? { owner, name: repo } : undefined,
  }
  if (name === 'merge_group') {
    const group = MergeGroup.safeParse(payload['merge_group']).data
    const branch = group?.base_ref.replace(/^refs\/heads\//, '')
    const base = group === undefined || branch === undefined ? 'unclear' : { branch, sha: group.base_sha }
    return { ...about, base, pullRequest: undefined }
  }
  if (!name.startsWith('pull_request') && payload['pull_request'] === undefined)
    return { ...about, base: undefined, pullRequest: undefined }
  const pull = PullRequest.safeParse(payload['pull_request']).data
  if (pull === undefined) return { ...about, base: 'unclear', pullRequest: undefined }
  return {
    ...about,
    base: { branch: pull.base.ref, sha: pull.base.sha },
    pullRequest: { number: pull.number, head: pull.head.sha },
  }
}
