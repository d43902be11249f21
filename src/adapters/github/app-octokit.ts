import { setTimeout as pause } from 'node:timers/promises'
import { ProbotOctokit } from 'probot'
import type { Octokit } from './api.ts'

/** One request as it went, for metrics: the route with its templates, so that there are few of them. */
export interface Observed {
  route: string
  /** 0 where there was no answer. */
  status: number
  /** What is left of the primary limit. */
  remaining?: number
  milliseconds: number
}

export interface AppCredentials {
  appId: number
  privateKey: string
  /** The API's root, without a slash at its end. */
  baseUrl: string
  observe?: (request: Observed) => void
}

/** What a token is narrowed to. */
export interface Scope {
  installation: number
  repository?: number
  permissions?: Record<string, 'read' | 'write'>
}

const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

/** A token's own request has no deadline of an asker. Milliseconds. */
const longestRequest = 30_000

const withTimeout = (url: string, options: RequestInit = {}): Promise<Response> =>
  fetch(url, { ...options, signal: options.signal ?? AbortSignal.timeout(longestRequest) })

type ProbotClient = InstanceType<typeof ProbotOctokit>

/** The API's root by Probot's variables. */
export const apiUrl = ({ GHE_HOST, GHE_PROTOCOL }: { GHE_HOST?: string; GHE_PROTOCOL?: string }): string => {
  if (GHE_HOST === undefined || GHE_HOST === '') return 'https://api.github.com'
  const protocol = GHE_PROTOCOL === undefined || GHE_PROTOCOL === '' ? 'https' : GHE_PROTOCOL
  // GitHub Enterprise Cloud with data residency is no server of one's own, and has its API on a host of its own.
  return GHE_HOST.endsWith('.ghe.com') ? `${protocol}://api.${GHE_HOST}` : `${protocol}://${GHE_HOST}/api/v3`
}

interface Failed {
  status?: number
  response?: { headers: Record<string, string | number | undefined> }
}

const observed = (client: ProbotClient, observe: AppCredentials['observe']): ProbotClient => {
  if (observe === undefined) return client
  client.hook.wrap('request', async (request, options) => {
    const start = performance.now()
    const tell = (status: number, headers: NonNullable<Failed['response']>['headers'] = {}): void => {
      const remaining = Number(headers['x-ratelimit-remaining'] ?? Number.NaN)
      const milliseconds = performance.now() - start
      const route = `${options.method} ${options.url}`
      observe({ route, status, milliseconds, ...(Number.isNaN(remaining) ? {} : { remaining }) })
    }
    try {
      const reply = await request(options)
      tell(reply.status, reply.headers)
      return reply
    } catch (error) {
      const { status = 0, response } = error as Failed
      tell(response === undefined ? 0 : status, response?.headers)
      throw error
    }
  })
  return client
}

/** Probot's own throttling waits where a job should be put off, and slows writes to one a second: `ask` does both instead. */
const client = ({ baseUrl, observe }: AppCredentials, options: object): ProbotClient => {
  const request = { fetch: withTimeout }
  const off = { throttle: { enabled: false }, retry: { enabled: false } }
  return observed(new ProbotOctokit({ baseUrl, log: quiet, request, ...off, ...options }), observe)
}

/** The App as itself. */
export const appOctokit = (credentials: AppCredentials): ProbotClient =>
  client(credentials, { auth: { appId: credentials.appId, privateKey: credentials.privateKey } })

/** That there is no token must not be taken for an answer about what was asked: a 404 of the two means different things. */
const noToken = (error: unknown, { installation }: Scope): unknown => {
  const { status = 0, response } = error as Failed
  if (response === undefined || status >= 500 || status === 403 || status === 429) return error
  const message = `GitHub gives no token for installation ${installation}: ${error instanceof Error ? error.message : status}`
  return Object.assign(new Error(message), { status: 403, response })
}

const tokenOf = async (app: ProbotClient, scope: Scope, refresh: boolean): Promise<string> => {
  const { installation, repository, permissions } = scope
  const wanted = {
    type: 'installation',
    installationId: installation,
    refresh,
    ...(repository === undefined ? {} : { repositoryIds: [repository] }),
    ...(permissions === undefined ? {} : { permissions }),
  }
  try {
    return ((await app.auth(wanted)) as { token: string }).token
  } catch (error) {
    // A public repository that the App is not installed on, such as an organisation's `.github`, can be read all the same.
    if ((error as Failed).status === 422 && repository !== undefined)
      return tokenOf(app, { installation, permissions: { metadata: 'read', contents: 'read' } }, refresh)
    throw noToken(error, scope)
  }
}

/** What Octokit gives to the hook of a way to authenticate. */
interface HookedRequest {
  (endpoint: object): Promise<unknown>
  endpoint: { merge(route: string, parameters?: object): { headers: Record<string, string | number | undefined> } }
}

const authenticated =
  (app: ProbotClient, scope: Scope) =>
  async (request: HookedRequest, route: string, parameters?: object): Promise<unknown> => {
    const endpoint = request.endpoint.merge(route, parameters)
    for (let attempt = 1; ; attempt++) {
      endpoint.headers['authorization'] = `token ${await tokenOf(app, scope, attempt === 2)}`
      try {
        return await request(endpoint)
      } catch (error) {
        // The token was taken back, or is so new that not every server knows it.
        if ((error as Failed).status !== 401 || attempt === 3) throw error
        if (attempt === 2) await pause(1000)
      }
    }
  }

const installed = (): Promise<{ type: string }> => Promise.resolve({ type: 'installation' })

/** The App in one installation. Tokens are kept for their hour, and are no wider than the scope. */
export const installationOctokit = (app: ProbotClient, credentials: AppCredentials, scope: Scope): Octokit =>
  client(credentials, { authStrategy: () => Object.assign(() => installed(), { hook: authenticated(app, scope) }) })
