import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { control } from '../control.ts'
import type { GitHub } from '../github.ts'
import { complete } from '../openapi/complete.ts'
import { answerSchema } from '../openapi/description.ts'
import { checkAnswer, checkRequest } from '../openapi/validate.ts'
import { failure, missing, type Answered } from './answer.ts'
import { answerOf } from './faults.ts'
import { findRoute, type Found } from './router.ts'
import { carryOut } from './carry-out.ts'

const largestBody = 10_000_000

const readBody = async (request: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of request) {
    size += (part as Buffer).byteLength
    if (size <= largestBody) parts.push(part as Buffer)
  }
  return Buffer.concat(parts).toString('utf8')
}

const parsed = (text: string): unknown => (text === '' ? undefined : JSON.parse(text))

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds)
  })

/** The API over HTTP: finds the route, lets faults strike, and holds both sides against the description. */
export class ApiServer {
  readonly #github: GitHub
  readonly #server: Server

  constructor(github: GitHub) {
    this.#github = github
    this.#server = createServer((request, response) => {
      this.#serve(request, response).catch((error: unknown) => {
        github.violate(error instanceof Error ? (error.stack ?? error.message) : String(error))
        if (!response.headersSent) response.writeHead(500)
        response.end()
      })
    })
    this.#server.keepAliveTimeout = 60_000
  }

  async listen(port: number): Promise<string> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject).listen(port, '127.0.0.1', resolve)
    })
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => {
      this.#server.close(resolve)
    })
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.#github.urls.web)
    const method = request.method ?? ''
    const text = await readBody(request)
    if (url.pathname.startsWith('/_simulator/')) {
      const answer = await control(this.#github, method, url, parsed(text))
      return write(response, answer)
    }
    const { prefix } = this.#github.options
    const path = url.pathname.startsWith(prefix) ? url.pathname.slice(prefix.length) : 'outside the API'
    const found = findRoute(method, path)
    const name = found?.route.route ?? `${method} ${path}`
    this.#github.journal.request(name)
    if (found === undefined) {
      this.#github.violate(`nobody answers ${method} ${path}`)
      return write(response, missing)
    }
    await this.#answer(found, { url, path, text, method }, request, response)
  }

  async #answer(
    found: Found,
    asked: { url: URL; path: string; text: string; method: string },
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const github = this.#github
    const { url, path, method } = asked
    const body = parsed(asked.text)
    const over = found.route.limits?.(body) ?? []
    const wrong = over.length > 0 ? [] : checkRequest(method, found.template, url, path, body)
    const { delay, fault } = github.faults.strike(found.route.route)
    if (delay > 0) await pause(delay)
    if (fault !== undefined && fault.carriedOut !== true) {
      if (fault.kind === 'hang') return
      if (fault.kind === 'drop') return void request.socket.destroy()
      return write(response, answerOf(fault, github.now()) ?? missing)
    }
    for (const one of wrong) github.violate(one)
    // A request that breaks the description is a mistake of ours that GitHub would answer as it pleases: nobody may miss it.
    if (wrong.length > 0) return write(response, failure(500, wrong.join('; ')))
    const { answer, headers } = await carryOut(github, found, { url, body, over, headers: request.headers })
    if (fault !== undefined) {
      const last = github.journal.answers.at(-1)
      if (found.route.route.endsWith('/deployment_protection_rule') && last?.status === 204) last.answerLost = true
      if (fault.kind === 'hang') return
      if (fault.kind === 'drop') return void request.socket.destroy()
      return write(response, answerOf(fault, github.now()) ?? missing)
    }
    const whole = { ...answer, headers: { ...headers, ...answer.headers } }
    write(response, this.#held(found, method, whole), request.headers['if-none-match'], method)
  }

  #held({ template }: Found, method: string, answer: Answered): Answered {
    const { status, body, headers = {} } = answer
    if (status >= 500 || Buffer.isBuffer(body)) return answer
    const whole = complete(answerSchema(method, template, status), body)
    const wrong = checkAnswer(method, template, status, whole)
    for (const one of wrong) this.#github.violate(one)
    return wrong.length > 0 ? failure(500, wrong.join('; ')) : { status, body: whole, headers }
  }
}

/** Writes an answer; one that the asker has already is 304. */
const write = (response: ServerResponse, answer: Answered, known?: string, method?: string): void => {
  const { status, body, headers = {} } = answer
  if (body === undefined) {
    response.writeHead(status, headers).end()
    return
  }
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))
  const etag = `"${createHash('sha1').update(bytes).digest('hex')}"`
  const tagged = method === 'GET' && status === 200
  if (tagged && known?.replace(/^W\//, '') === etag) {
    response.writeHead(304, { ...headers, etag }).end()
    return
  }
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': bytes.byteLength,
    ...(tagged ? { etag } : {}),
    ...headers,
  })
  response.end(bytes)
}
