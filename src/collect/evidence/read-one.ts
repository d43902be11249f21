import type { EvidenceKind } from '../../core/evidence-kinds.ts'
import type { EvidenceFile, EvidenceFiles } from '../../ports/evidence-files.ts'
import { decodeChunks, UnreadableText } from '../text.ts'
import { unmet, type EvidenceDemands } from './demands.ts'
import { headLength, type Evidence, type EvidenceFormat, type Refusal } from './format.ts'
import { provenanceOf, type Provenance } from './provenance.ts'

/** A larger evidence file is refused. Bytes. */
const maxEvidenceSize = 256_000_000

/** What became of one file: `refused` beside `evidence` is bad news that is believed, and no good news. */
export type Read =
  | { evidence: Evidence; format: string; origin: Provenance; refused?: Refusal }
  | { refused: Refusal; format?: string; origin: Provenance; tool?: Evidence['tool'] }
  | { skipped: true }

/** How files of a kind are asked for. */
export interface Asked {
  /** Whether the user's own globs named the file. */
  named: boolean
  demands: EvidenceDemands
}

/** A refusal of a file as a whole. */
export const wholeFile = (code: string, reason: string): Refusal => ({ code, reason, line: 1, column: 1 })

const refusal = (origin: Provenance, code: string, reason: string): Read => ({
  refused: wholeFile(code, reason),
  origin,
})

class TooLarge extends Error {}

/** What carries the file failed, and not what is made of it. */
class Unreadable extends Error {}

const carrying = async function* (chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* chunks
  } catch (error) {
    throw new Unreadable(error instanceof Error ? error.message : String(error))
  }
}

/** @throws TooLarge, while it is read, for more than evidence may have, whatever the listing says */
const bounded = async function* (chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let size = 0
  for await (const chunk of chunks) {
    size += chunk.length
    if (size > maxEvidenceSize) throw new TooLarge()
    yield chunk
  }
}

/** The beginning of a text, and the whole of it from its beginning. */
const withHead = async (chunks: AsyncGenerator<string>): Promise<{ head: string; all: AsyncGenerator<string> }> => {
  let head = ''
  while (head.length < headLength) {
    const next = await chunks.next()
    if (next.done === true) break
    head += next.value
  }
  const all = async function* (): AsyncGenerator<string> {
    yield head
    yield* chunks
  }
  return { head: head.slice(0, headLength), all: all() }
}

const readChunks = async (
  file: EvidenceFile,
  chunks: AsyncGenerator<string>,
  kind: EvidenceKind,
  formats: readonly EvidenceFormat[],
  asked: Asked,
): Promise<Read> => {
  const origin = provenanceOf(file, {}, asked.demands)
  const { head, all } = await withHead(chunks)
  const looks = formats.map((format) => ({ format, likeness: format.recognise(head) }))
  const format = looks.find(({ format: { kind: own }, likeness }) => own === kind && likeness === 'this')?.format
  if (format === undefined) {
    const other = looks.find(({ likeness }) => likeness === 'this')?.format
    // Nobody said that this file is evidence of this kind: its name alone looked like it.
    const own = looks.filter((look) => look.format.kind === kind)
    if (!asked.named && (other !== undefined || own.every(({ likeness }) => likeness === 'other')))
      return { skipped: true }
    if (other !== undefined)
      return refusal(origin, 'kind', `is ${other.kind} evidence (${other.name}) and not ${kind} evidence`)
    return refusal(
      origin,
      'format',
      `is not of a format that is known: ${own.map(({ format: { name } }) => name).join(', ')}`,
    )
  }
  const parsed = await format.parse({ path: file.path, chunks: all })
  if ('refused' in parsed) return { ...parsed, format: format.name, origin }
  const known = provenanceOf(file, parsed, asked.demands)
  const refused = unmet(asked.demands, known, file)
  if (refused === undefined || refused.code === 'committed')
    return { evidence: parsed, format: format.name, origin: known, ...(refused === undefined ? {} : { refused }) }
  return {
    refused,
    format: format.name,
    origin: known,
    ...(parsed.tool === undefined ? {} : { tool: parsed.tool }),
  }
}

/** Reads one file. What cannot be read, and a bug in a format met at one file, is that file's refusal and not the end of the run. */
export const readOne = async (
  files: EvidenceFiles,
  file: EvidenceFile,
  ...how: [EvidenceKind, readonly EvidenceFormat[], Asked]
): Promise<Read> => {
  const refuse = (code: string, reason: string): Read => refusal(provenanceOf(file, {}, how[2].demands), code, reason)
  const tooLarge = refuse('too-large', `is larger than ${maxEvidenceSize / 1_000_000} MB`)
  if (file.size > maxEvidenceSize) return tooLarge
  const carried = carrying(files.open(file.path))
  const chunks = decodeChunks(bounded(carried))
  try {
    return await readChunks(file, chunks, ...how)
  } catch (error) {
    if (error instanceof TooLarge) return tooLarge
    if (error instanceof UnreadableText) return refuse(error.code, error.message)
    const said = error instanceof Error ? error.message : String(error)
    return error instanceof Unreadable
      ? refuse('unreadable', `cannot be read: ${said}`)
      : refuse('collector', `could not be judged: ${said}`)
  } finally {
    await chunks.return(undefined)
  }
}
