import { getOctokitOptions, GitHub } from '@actions/github/lib/utils'
import nock from 'nock'
import type { Api } from '../../../src/adapters/github/api.ts'
import { checkAnswer, checkRequest } from '../../simulator/openapi/validate.ts'

const origin = 'https://api.github.com'

/** An Octokit for acme/shop whose requests nock sees. */
export const apiUntil = (deadline: AbortSignal = AbortSignal.timeout(60_000)): Api => ({
  octokit: new GitHub(getOctokitOptions('t-write', { request: { fetch: globalThis.fetch } })),
  owner: 'acme',
  repo: 'shop',
  deadline,
})

export interface Exchange {
  /** Method and path template as in GitHub's description. */
  route: string
  /** Path, encoded, and query. */
  url: string
  status: number
  answer: unknown
  headers?: Record<string, string>
}

const violations: string[] = []

/** Expects one request, and answers it. Both are held against GitHub's description of its API; 5xx have no shape. */
export const expectRequest = ({ route, url, status, answer, headers = {} }: Exchange): void => {
  const [method = '', template = ''] = route.split(' ')
  if (status < 500) violations.push(...checkAnswer(method, template, status, answer))
  nock(origin)
    .intercept(url, method)
    .reply(
      status,
      async (request: Request) => {
        const text = await request.text()
        const asked = new URL(request.url)
        violations.push(
          ...checkRequest(method, template, asked, asked.pathname, text === '' ? undefined : JSON.parse(text)),
        )
        return answer as nock.Body
      },
      headers,
    )
}

/** Forgets everything. Gives what did not fit the description, and what was expected and never asked. */
export const settle = (): string[] => {
  const wrong = [...violations.splice(0), ...nock.pendingMocks()]
  nock.cleanAll()
  return wrong
}
