import { setTimeout as pause } from 'node:timers/promises'
import * as z from 'zod'
import type { Answer, Problem } from '../../ports/answer.ts'
import { askReply, type Api, type Reply } from './api.ts'

const maxAttempts = 3

/** A whole transfer, in milliseconds: the addresses are good for five minutes. */
const longestTransfer = 300_000

const problem = (kind: Problem['kind'], message: string, status?: number): { ok: false; problem: Problem } => ({
  ok: false,
  problem: { kind, message, ...(status === undefined ? {} : { status }) },
})

/** Passes bytes on until there are more than there may be. */
async function* bounded(bytes: AsyncIterable<Uint8Array>, most: number): AsyncGenerator<Uint8Array> {
  let size = 0
  for await (const part of bytes) {
    size += part.byteLength
    if (size > most) throw new RangeError(`is larger than ${most / 1_000_000} MB`)
    yield part
  }
}

/** Where the bytes are, by GitHub's word. Plain HTTP only where GitHub itself is asked so. */
const addressOf = ({ headers, url }: Reply<unknown>): URL | undefined => {
  const location = headers['location']
  if (typeof location !== 'string' || location === '' || !URL.canParse(location, url)) return undefined
  const address = new URL(location, url)
  return address.protocol === 'https:' || address.protocol === new URL(url).protocol ? address : undefined
}

/**
 * The address signs the request: the token is for GitHub alone, and is never sent there. No encoding is asked for, since an
 * archive that was unpacked on its way is none.
 */
const fetchFrom = async (address: URL): Promise<Answer<AsyncIterable<Uint8Array>>> => {
  try {
    const headers = { 'accept-encoding': 'identity' }
    const { status, body } = await fetch(address, { headers, signal: AbortSignal.timeout(longestTransfer) })
    if (status === 200 && body !== null) return { ok: true, value: body }
    await body?.cancel()
    if (status === 404 || status === 410) return problem('missing', 'is not in the storage', status)
    return problem('unreachable', `the storage answered ${status}`, status)
  } catch (error) {
    return problem(
      'unreachable',
      `the storage cannot be reached: ${error instanceof Error ? error.message : String(error)}`,
    )
  }
}

/**
 * Downloads what GitHub answers with the address of: an archive, an artifact. Asks for a new address where the old one does
 * not work. Reading rejects where there are more bytes than `most`, and where the connection breaks.
 */
export const download = async (
  api: Api,
  route: string,
  parameters: Record<string, unknown>,
  most: number,
): Promise<Answer<AsyncIterable<Uint8Array>>> => {
  const { owner, repo } = api
  const request = { redirect: 'manual', parseSuccessResponseBody: false }
  for (let attempt = 1; ; attempt++) {
    const asking = { schema: z.unknown(), repeat: 'safe', request } as const
    const reply = await askReply(api, route, { owner, repo, ...parameters }, asking)
    if (!reply.ok) return reply
    if (reply.value.data instanceof ReadableStream) await reply.value.data.cancel()
    const address = addressOf(reply.value)
    if (address === undefined) return problem('rejected', `GitHub's answer to ${route} names no address to trust`)
    const answer = await fetchFrom(address)
    if (answer.ok) return { ok: true, value: bounded(answer.value, most) }
    if (answer.problem.kind !== 'unreachable' || attempt >= maxAttempts) return answer
    await pause(1000 * 2 ** (attempt - 1))
  }
}
