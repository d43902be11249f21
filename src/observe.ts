import { collect } from './collect/collect.ts'
import type { JudgedEnvironment } from './collect/collector.ts'
import { withArchives } from './collect/evidence/archive/with-archives.ts'
import { collectEvidence, type EvidenceGlobs } from './collect/evidence/collect-evidence.ts'
import type { ServicePaths } from './collect/evidence/coverage/coverage-total.ts'
import type { EvidenceDemands } from './collect/evidence/demands.ts'
import { evidenceLaw } from './collect/evidence/index.ts'
import { collectors } from './collect/index.ts'
import { FactSet } from './core/facts/fact-set.ts'
import type { FactKind } from './core/facts/index.ts'
import { globMatcher } from './core/globs.ts'
import type { InlineIgnore } from './core/inline-ignores.ts'
import type { Values } from './core/history.ts'
import type { Meter } from './core/meter.ts'
import { valuesOf, withPrevious } from './core/previous-values.ts'
import type { Report } from './core/report.ts'
import type { EvidenceFiles } from './ports/evidence-files.ts'
import type { ManifestRenderer } from './ports/renderer.ts'
import type { Workspace, WorkspaceFile } from './ports/workspace.ts'

/** What there is to see: the repository's facts, the evidence's, and how much was looked at. */
export interface Observation {
  facts: FactSet
  evidence: Report['evidence']
  refused: NonNullable<Report['refused']>
  /** The kinds of fact that the evidence answers for even where it has none of them. */
  answers: ReadonlySet<FactKind>
  files: Report['files']
  /** The files that were not ignored. */
  listed: readonly WorkspaceFile[]
  /** The numbers that a history keeps. */
  values: Values
  ignores: readonly InlineIgnore[]
}

/** Reads the repository and the evidence with every collector. Judges nothing. */
export const observe = async (input: {
  workspace: Workspace
  evidenceFiles: EvidenceFiles
  ignore: readonly string[]
  evidenceGlobs: EvidenceGlobs
  /** Where archives with evidence are; undefined for the usual places. */
  archiveGlobs?: readonly string[] | undefined
  demands?: EvidenceDemands
  /** The values of the last deployment that passed, where a history is kept. */
  history?: { previous: Values | undefined } | undefined
  services?: readonly ServicePaths[]
  meter?: Meter
  renderer?: ManifestRenderer | undefined
  environment?: JudgedEnvironment | undefined
  /** `owner/name` as the forge writes it. */
  repository?: string | undefined
}): Promise<Observation> => {
  const listed = [...(await input.workspace.list())].sort((a, b) => (a.path < b.path ? -1 : 1))
  const ignored = globMatcher(input.ignore)
  const files = listed.filter(({ path }) => !ignored(path))
  const found = await collect(input.workspace, files, collectors, {
    all: listed,
    meter: input.meter,
    renderer: input.renderer,
    environment: input.environment,
    repository: input.repository,
  })
  const evidenceFiles = withArchives(input.evidenceFiles, input.archiveGlobs, input.ignore)
  const proof = await collectEvidence(evidenceFiles, evidenceLaw, {
    globs: input.evidenceGlobs,
    ignore: input.ignore,
    demands: input.demands ?? {},
    services: input.services ?? [],
  })
  const unjudged = [...found.unjudged, ...proof.unjudged]
  const facts = [
    ...found.facts,
    ...(input.history === undefined ? proof.facts : withPrevious(proof.facts, input.history.previous)),
    // Evidence that does not count leaves its own rules unknown; whoever takes it away shall not be better off.
    ...found.unjudged.map(({ topic, place, code, reason, repairable }) => ({
      kind: 'repository.unjudged-file' as const,
      subject: `file ${place.path}`,
      place,
      value: { topic, code, reason, repairable },
    })),
    ...found.brokenIgnores.map(({ path, line, reason }) => ({
      kind: 'repository.broken-ignore' as const,
      subject: `comment ${path}:${line}`,
      place: { path, line, column: 1 },
      value: { reason },
    })),
  ]
  return {
    facts: new FactSet(facts, unjudged),
    evidence: proof.evidence,
    refused: proof.refused,
    values: valuesOf(proof.facts),
    answers: proof.answers,
    listed: files,
    files: {
      found: listed.length,
      ignored: listed.length - files.length,
      judged: found.judged + proof.evidence.length,
    },
    ignores: found.ignores,
  }
}
