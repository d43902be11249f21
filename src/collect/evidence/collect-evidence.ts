import type { Unjudged } from '../../core/facts/fact-set.ts'
import type { Fact, FactKind } from '../../core/facts/index.ts'
import { globMatcher, type Matcher } from '../../core/globs.ts'
import type { Report } from '../../core/report.ts'
import { evidenceKinds, type EvidenceKind } from '../../core/evidence-kinds.ts'
import type { EvidenceFile, EvidenceFiles } from '../../ports/evidence-files.ts'
import type { ServicePaths } from './coverage/coverage-total.ts'
import { defaultEvidenceGlobs } from './default-globs.ts'
import type { EvidenceDemands } from './demands.ts'
import type { EvidenceFormat, Refusal } from './format.ts'
import { listedOf, provenanceFact, type Refused } from './listed.ts'
import { settle, type Reading } from './settle.ts'
import { readOne, wholeFile } from './read-one.ts'

/** Which files to read for each kind; a kind that is absent has the default globs. */
export type EvidenceGlobs = { [Kind in EvidenceKind]?: readonly string[] | undefined }

/** More files of one kind than any pipeline writes for one commit. */
const maxEvidenceFiles = 20_000

export interface CollectedEvidence {
  facts: Fact[]
  unjudged: Unjudged[]
  evidence: Report['evidence']
  /** What was found and does not count, or counts for its bad news alone, and why. */
  refused: Refused[]
  /** The kinds of fact that are known about even where there are none of them. */
  answers: Set<FactKind>
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
  /** Asked for once there is a file to read. */
  formats: () => Promise<readonly EvidenceFormat[]>
  /** Each gives the facts that remain: what two tools found alike is one. */
  folds: readonly ((facts: readonly Fact[]) => Fact[])[]
  /** Each gives the facts to add, in order. */
  summaries: readonly ((facts: readonly Fact[], about: { services?: readonly ServicePaths[] }) => Fact[])[]
}

type Refuse = (topic: EvidenceKind | 'evidence', path: string, refusal: Refusal, blocks?: boolean) => void

const refuser =
  (found: CollectedEvidence): Refuse =>
  (topic, path, { code, reason, line, column }, blocks = true) => {
    found.unjudged.push({ topic, place: { path, line, column }, code, reason, repairable: true, blocks })
    if (topic !== 'evidence') found.refused.push({ kind: topic, path, code, reason, line })
  }

// A path without wildcards is a promise: the file was there when somebody wrote the glob.
const isLiteral = (glob: string): boolean => !/[*?[\]{}()\\]/.test(glob)

/** What the globs name one by one and is not there: it would have counted, and nobody knows for what. */
const tellAbsent = (
  kind: EvidenceKind,
  globs: readonly string[],
  listed: ReadonlySet<string>,
  refuse: Refuse,
): void => {
  for (const path of globs.filter((glob) => isLiteral(glob) && !listed.has(glob))) {
    const refusal = wholeFile('absent', 'is named as evidence and is not there')
    refuse(kind, path, refusal)
    // Nor does anybody know where it would have come from.
    refuse('evidence', path, refusal)
  }
}

/** Archives that are not opened: they hold back the kinds that they seem to hold. */
const tellSealed = (kind: EvidenceKind, sealed: readonly EvidenceFile[], matches: Matcher, refuse: Refuse): void => {
  for (const { path, refused } of sealed)
    if (refused !== undefined && (refused.names?.some(matches) === true || matches(`${path}!/`)))
      refuse(kind, path, wholeFile(refused.code, refused.reason))
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
  const found: CollectedEvidence = { facts: [], unjudged: [], evidence: [], refused: [], answers: new Set() }
  const refuse = refuser(found)
  const all = [...(await files.list())].sort((a, b) => (a.path < b.path ? -1 : 1))
  const listed = all.filter(({ refused }) => refused === undefined)
  const sealed = all.filter(({ refused }) => refused !== undefined)
  const paths = new Set(all.map(({ path }) => path))
  const ignored = globMatcher(ignore)
  const provenance: Fact[] = []
  for (const kind of evidenceKinds) {
    const own = globs[kind]
    const named = own !== undefined
    const byGlob = globMatcher(own ?? defaultEvidenceGlobs[kind])
    const matches = (path: string): boolean => byGlob(path) && (named || !ignored(path))
    const matched = listed.filter(({ path }) => matches(path))
    const [beyond] = matched.splice(maxEvidenceFiles)
    if (beyond !== undefined)
      refuse(kind, beyond.path, wholeFile('too-many', `is one of more than ${maxEvidenceFiles} files and was not read`))
    tellAbsent(kind, own ?? [], paths, refuse)
    tellSealed(kind, sealed, matches, refuse)
    const readings: Reading[] = []
    for (const file of matched) {
      const read = await readOne(files, file, kind, await formats(), { named, demands })
      if (!('skipped' in read)) readings.push({ file, read })
    }
    for (const { file, read, refused, blocks, facts, counts } of settle(readings, named)) {
      if (refused !== undefined) refuse(kind, file.path, refused, blocks)
      provenance.push(provenanceFact(kind, file, read, demands))
      for (const fact of facts) found.facts.push(fact)
      if (!counts || !('evidence' in read)) continue
      for (const answer of read.evidence.answers) found.answers.add(answer)
      found.evidence.push(listedOf(kind, file, read))
    }
  }
  for (const fold of folds) found.facts = fold(found.facts)
  for (const summary of summaries) found.facts.push(...summary(found.facts, { services }))
  found.facts.push(...provenance)
  return found
}
