import type { Unjudged } from '../../core/facts/fact-set.ts'
import type { Fact } from '../../core/facts/index.ts'
import { globMatcher } from '../../core/globs.ts'
import type { Report } from '../../core/report.ts'
import { evidenceKinds, type EvidenceKind } from '../../core/rule-file.ts'
import type { EvidenceFile, EvidenceFiles } from '../../ports/evidence-files.ts'
import { decodeText, UnreadableText } from '../text.ts'
import type { EvidenceFormat } from './format.ts'

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
const maxEvidenceSize = 64_000_000

export interface CollectedEvidence {
  facts: Fact[]
  unjudged: Unjudged[]
  evidence: Report['evidence']
}

const refusal = (kind: EvidenceKind, path: string, code: string, reason: string, line = 1, column = 1): Unjudged => ({
  topic: kind,
  place: { path, line, column },
  code,
  reason,
  repairable: true,
})

const readOne = async (
  files: EvidenceFiles,
  file: EvidenceFile,
  kind: EvidenceKind,
  formats: readonly EvidenceFormat[],
  found: CollectedEvidence,
): Promise<void> => {
  let text: string
  try {
    if (file.size > maxEvidenceSize)
      throw new UnreadableText('too-large', `is larger than ${maxEvidenceSize / 1_000_000} MB`)
    text = decodeText(await files.read(file.path))
  } catch (error) {
    const code = error instanceof UnreadableText ? error.code : 'unreadable'
    found.unjudged.push(refusal(kind, file.path, code, error instanceof Error ? error.message : 'cannot be read'))
    return
  }
  const head = text.slice(0, 4096)
  const format = formats.find((candidate) => candidate.kind === kind && candidate.recognises(head))
  if (format === undefined) {
    found.unjudged.push(refusal(kind, file.path, 'format', `is not a format of ${kind} that is known`))
    return
  }
  const parsed = format.parse(file.path, text)
  if ('refused' in parsed) {
    const { code, reason, line, column } = parsed.refused
    found.unjudged.push(refusal(kind, file.path, code, reason, line, column))
    return
  }
  found.facts.push(...parsed.facts)
  found.evidence.push({ kind, format: format.name, path: file.path, sha: file.sha, createdAt: file.createdAt })
}

/** Reads what the globs name, kind by kind. What is refused is unjudged, so that the rules of its kind are unknown. */
export const collectEvidence = async (
  files: EvidenceFiles,
  globs: EvidenceGlobs,
  formats: readonly EvidenceFormat[],
): Promise<CollectedEvidence> => {
  const found: CollectedEvidence = { facts: [], unjudged: [], evidence: [] }
  const listed = [...(await files.list())].sort((a, b) => (a.path < b.path ? -1 : 1))
  for (const kind of evidenceKinds) {
    const matches = globMatcher(globs[kind] ?? defaultEvidenceGlobs[kind])
    for (const file of listed) if (matches(file.path)) await readOne(files, file, kind, formats, found)
  }
  return found
}
