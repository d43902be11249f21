import type { Offsets } from './offsets.ts'

/** One document of a text: plain data, where it starts (in UTF-16 units), and where its parts do. */
export interface ReadDocument {
  readonly value: unknown
  readonly start: number
  readonly offsets: Offsets
}

/** What is wrong with a text, and where. */
export interface Refusal {
  readonly code: string
  readonly reason: string
  readonly offset: number
}

/** What a reader makes of a text. Every refusal stands in the order in which a reader from the top would meet it. */
export interface ReadText {
  readonly documents: readonly ReadDocument[]
  readonly refusals: readonly Refusal[]
}

/** A key that a map has twice. The last wins, and nobody can say which was meant. */
export const duplicateKey = (key: string, offset: number): Refusal => ({
  code: 'duplicate-key',
  reason: `has the key "${key}" twice in one map`,
  offset,
})
