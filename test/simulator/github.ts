import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { checkAnswer, checkRequest, matchPath } from './openapi.ts'
import { StandInRepository, type Answered, type Asked, type Token } from './repository.ts'

/** One thing that goes wrong: the next matching request is answered so. */
export interface Fault {
  /** Method and path template, as in GitHub's description. */
  route: string
  answer: Answered
  /** The request was carried out all the same: only its answer is lost. */
  carriedOut?: boolean
}

const readBody = async (request: IncomingMessage): Promise<unknown> => {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  const text = Buffer.concat(parts).toString('utf8')
  return text === '' ? undefined : JSON.parse(text)
}

/**
 * A GitHub to test against, over HTTP on this machine. Every request that it gets and every answer that it gives is held
 * against GitHub's own description of the API; what does not fit is in `violations`.
 */
export class GitHub {
  readonly tokens = new Map<string, Token>()
  readonly requests: string[] = []
  readonly violations: string[] = []
  readonly faults: Fault[] = []
  readonly repository: StandInRepository
  readonly #server: Server
  readonly #prefix: string

  /** @param prefix the path of the API's root: empty as at api.github.com, `/api/v3` as on an Enterprise Server */
  constructor(repository: string, prefix = '') {
    this.repository = new StandInRepository(repository)
    this.#prefix = prefix
    this.#server = createServer((request, response) => {
      this.#serve(request, response).catch((error: unknown) => {
        this.violations.push(String(error))
        response.writeHead(500).end()
      })
    })
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#server.listen(0, '127.0.0.1', resolve)
    })
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => {
      this.#server.close(resolve)
    })
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}${this.#prefix}`
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://localhost')
    const path = url.pathname.startsWith(this.#prefix) ? url.pathname.slice(this.#prefix.length) : 'outside the API'
    const method = request.method ?? ''
    const body = await readBody(request)
    const { status, body: answer, headers } = this.#answer(method, path, url, body, request.headers.authorization)
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers })
    response.end(typeof answer === 'string' ? answer : JSON.stringify(answer))
  }

  #answer(method: string, path: string, url: URL, body: unknown, authorization: string | undefined): Answered {
    const route = Object.keys(this.repository.routes).find(
      (candidate) =>
        candidate.startsWith(`${method} `) && matchPath(candidate.slice(method.length + 1), path) !== undefined,
    )
    this.requests.push(route ?? `${method} ${path}`)
    const handle = route === undefined ? undefined : this.repository.routes[route]
    if (route === undefined || handle === undefined) {
      this.violations.push(`nobody answers ${method} ${path}`)
      return { status: 404, body: { message: 'Not Found' } }
    }
    const template = route.slice(method.length + 1)
    this.violations.push(...checkRequest(method, template, url, path, body))
    const at = this.faults.findIndex((candidate) => candidate.route === route)
    const [fault] = at < 0 ? [] : this.faults.splice(at, 1)
    const carryOut = (): Answered =>
      this.#carryOut(handle, { path: matchPath(template, path) ?? {}, url, body, authorization })
    if (fault?.carriedOut === true) carryOut()
    const answer = fault?.answer ?? carryOut()
    // A gateway's error is not GitHub's, and has no shape.
    if (answer.status >= 500) return answer
    this.violations.push(...checkAnswer(method, template, answer.status, answer.body))
    return answer
  }

  #carryOut(
    handle: (asked: Asked) => Answered,
    asked: Omit<Asked, 'token' | 'query'> & { url: URL; authorization: string | undefined },
  ): Answered {
    const { path, url, body, authorization } = asked
    const token = this.tokens.get(authorization?.replace(/^(token|bearer) /i, '') ?? '')
    if (token === undefined) return { status: 401, body: { message: 'Bad credentials' } }
    const elsewhere = path['owner'] !== undefined && `${path['owner']}/${path['repo']}` !== this.repository.name
    if (elsewhere) return { status: 404, body: { message: 'Not Found' } }
    return handle({ token, path, query: url.searchParams, body })
  }
}
