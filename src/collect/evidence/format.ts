import type { Fact } from '../../core/facts/index.ts'
import type { EvidenceKind } from '../../core/rule-file.ts'

/** What a parser makes of one evidence file: its facts, or why it is refused. */
export type Parsed = { facts: Fact[] } | { refused: { code: string; reason: string; line: number; column: number } }

/** One format that tools write. Recognised by content, never by name alone. */
export interface EvidenceFormat {
  kind: EvidenceKind
  /** The format's name in reports: `junit`, `trivy`. */
  name: string
  /** Whether the beginning of the text (at most 4 KB) is of this format. */
  recognises(head: string): boolean
  /** Never throws for a file's content. */
  parse(path: string, text: string): Parsed
}
