import * as z from 'zod'
import type { EvidenceFormat, Likeness } from '../format.ts'
import { readJson } from '../json/stream.ts'
import { misshapen } from '../load/json-document.ts'
import { refuse } from '../load/reading.ts'
import { isGood, timeOf } from '../load/tally.ts'
import { maxChecks, smokeEvidence, type SmokeResult } from '../smoke/checks.ts'

/** Longer reports are refused: the bodies of all answers are in them, as lists of numbers. Characters. */
const maxLength = 50_000_000

const Execution = z.object({
  item: z.object({ name: z.string().optional() }).optional(),
  request: z
    .object({ method: z.string().optional(), url: z.object({ path: z.array(z.string()).optional() }).optional() })
    .optional(),
  response: z.object({ code: z.number().optional(), responseTime: z.number().nonnegative().optional() }).optional(),
  requestError: z.object({ code: z.string().optional() }).optional(),
  assertions: z
    .array(
      z.object({
        assertion: z.string().optional(),
        skipped: z.boolean().optional(),
        error: z.object({ message: z.string().optional() }).nullish(),
      }),
    )
    .nullish(),
})

const resultOf = (
  { item, request, response, requestError, assertions }: z.infer<typeof Execution>,
  line: number,
): SmokeResult => {
  const asserted = assertions ?? []
  const broken = asserted.find(({ error }) => error !== undefined && error !== null)
  const silent = response === undefined || requestError !== undefined
  const status = response?.code
  // Without an assertion the status is all there is.
  const bad = asserted.length === 0 && (status === undefined || !isGood(status))
  const skipped = asserted.length > 0 && asserted.every((assertion) => assertion.skipped === true)
  const failed = silent || broken !== undefined || bad
  const message = silent
    ? `there was no answer${requestError?.code === undefined ? '' : `: ${requestError.code}`}`
    : (broken?.error?.message ?? (bad ? `answered ${status ?? 'nothing'}` : undefined))
  return {
    name: item?.name ?? '(no name)',
    url: request?.url?.path === undefined ? undefined : `/${request.url.path.join('/')}`,
    method: request?.method,
    status,
    outcome: failed ? 'failed' : skipped ? 'skipped' : 'passed',
    milliseconds: response?.responseTime,
    message,
    line,
  }
}

/** What `newman run -r json` writes: a run of a Postman collection. */
export const newman: EvidenceFormat = {
  kind: 'smoke',
  name: 'newman',
  recognise: (head): Likeness => {
    if (!/^\s*\{/.test(head)) return /^\s*$/.test(head) ? 'unclear' : 'other'
    return /^\s*\{\s*"(?:collection|run)"\s*:/.test(head) ? 'this' : 'other'
  },
  parse: async (text) => {
    const results: SmokeResult[] = []
    let wrong: z.ZodError | undefined
    let started: number | undefined
    let length = 0
    const bounded = async function* (): AsyncGenerator<string> {
      for await (const chunk of text.chunks) {
        length += chunk.length
        if (length > maxLength) return
        yield chunk
      }
    }
    const refused = await readJson(
      { path: text.path, chunks: bounded() },
      {
        paths: [
          '$.run.executions.*',
          '$.run.timings.started',
          '$.collection',
          '$.environment',
          '$.globals',
          '$.run.failures.*',
        ],
        each: ({ value, path, line }) => {
          if (path[1] === 'timings' && typeof value === 'number') started = value
          if (path[1] !== 'executions') return undefined
          const execution = Execution.safeParse(value)
          if (!execution.success) wrong ??= execution.error
          else if (results.push(resultOf(execution.data, line)) > maxChecks)
            return refuse('too-many', `has more than ${maxChecks} smoke tests`).refused
          return undefined
        },
      },
    )
    if (length > maxLength) return refuse('too-large', `is longer than ${maxLength / 1_000_000} million characters`)
    if (refused !== undefined) return { refused }
    return wrong === undefined ? smokeEvidence(text.path, results, timeOf(started)) : misshapen(wrong, 'newman')
  },
}
