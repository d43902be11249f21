import type { Unjudged } from '../../core/facts/fact-set.ts'
import type { Fact, FactKind } from '../../core/facts/index.ts'
import { globMatcher } from '../../core/globs.ts'
import type { Report } from '../../core/report.ts'
import { evidenceKinds, type EvidenceKind } from '../../core/evidence-kinds.ts'
import type { EvidenceFile, EvidenceFiles } from '../../ports/evidence-files.ts'
import { decodeText, UnreadableText } from '../text.ts'
import { unmet, type EvidenceDemands } from './demands.ts'
import type { Evidence, EvidenceFormat, Refusal } from './format.ts'

/** Which files to read for each kind; a kind that is absent has the default globs. */
export type EvidenceGlobs = { [Kind in EvidenceKind]?: readonly string[] | undefined }

/** Where tools put their results when nobody tells them otherwise. The policy's `evidence` replaces a kind's list. */
export const defaultEvidenceGlobs: Record<EvidenceKind, readonly string[]> = {
  tests: [
    '**/junit*.xml',
    '**/*junit.xml',
    '**/TEST-*.xml',
    '**/test-results/**/*.xml',
    '**/test-reports/**/*.xml',
    '**/surefire-reports/*.xml',
  ],
  vulnerabilities: ['**/trivy*.json', '**/*trivy.json', '**/*-trivy-*.json'],
}

/** A larger evidence file is refused. Bytes. */
export const maxEvidenceSize = 64_000_000

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

const readText = async (files: EvidenceFiles, file: EvidenceFile): Promise<{ text: string } | { refused: Refusal }> => {
  const tooLarge = wholeFile('too-large', `is larger than ${maxEvidenceSize / 1_000_000} MB`)
  if (file.size > maxEvidenceSize) return tooLarge
  try {
    const bytes = await files.read(file.path)
    return bytes.length > maxEvidenceSize ? tooLarge : { text: decodeText(bytes) }
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error)
    if (error instanceof UnreadableText) return wholeFile(error.code, said)
    return wholeFile('unreadable', `cannot be read: ${said}`)
  }
}

/** Parses with a format. A bug in it, met at one file, is that file's refusal and not the end of the run. */
const parseWith = (format: EvidenceFormat, path: string, text: string): ReturnType<EvidenceFormat['parse']> => {
  try {
    return format.parse(path, text)
  } catch (error) {
    return wholeFile('collector', `could not be judged: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** What evidence there is to read, and which of it counts. */
export interface EvidenceQuery {
  globs: EvidenceGlobs
  /** Paths of other people's code and of test data; a glob of the user's own finds evidence there all the same. */
  ignore: readonly string[]
  demands: EvidenceDemands
}

type Read = { evidence: Evidence; format: string } | { refused: Refusal } | { skipped: true }

const readOne = async (
  files: EvidenceFiles,
  file: EvidenceFile,
  formats: readonly EvidenceFormat[],
  asked: { named: boolean; demands: EvidenceDemands },
): Promise<Read> => {
  const content = await readText(files, file)
  if ('refused' in content) return content
  const head = content.text.slice(0, 4096)
  const looks = formats.map((format) => ({ format, likeness: format.recognise(head) }))
  const format = looks.find(({ likeness }) => likeness === 'this')?.format
  if (format === undefined) {
    // Nobody said that this file is evidence: its name alone looked like it.
    if (!asked.named && looks.every(({ likeness }) => likeness === 'other')) return { skipped: true }
    return wholeFile('format', `is not of a format that is known: ${formats.map(({ name }) => name).join(', ')}`)
  }
  const parsed = parseWith(format, file.path, content.text)
  if ('refused' in parsed) return parsed
  const { createdAt, sha } = parsed
  // Where the file and its carrier disagree on the commit, neither is trusted more: both have to be the right one.
  const about = { createdAt: createdAt ?? file.createdAt, sha: sha ?? file.sha }
  const refused = unmet(asked.demands, about) ?? unmet(asked.demands, { createdAt: null, sha: file.sha })
  return refused === undefined ? { evidence: parsed, format: format.name } : { refused }
}

/**
 * Reads what the globs name, kind by kind. What is refused is unjudged, so that the rules of its kind are unknown.
 * Under the default globs a file that is plainly something else is passed over, and so is test data.
 */
export const collectEvidence = async (
  files: EvidenceFiles,
  formats: readonly EvidenceFormat[],
  summaries: readonly ((facts: readonly Fact[]) => Fact[])[],
  { globs, ignore, demands }: EvidenceQuery,
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
    const readers = formats.filter((format) => format.kind === kind)
    for (const file of matched) {
      const read = await readOne(files, file, readers, { named: own !== undefined, demands })
      if ('refused' in read) found.unjudged.push(unjudged(kind, file.path, read.refused))
      if (!('evidence' in read)) continue
      const { facts, answers, createdAt = file.createdAt, sha = file.sha } = read.evidence
      for (const fact of facts) found.facts.push(fact)
      for (const answer of answers) found.answers.add(answer)
      found.evidence.push({ kind, format: read.format, path: file.path, sha, createdAt })
    }
  }
  for (const summary of summaries) found.facts.push(...summary(found.facts))
  return found
}
