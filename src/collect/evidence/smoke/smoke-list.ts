import * as z from 'zod'
import type { EvidenceFormat, Likeness } from '../format.ts'
import { wholeText } from '../format.ts'
import { asMethod, pathOf } from '../load/access.ts'
import { refuse } from '../load/reading.ts'
import { isGood } from '../load/tally.ts'
import { smokeEvidence, type SmokeResult } from './checks.ts'

/** Longer lists are refused. Characters. */
const maxLength = 4_000_000

const Entry = z.object({
  url: z.string().min(1),
  status: z.number().int().nonnegative(),
  name: z.string().optional(),
  method: z.string().optional(),
  expected: z.number().int().optional(),
  ok: z.boolean().optional(),
  milliseconds: z.number().nonnegative().optional(),
})

/** Passed is what has the expected status (2xx or 3xx where none is expected) and is not said to have failed. */
const resultOf = (
  { url, status, name, method, expected, ok = true, milliseconds }: z.infer<typeof Entry>,
  line: number,
): SmokeResult => {
  const passed = ok && (expected === undefined ? isGood(status) : status === expected)
  const wanted = expected === undefined ? '' : `, and ${expected} was expected`
  return {
    name: name ?? `${asMethod(method) ?? 'GET'} ${pathOf(url)}`,
    url,
    method,
    status,
    outcome: passed ? 'passed' : 'failed',
    milliseconds,
    line,
    ...(passed ? {} : { message: status === 0 ? 'there was no answer' : `answered ${status}${wanted}` }),
  }
}

const plainLine =
  /^(\d{3}|0) +(?:([A-Z]{3,7}) +)?(https?:\/\/\S{1,2000}|\/\S{0,2000})(?: +(\d{1,12}(?:\.\d{1,9})?) ?(ms|s))?$/

const fromLine = (line: string): unknown => {
  const [, status, method, url, took, unit] = plainLine.exec(line) ?? []
  if (url === undefined) return undefined
  const milliseconds = took === undefined ? {} : { milliseconds: Number(took) * (unit === 's' ? 1000 : 1) }
  return { status: Number(status), url, ...(method === undefined ? {} : { method }), ...milliseconds }
}

const entriesOf = (text: string): { value: unknown; line: number }[] => {
  if (/^\s*\[/.test(text)) {
    const list: unknown = JSON.parse(text)
    return Array.isArray(list) ? list.map((value: unknown) => ({ value, line: 1 })) : []
  }
  return text.split('\n').flatMap((raw, index) => {
    const line = raw.trim()
    if (line === '' || line.startsWith('#')) return []
    return [{ value: line.startsWith('{') ? (JSON.parse(line) as unknown) : fromLine(line), line: index + 1 }]
  })
}

/** URLs and the statuses that they answered with, as a JSON list, JSON lines or plain lines: see docs/evidence-formats.md. */
export const smokeList: EvidenceFormat = {
  kind: 'smoke',
  name: 'smoke-list',
  recognise: (head): Likeness => {
    const first = head.split('\n').find((line) => line.trim() !== '' && !line.startsWith('#')) ?? ''
    if (plainLine.test(first.trim())) return 'this'
    if (/^(?:\[\s*)?\{/.test(head.trimStart()) && /"url"\s*:\s*"/.test(head) && /"status"\s*:\s*\d/.test(head))
      return 'this'
    return ['', '['].includes(head.trim()) ? 'unclear' : 'other'
  },
  parse: async (source) => {
    const text = await wholeText(source, maxLength)
    if (text === undefined) return refuse('too-large', `is longer than ${maxLength / 1_000_000} million characters`)
    let entries: ReturnType<typeof entriesOf>
    try {
      entries = entriesOf(text)
    } catch {
      return refuse('syntax', 'is not valid JSON')
    }
    const results: SmokeResult[] = []
    for (const { value, line } of entries) {
      const entry = Entry.safeParse(value)
      if (!entry.success) return refuse('schema', 'has an entry without a URL and a status', { line, column: 1 })
      results.push(resultOf(entry.data, line))
    }
    return smokeEvidence(source.path, results)
  },
}
