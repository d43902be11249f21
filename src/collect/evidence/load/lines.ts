import type { EvidenceText } from '../format.ts'

/** A line of a stream, and its number, from 1. */
export interface Line {
  text: string
  number: number
}

/** A longer line ends the reading: no tool writes one. Characters. */
export const maxLineLength = 4_000_000

/** Lines longer than `maxLineLength` come cut to that length, with `cut` as the signal to refuse. */
export class LongLine extends Error {
  readonly line: number

  constructor(line: number) {
    super('too long')
    this.name = 'LongLine'
    this.line = line
  }
}

/**
 * The lines of a text without their ends, piece by piece as the text comes: one call for many lines.
 * @throws LongLine
 */
export const linesOf = async function* ({ chunks }: EvidenceText): AsyncGenerator<Line[]> {
  let rest = ''
  let number = 1
  for await (const chunk of chunks) {
    if (!chunk.includes('\n')) {
      rest += chunk
      if (rest.length > maxLineLength) throw new LongLine(number)
      continue
    }
    const parts = (rest + chunk).split('\n')
    rest = parts.pop() ?? ''
    const lines = parts.map((part) => ({ text: part.endsWith('\r') ? part.slice(0, -1) : part, number: number++ }))
    for (const line of lines) if (line.text.length > maxLineLength) throw new LongLine(line.number)
    yield lines
  }
  if (rest !== '') yield [{ text: rest, number }]
}
