import type { Fact, FactKind } from '../../core/facts/index.ts'
import type { EvidenceKind } from '../../core/evidence-kinds.ts'

/** Why a file of evidence is not taken. The reason follows the file's name: "is cut off". Lines count from 1. */
export interface Refusal {
  code: string
  reason: string
  line: number
  column: number
}

/** What one file of evidence says. */
export interface Evidence {
  facts: Fact[]
  /**
   * The kinds of fact that the file would hold if there were any, so that their absence is known to be good: a scan that
   * looked at packages answers for vulnerabilities. A kind that is not named here is not known about.
   */
  answers: readonly FactKind[]
  /** When the tool ran, ISO 8601, where the file says so. */
  createdAt?: string
  /** The commit that the tool ran on, where the file says so. */
  sha?: string
  /** What wrote the file, where the file says so. */
  tool?: { name: string; version?: string }
  /** Why the file proves nothing though it is well-formed, following its name: "lists no test". */
  empty?: string
  /** What the file says, in a few words: "41 tests, 2 failed". Without it, it is made of the facts. */
  says?: string
}

export type Parsed = Evidence | { refused: Refusal }

/** Whether a text is of a format, surely of another one, or too short or too broken to tell. */
export type Likeness = 'this' | 'other' | 'unclear'

/** How much of a file's beginning is looked at to recognise its format. Characters. */
export const headLength = 16_384

/** One file of evidence as text that is read once, from its beginning, in pieces of any length. */
export interface EvidenceText {
  path: string
  /** Reading rejects where the bytes are no text or are too many; formats let that through. */
  chunks: AsyncIterable<string>
}

/** One format that tools write. Recognised by content, never by name alone. */
export interface EvidenceFormat {
  kind: EvidenceKind
  /** The format's name in reports: `junit`, `trivy`. */
  name: string
  /** Looks at the beginning of the text, at most `headLength`. */
  recognise(head: string): Likeness
  /**
   * Reads the text as a stream: 100 MB have to fit within 200 MB of memory. What is wrong with a file's content is a
   * refusal and never thrown.
   */
  parse(text: EvidenceText): Promise<Parsed>
}

/** The whole of a text that is short by its nature; undefined where it is longer than that. */
export const wholeText = async ({ chunks }: EvidenceText, maxLength: number): Promise<string | undefined> => {
  const parts: string[] = []
  let length = 0
  for await (const chunk of chunks) {
    length += chunk.length
    if (length > maxLength) return undefined
    parts.push(chunk)
  }
  return parts.join('')
}

/** A tool's time as ISO 8601 in UTC; a time without a zone is taken for UTC. Undefined for what is no time after 1970. */
export const instant = (text: string | undefined): string | undefined => {
  if (text === undefined || !/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/.test(text)) return undefined
  const time = Date.parse(/(Z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text}Z`)
  return Number.isNaN(time) || time <= 0 ? undefined : new Date(time).toISOString()
}

/** A text that holds nothing but itself. A part of a text keeps all of that in memory as long as it is kept. */
export const ownText = (text: string): string => (text.length < 13 ? text : ` ${text}`.slice(1))

/** The first line that says something, without control characters, cut to a length that fits a message. */
export const firstLine = (text: string, length = 200): string | undefined => {
  const line = text
    .slice(0, 4096)
    .split(/[\r\n]/)
    // oxlint-disable-next-line no-control-regex -- terminals' colour codes are exactly what is taken away
    .map((part) => part.replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, ' ').trim())
    .find((part) => part !== '')
  if (line === undefined) return undefined
  if (line.length <= length) return ownText(line)
  const letters = Array.from(line)
  return letters.length > length ? `${letters.slice(0, length - 1).join('')}…` : line
}
