import type { Unjudged } from '../../core/facts/fact-set.ts'
import type { Fact, FactKind } from '../../core/facts/index.ts'
import { globMatcher } from '../../core/globs.ts'
import type { Report } from '../../core/report.ts'
import { evidenceKinds, type EvidenceKind } from '../../core/evidence-kinds.ts'
import type { EvidenceFile, EvidenceFiles } from '../../ports/evidence-files.ts'
import { decodeChunks, UnreadableText } from '../text.ts'
import type { ServicePaths } from './coverage/coverage-total.ts'
import { defaultEvidenceGlobs } from './default-globs.ts'
import { unmet, type EvidenceDemands } from './demands.ts'
import { headLength, type Evidence, type EvidenceFormat, type Refusal } from './format.ts'

/** Which files to read for each kind; a kind that is absent has the default globs. */
export type EvidenceGlobs = { [Kind in EvidenceKind]?: readonly string[] | undefined }

/** A larger evidence file is refused. Bytes. */
export const maxEvidenceSize = 256_000_000

/** More files of one kind than any pipeline writes for one commit. */
const maxEvidenceFiles = 20_000

export interface CollectedEvidence {
  facts: Fact[]
  unjudged: Unjudged[]
  evidence: Report['evidence']
  /** The kinds of fact that are known about even where there are none of them. */
  answers: Set<FactKind>
}

const unjudged = (kind: EvidenceKind, path: string, { code, reason, line, column }: Refusal): Unjudged => ({
  topic: kind,
  place: { path, line, column },
  code,
  reason,
  repairable: true,
  blocks: true,
})

const wholeFile = (code: string, reason: string): { refused: Refusal } => ({
  refused: { code, reason, line: 1, column: 1 },
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

/** What evidence there is to read, and which of it counts. */
export interface EvidenceQuery {
  globs: EvidenceGlobs
  /** Paths of other people's code and of test data; a glob of the user's own finds evidence there all the same. */
  ignore: readonly string[]
  demands: EvidenceDemands
  /** The services of the policy, for what is told of each of them. */
  services?: readonly ServicePaths[]
}

/** How evidence is read, and what is made of all of it together. */
export interface EvidenceLaw {
  formats: readonly EvidenceFormat[]
  /** Each gives the facts that remain: what two tools found alike is one. */
  folds: readonly ((facts: readonly Fact[]) => Fact[])[]
  /** Each gives the facts to add, in order. */
  summaries: readonly ((facts: readonly Fact[], about: { services?: readonly ServicePaths[] }) => Fact[])[]
}

type Read = { evidence: Evidence; format: string } | { refused: Refusal } | { skipped: true }

const readChunks = async (
  file: EvidenceFile,
  chunks: AsyncGenerator<string>,
  kind: EvidenceKind,
  formats: readonly EvidenceFormat[],
  asked: { named: boolean; demands: EvidenceDemands },
): Promise<Read> => {
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
      return wholeFile('kind', `is ${other.kind} evidence (${other.name}) and not ${kind} evidence`)
    return wholeFile(
      'format',
      `is not of a format that is known: ${own.map(({ format: { name } }) => name).join(', ')}`,
    )
  }
  const parsed = await format.parse({ path: file.path, chunks: all })
  if ('refused' in parsed) return parsed
  const { createdAt, sha } = parsed
  // Where the file and its carrier disagree on the commit, neither is trusted more: both have to be the right one.
  const about = { createdAt: createdAt ?? file.createdAt, sha: sha ?? file.sha }
  const refused = unmet(asked.demands, about) ?? unmet(asked.demands, { createdAt: null, sha: file.sha })
  return refused === undefined ? { evidence: parsed, format: format.name } : { refused }
}

/** Reads one file. What cannot be read, and a bug in a format met at one file, is that file's refusal and not the end of the run. */
const readOne = async (
  files: EvidenceFiles,
  file: EvidenceFile,
  ...how: [EvidenceKind, readonly EvidenceFormat[], { named: boolean; demands: EvidenceDemands }]
): Promise<Read> => {
  const tooLarge = wholeFile('too-large', `is larger than ${maxEvidenceSize / 1_000_000} MB`)
  if (file.size > maxEvidenceSize) return tooLarge
  const carried = carrying(files.open(file.path))
  const chunks = decodeChunks(bounded(carried))
  try {
    return await readChunks(file, chunks, ...how)
  } catch (error) {
    if (error instanceof TooLarge) return tooLarge
    if (error instanceof UnreadableText) return wholeFile(error.code, error.message)
    const said = error instanceof Error ? error.message : String(error)
    return error instanceof Unreadable
      ? wholeFile('unreadable', `cannot be read: ${said}`)
      : wholeFile('collector', `could not be judged: ${said}`)
  } finally {
    await chunks.return(undefined)
  }
}

/**
 * Reads what the globs name, kind by kind. What is refused is unjudged, so that the rules of its kind are unknown.
 * Under the default globs a file that is plainly something else is passed over, and so is test data.
 */
export const collectEvidence = async (
  files: EvidenceFiles,
  { formats, folds, summaries }: EvidenceLaw,
  { globs, ignore, demands, services = [] }: EvidenceQuery,
): Promise<CollectedEvidence> => {
  const found: CollectedEvidence = { facts: [], unjudged: [], evidence: [], answers: new Set() }
  const listed = [...(await files.list())].sort((a, b) => (a.path < b.path ? -1 : 1))
  const ignored = globMatcher(ignore)
  for (const kind of evidenceKinds) {
    const own = globs[kind]
    const matches = globMatcher(own ?? defaultEvidenceGlobs[kind])
    const matched = listed.filter(({ path }) => matches(path) && (own !== undefined || !ignored(path)))
    const [beyond] = matched.splice(maxEvidenceFiles)
    if (beyond !== undefined) {
      const { refused } = wholeFile('too-many', `is one of more than ${maxEvidenceFiles} files and was not read`)
      found.unjudged.push(unjudged(kind, beyond.path, refused))
    }
    for (const file of matched) {
      const read = await readOne(files, file, kind, formats, { named: own !== undefined, demands })
      if ('refused' in read) found.unjudged.push(unjudged(kind, file.path, read.refused))
      if (!('evidence' in read)) continue
      const { facts, answers, createdAt = file.createdAt, sha = file.sha } = read.evidence
      for (const fact of facts) found.facts.push(fact)
      for (const answer of answers) found.answers.add(answer)
      found.evidence.push({ kind, format: read.format, path: file.path, sha, createdAt })
    }
  }
  for (const fold of folds) found.facts = fold(found.facts)
  for (const summary of summaries) found.facts.push(...summary(found.facts, { services }))
  return found
}
