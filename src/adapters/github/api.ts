import { setTimeout as pause } from 'node:timers/promises'
import * as z from 'zod'
import type { Answer, Problem } from '../../ports/answer.ts'
import { longestWait, maxAttempts, waitOf } from './retry.ts'

/** What GitHub replied. */
export interface Reply<T> {
  data: T
  status: number
  url: string
  headers: Record<string, string | number | undefined>
}

/** The part of Octokit that the adapters use. */
export interface Octokit {
  request(route: string, parameters?: Record<string, unknown>): Promise<Reply<unknown>>
}

/** An Octokit, and how long to try with it. */
export interface Asker {
  octokit: Octokit
  /** Ends requests and pauses alike, so that a slow forge cannot hold a job. Read for every request. */
  readonly deadline: AbortSignal
  /** The longest pause between two attempts, in milliseconds. What asks for a longer one is answered with `retryAt`. */
  patience?: number
  /** Shared by all who use the same token: while GitHub limits one of them, it limits all. Milliseconds since 1970. */
  limit?: { until: number }
}

/** An Octokit and the repository. */
export interface Api extends Asker {
  owner: string
  repo: string
}

/** How a request is repeated. Writing twice is not harmless: a creation that timed out may have happened. */
interface Asking<T> {
  schema: z.ZodType<T>
  repeat: 'safe' | 'only-when-refused'
  /** What Octokit's request takes besides. */
  request?: Record<string, unknown>
}

const Failure = z.object({
  status: z.number(),
  message: z.string(),
  response: z.object({ headers: z.record(z.string(), z.unknown()) }).optional(),
})

const kindOf = (status: number): Problem['kind'] => {
  if (status === 401 || status === 403 || status === 429) return 'forbidden'
  if (status === 404 || status === 410) return 'missing'
  return status >= 500 ? 'unreachable' : 'rejected'
}

const problemOf = (error: unknown, deadline: AbortSignal): { problem: Problem; headers: Record<string, unknown> } => {
  if (deadline.aborted)
    return { problem: { kind: 'unreachable', message: 'GitHub took too long to answer' }, headers: {} }
  const failure = Failure.safeParse(error)
  const headers = failure.data?.response?.headers ?? {}
  // Octokit gives a request that never got an answer the status 500 and no response.
  if (failure.success && failure.data.response !== undefined) {
    const { status, message } = failure.data
    return { problem: { kind: kindOf(status), status, message }, headers }
  }
  return { problem: { kind: 'unreachable', message: error instanceof Error ? error.message : String(error) }, headers }
}

/** A limit is no lack of rights: it ends by itself. */
const limited = (until: number, problem?: Problem): Problem => ({
  message: "waits for the end of GitHub's rate limit",
  ...problem,
  kind: 'unreachable',
  retryAt: new Date(until),
})

/** Asks GitHub, again where that may help, the deadline allows it and the pause is no longer than the patience. */
export const askReply = async <T>(
  { octokit, deadline, patience = longestWait, limit = { until: 0 } }: Asker,
  route: string,
  parameters: Record<string, unknown>,
  { schema, repeat, request }: Asking<T>,
): Promise<Answer<Reply<T>>> => {
  for (let attempt = 1; ; attempt++) {
    const held = limit.until - Date.now()
    if (held > patience) return { ok: false, problem: limited(limit.until) }
    if (held > 0) await pause(held, undefined, { signal: deadline }).catch(() => undefined)
    try {
      const reply = await octokit.request(route, { ...parameters, request: { ...request, signal: deadline } })
      const parsed = schema.safeParse(reply.data)
      if (parsed.success) return { ok: true, value: { ...reply, data: parsed.data } }
      return { ok: false, problem: { kind: 'rejected', message: `GitHub's answer to ${route} has another shape` } }
    } catch (error) {
      const { problem, headers } = problemOf(error, deadline)
      const now = Date.now()
      const wait = deadline.aborted ? undefined : waitOf(problem, headers, attempt, now)
      if (wait === undefined) return { ok: false, problem }
      const told = wait.limited ? limited(now + wait.milliseconds, problem) : problem
      if (wait.limited) limit.until = Math.max(limit.until, now + wait.milliseconds)
      const last = attempt >= maxAttempts || wait.milliseconds > patience
      if (last || (repeat === 'only-when-refused' && problem.kind === 'unreachable'))
        return { ok: false, problem: told }
      await pause(wait.milliseconds, undefined, { signal: deadline }).catch(() => undefined)
      if (deadline.aborted) return { ok: false, problem: told }
    }
  }
}

/** Asks GitHub as `askReply` does, for what it answers alone. */
export const ask = async <T>(
  asker: Asker,
  route: string,
  parameters: Record<string, unknown>,
  asking: Asking<T>,
): Promise<Answer<T>> => {
  const answer = await askReply(asker, route, parameters, asking)
  return answer.ok ? { ok: true, value: answer.value.data } : answer
}

/** An answer without its value. */
export const done = (answer: Answer<unknown>): Answer<void> => (answer.ok ? { ok: true, value: undefined } : answer)
