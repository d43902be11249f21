import { isDeepStrictEqual } from 'node:util'
import { headLength, type EvidenceFormat } from '../../../src/collect/evidence/format.ts'
import { evidenceFormats } from '../../../src/collect/evidence/formats.ts'
import type { EvidenceKind } from '../../../src/core/evidence-kinds.ts'
import { inPieces } from './fixtures.ts'

/** The format that takes a text for its own, of all or of those of a kind. @throws where none does or more than one */
export const formatOf = (text: string, kind?: EvidenceKind): EvidenceFormat => {
  const head = text.slice(0, headLength)
  const candidates = evidenceFormats.filter((one) => kind === undefined || one.kind === kind)
  const [format, ...others] = candidates.filter((one) => one.recognise(head) === 'this')
  if (format === undefined || others.length > 0)
    throw new Error(`${head.slice(0, 40)}: ${format === undefined ? 'no format' : 'several formats'}`)
  return format
}

/** The format of a name; the first where it is read for several kinds of evidence. */
export const formatNamed = (name: string, kind?: EvidenceKind): EvidenceFormat => {
  const found = evidenceFormats.find((one) => one.name === name && (kind === undefined || one.kind === kind))
  if (found === undefined) throw new Error(`no format ${name}`)
  return found
}

/** Those of the lengths at which a text that comes in pieces gives something else than the whole. */
export const lengthsThatMatter = async (
  format: EvidenceFormat,
  text: string,
  lengths: readonly number[],
): Promise<number[]> => {
  const whole = await format.parse(inPieces(text, text.length))
  const found: number[] = []
  for (const length of lengths)
    if (!isDeepStrictEqual(await format.parse(inPieces(text, length)), whole)) found.push(length)
  return found
}
