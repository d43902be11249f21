import type { App, Token } from '../state/types.ts'
import type { Repository } from '../state/repository.ts'
import type { GitHub } from '../github.ts'

export interface Answered {
  status: number
  body?: unknown
  headers?: Record<string, string>
}

/** One request, with what it is about already found. */
export interface Asked {
  github: GitHub
  /** Who asks: an installation or user. Not there for what an app asks as itself. */
  token: Token
  /** The app that asks as itself, by its signature. */
  app: App
  /** Throws where the path names none that the token may see. */
  repository: Repository
  path: Record<string, string>
  query: URLSearchParams
  url: URL
  headers: Record<string, string | string[] | undefined>
  body: unknown
}

/** A route needs one of the permissions, such as `issues:write`. */
export interface Route {
  route: string
  /** `app`: asked with the app's own signature. `anybody`: without credentials. */
  as?: 'app' | 'anybody'
  needs?: readonly string[]
  /** What is over a limit, which is answered by 422 and is no violation of the description. */
  limits?: (body: unknown) => string[]
  handle: (asked: Asked) => Answered | Promise<Answered>
}

export const ok = (body: unknown, headers?: Record<string, string>): Answered => ({
  status: 200,
  body,
  ...(headers === undefined ? {} : { headers }),
})
export const created = (body: unknown): Answered => ({ status: 201, body })
export const nothing: Answered = { status: 204 }

export const failure = (status: number, message: string, headers: Record<string, string> = {}): Answered => ({
  status,
  body: { message, documentation_url: 'https://docs.github.com/rest', status: String(status) },
  headers,
})
export const missing = failure(404, 'Not Found')
export const forbidden = failure(403, 'Resource not accessible by integration')
export const badCredentials = failure(401, 'Bad credentials')

/** 422 as GitHub says it. */
export const invalid = (message: string, errors: readonly string[] = []): Answered => ({
  status: 422,
  body: {
    message,
    errors: errors.map((error) => ({ resource: 'Request', field: 'base', code: 'custom', message: error })),
    documentation_url: 'https://docs.github.com/rest',
    status: '422',
  },
})

const numbered = (query: URLSearchParams, name: string, otherwise: number): number =>
  Math.max(1, Number(query.get(name) ?? otherwise) || otherwise)

/** One page of a list, with the links to the others. `wrap` puts the page into the answer's body. */
export const page = <T>(
  { url, query }: Asked,
  items: readonly T[],
  wrap: (shown: readonly T[], total: number) => unknown,
): Answered => {
  const size = Math.min(100, numbered(query, 'per_page', 30))
  const at = numbered(query, 'page', 1)
  const last = Math.max(1, Math.ceil(items.length / size))
  const link = (number: number, relation: string): string => {
    const to = new URL(url)
    to.searchParams.set('page', String(number))
    return `<${to.href}>; rel="${relation}"`
  }
  const links = [
    ...(at > 1 ? [link(at - 1, 'prev')] : []),
    ...(at < last ? [link(at + 1, 'next'), link(last, 'last')] : []),
    ...(at > 1 ? [link(1, 'first')] : []),
  ]
  const body = wrap(items.slice((at - 1) * size, at * size), items.length)
  return ok(body, links.length === 0 ? {} : { link: links.join(', ') })
}
