import * as z from 'zod'
import type { Decision } from './decide.ts'
import type { Diagnostic } from './errors.ts'

/** A longer history is refused. Characters. */
const maxHistoryLength = 1_000_000

/** Older entries are dropped: enough for one deployment a day to several environments over some weeks. */
const maxEntries = 50

const Values = z.record(z.string().max(100), z.record(z.string().max(100), z.number()))

/** Numbers of facts by kind of fact and field: `{"load.total": {"p95": 41.2}}`. */
export type Values = z.infer<typeof Values>

const HistoryEntry = z.strictObject({
  sha: z.string().regex(/^[0-9a-f]{40,64}$/, 'a commit of 40 to 64 hexadecimal digits'),
  environment: z.string().min(1).max(200),
  decidedAt: z.iso.datetime(),
  decision: z.enum(['go', 'conditional', 'no-go']),
  values: Values,
})
type HistoryEntry = z.infer<typeof HistoryEntry>

const HistoryFile = z.strictObject({
  schemaVersion: z.literal(1),
  entries: z.array(HistoryEntry).max(maxEntries),
})
export type History = z.infer<typeof HistoryFile>

/** A history in which nothing was decided yet. */
const emptyHistory: History = { schemaVersion: 1, entries: [] }

/** Reads a history. It comes from outside, and is taken as a whole or not at all. */
const parseHistory = (text: string): { history: History } | { mistake: string } => {
  if (text.length > maxHistoryLength) return { mistake: 'is longer than a million characters' }
  let data: unknown
  try {
    data = JSON.parse(text)
  } catch {
    return { mistake: 'is not valid JSON' }
  }
  const checked = HistoryFile.safeParse(data)
  if (checked.success) return { history: checked.data }
  const [issue] = checked.error.issues
  const at = issue === undefined || issue.path.length === 0 ? 'at its root' : `at ${issue.path.map(String).join('.')}`
  return { mistake: `is not of the form of a history, ${at}: ${issue?.message ?? 'unknown'}` }
}

/**
 * The values of the newest deployment to an environment that passed, of another commit than the judged one.
 * @param alike which other names mean the same environment; they count where the name itself has no entry
 */
export const lastPassing = (
  { entries }: History,
  environment: string,
  sha: string | null,
  alike: (name: string) => boolean = () => false,
): Values | undefined => {
  const passed = entries.filter(({ decision, sha: of }) => decision !== 'no-go' && of !== sha)
  const own = passed.filter((entry) => entry.environment.toLowerCase() === environment.toLowerCase())
  return (own.length > 0 ? own : passed.filter((entry) => alike(entry.environment))).reduce<HistoryEntry | undefined>(
    (newest, entry) =>
      newest === undefined || Date.parse(entry.decidedAt) >= Date.parse(newest.decidedAt) ? entry : newest,
    undefined,
  )?.values
}

const sorted = <Value>(record: Readonly<Record<string, Value>>): Record<string, Value> =>
  Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)))

/**
 * The text of a history with one more decision: that of the same commit for the same environment is replaced, and the oldest
 * are dropped. The same input gives the same bytes.
 */
export const withDecision = (
  history: History,
  {
    sha,
    environment,
    at,
    decision,
    values,
  }: { sha: string; environment: string; at: Date; decision: Decision; values: Values },
): string => {
  const kept = history.entries.filter((entry) => entry.sha !== sha || entry.environment !== environment)
  const own = sorted(Object.fromEntries(Object.entries(values).map(([kind, fields]) => [kind, sorted(fields)])))
  const entry: HistoryEntry = { sha, environment, decidedAt: at.toISOString(), decision, values: own }
  return `${JSON.stringify({ schemaVersion: 1, entries: [...kept, entry].slice(-maxEntries) }, null, 2)}\n`
}

/** A history as a host read it: no text where there is no such file yet. */
export type HistorySource = { path: string; text: string | undefined } | { path: string; unreadable: string }

/** The history in bytes. */
export const decodeHistory = (path: string, bytes: Uint8Array): HistorySource => {
  try {
    return { path, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }
  } catch {
    return { path, unreadable: 'is not UTF-8 text' }
  }
}

/** The history of a source, or what is wrong with it; undefined where none is kept. */
export const historyFrom = (
  source: HistorySource | undefined,
): { kept: { path: string; history: History } | undefined } | { diagnostics: Diagnostic[] } => {
  if (source === undefined) return { kept: undefined }
  const { path } = source
  const refuse = (message: string) => ({ diagnostics: [{ code: 'history-invalid' as const, message, path }] })
  if ('unreadable' in source) return refuse(source.unreadable)
  if (source.text === undefined) return { kept: { path, history: emptyHistory } }
  const parsed = parseHistory(source.text)
  return 'mistake' in parsed ? refuse(parsed.mistake) : { kept: { path, history: parsed.history } }
}
