import { setTimeout as pause } from 'node:timers/promises'
import * as z from 'zod'
import type { Answer, Problem } from '../../ports/answer.ts'
import { retryAfter } from './retry.ts'

/** The part of Octokit that the adapters use. */
export interface Octokit {
  request(route: string, parameters?: Record<string, unknown>): Promise<{ data: unknown }>
}

/** An Octokit, the repository, and the moment at which to stop trying. */
export interface Api {
  octokit: Octokit
  owner: string
  repo: string
  /** Ends requests and pauses alike, so that a slow forge cannot hold a job. */
  deadline: AbortSignal
}

/** How a request is repeated. Writing twice is not harmless: a creation that timed out may have happened. */
interface Asking<T> {
  schema: z.ZodType<T>
  repeat: 'safe' | 'only-when-refused'
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

/** Asks GitHub, again where that may help and the deadline allows it, and checks the shape of what comes back. */
export const ask = async <T>(
  { octokit, deadline }: Api,
  route: string,
  parameters: Record<string, unknown>,
  { schema, repeat }: Asking<T>,
): Promise<Answer<T>> => {
  for (let attempt = 1; ; attempt++)
    try {
      const { data } = await octokit.request(route, { ...parameters, request: { signal: deadline } })
      const parsed = schema.safeParse(data)
      if (parsed.success) return { ok: true, value: parsed.data }
      return { ok: false, problem: { kind: 'rejected', message: `GitHub's answer to ${route} has another shape` } }
    } catch (error) {
      const { problem, headers } = problemOf(error, deadline)
      const wait = deadline.aborted ? undefined : retryAfter(problem, headers, attempt)
      if (wait === undefined || (repeat === 'only-when-refused' && problem.kind === 'unreachable'))
        return { ok: false, problem }
      await pause(wait, undefined, { signal: deadline }).catch(() => undefined)
      if (deadline.aborted) return { ok: false, problem }
    }
}
