import type { IncomingHttpHeaders } from 'node:http'
import type { GitHub } from '../github.ts'
import { appOf, refusal, tokenOf } from '../identity/who.ts'
import type { Repository } from '../state/repository.ts'
import type { App, Token } from '../state/types.ts'
import { failure, invalid, missing, type Answered } from './answer.ts'
import type { Found } from './router.ts'

/** A repository by name, in whatever case it is asked for. */
const repositoryOf = (github: GitHub, { owner, repo }: Record<string, string>): Repository | undefined => {
  const name = `${owner}/${repo}`
  return (
    github.repositories.get(name) ??
    [...github.repositories.values()].find(({ fullName }) => fullName.toLowerCase() === name.toLowerCase())
  )
}

const isAnswer = (value: object): value is Answered => 'status' in value

const anybody: Token = {
  account: { id: 0, login: 'nobody', type: 'User' },
  permissions: {},
  repositories: new Set(),
  expiresAt: Number.POSITIVE_INFINITY,
}

const askerOf = (github: GitHub, as: 'app' | 'anybody' | undefined, authorization: string | undefined) => {
  if (as === 'anybody') return anybody
  return as === 'app' ? appOf(github, authorization) : tokenOf(github, authorization)
}

const unavailable = (what: string) => ({
  get() {
    throw new Error(`this route has no ${what}`)
  },
})

/** Lets a route do its work for who asks, where they may. Gives the answer and the headers about limits. */
export const carryOut = async (
  github: GitHub,
  { route, path }: Found,
  asked: { url: URL; body: unknown; over: readonly string[]; headers: IncomingHttpHeaders },
): Promise<{ answer: Answered; headers: Record<string, string> }> => {
  const { url, body, over, headers: given } = asked
  const { authorization } = given
  const who: App | Token | Answered = askerOf(github, route.as, authorization)
  const token = !isAnswer(who) && 'expiresAt' in who ? who : undefined
  const { headers, exceeded } = github.limits.count(token, github.now())
  if (isAnswer(who)) return { answer: who, headers }
  if (exceeded) return { answer: failure(403, 'API rate limit exceeded for installation.'), headers }
  const inRepository = path['repo'] !== undefined
  const repository = inRepository ? repositoryOf(github, path) : undefined
  if (inRepository && repository === undefined) return { answer: missing, headers }
  const refused = token === undefined ? undefined : refusal(token, repository, route.needs)
  if (refused !== undefined) return { answer: refused, headers }
  if (over.length > 0) return { answer: invalid('Validation Failed', over), headers }
  const context = { github, path, url, query: url.searchParams, headers: given, body }
  Object.defineProperty(context, 'token', token === undefined ? unavailable('token') : { value: token })
  Object.defineProperty(context, 'app', token === undefined ? { value: who } : unavailable('app'))
  Object.defineProperty(
    context,
    'repository',
    repository === undefined ? unavailable('repository') : { value: repository },
  )
  return { answer: await route.handle(context as never), headers }
}
