import { digestOf } from '../core/fingerprint.ts'
import type { JudgedArchive } from '../ports/judge.ts'
import type { RepositoryRef } from '../ports/repository-ref.ts'
import type { Artifact, WorkflowRun } from '../ports/workflow-runs.ts'
import { isPassing, ForgeProblem, valueOf } from './forge-problem.ts'
import type { Law } from './law.ts'
import type { GateWorld } from './world.ts'

/** A larger artifact is refused, and all of them together. Bytes of the zips. */
const maxArtifact = 64_000_000
const maxArtifacts = 256_000_000

/** More archives than the pipelines of one commit leave for a gate. */
const maxCount = 100

/** So many runs are asked for their artifacts at once: a commit of a large repository has dozens. */
const together = 10

/** One artifact that counts for a commit. */
export interface Proof extends Artifact {
  workflow: string
  run: number
}

/** What ran on a commit and what it left behind, without the bytes. */
export interface EvidenceState {
  proofs: readonly Proof[]
  /** Workflows whose runs of this commit have not come to their end. */
  going: readonly string[]
  /** Changes with the artifacts that count. */
  digest: string
}

/** A run that waits at a gate has done the jobs before it; their artifacts are there. */
const hasLeft = new Set(['completed', 'waiting'])
const isGoing = new Set(['queued', 'in_progress', 'pending', 'requested'])

const counts = ({ workflow, sameRepository, sha }: WorkflowRun, law: Law, commit: string): boolean =>
  sameRepository && sha === commit && (law.outline?.workflows?.includes(workflow) ?? true)

/** A run that was started again lists the artifacts of each attempt: of one name the newest counts, as for whoever downloads it. */
const newestOf = (artifacts: readonly Artifact[]): Artifact[] => [
  ...new Map(artifacts.toSorted((a, b) => a.id - b.id).map((artifact) => [artifact.name, artifact])).values(),
]

/** Looks for the evidence of a commit: of the workflows that the policy names, never of a fork's runs. */
export const lookForEvidence = async (
  world: GateWorld,
  ref: RepositoryRef,
  sha: string,
  law: Law,
): Promise<EvidenceState> => {
  const { runs } = world.app.of(ref)
  const all = valueOf(await runs.ofCommit(sha), 'the workflow runs of the commit')
  const own = all.filter((run) => counts(run, law, sha))
  const left = own.filter(({ status }) => hasLeft.has(status)).sort((a, b) => a.id - b.id)
  const proofs: Proof[] = []
  for (let from = 0; from < left.length; from += together) {
    const some = left.slice(from, from + together).map(async ({ id, workflow }) => {
      const artifacts = valueOf(await runs.artifacts(id), 'the artifacts of a run')
      return newestOf(artifacts)
        .filter(({ expired }) => !expired)
        .map((one) => ({ ...one, workflow, run: id }))
    })
    // oxlint-disable-next-line no-await-in-loop -- GitHub limits how many questions are open at once
    proofs.push(...(await Promise.all(some)).flat())
  }
  const identity = proofs.map(({ id, size }) => [id, size]).sort(([a = 0], [b = 0]) => a - b)
  return {
    proofs,
    going: [...new Set(own.filter(({ status }) => isGoing.has(status)).map(({ workflow }) => workflow))].sort(),
    digest: digestOf(JSON.stringify(identity)),
  }
}

/** What is known of a commit that nothing can have run on yet. */
export const noEvidence: EvidenceState = { proofs: [], going: [], digest: digestOf('[]') }

const download = async (
  world: GateWorld,
  ref: RepositoryRef,
  proof: Proof,
  room: number,
): Promise<JudgedArchive['content']> => {
  if (proof.size > maxArtifact) return { unreadable: `is larger than ${maxArtifact / 1_000_000} MB` }
  if (proof.size > room) return { unreadable: `all artifacts are larger than ${maxArtifacts / 1_000_000} MB` }
  const opened = await world.app.of(ref).runs.download(proof)
  if (!opened.ok) {
    if (isPassing(opened.problem)) throw new ForgeProblem(opened.problem, `the artifact ${proof.name}`)
    return { unreadable: `cannot be downloaded: ${opened.problem.message}` }
  }
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of opened.value) {
    size += part.length
    if (size > Math.min(maxArtifact, room)) return { unreadable: 'is larger than it was said to be' }
    parts.push(part)
  }
  const bytes = new Uint8Array(size)
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return { bytes }
}

/** Downloads the evidence, within bounds. What does not fit is there by name and refused, so that nothing rests on its absence. */
export const readEvidence = async (
  world: GateWorld,
  ref: RepositoryRef,
  sha: string,
  proofs: readonly Proof[],
): Promise<JudgedArchive[]> => {
  const archives: JudgedArchive[] = []
  let room = maxArtifacts
  for (const [index, proof] of proofs.entries()) {
    const content: JudgedArchive['content'] =
      index >= maxCount
        ? { unreadable: `there are more than ${maxCount} artifacts` }
        : // oxlint-disable-next-line no-await-in-loop -- the bound is on all of them together
          await download(world, ref, proof, room)
    if ('bytes' in content) room -= content.bytes.length
    archives.push({ name: `${proof.run}-${proof.name}.zip`, sha, createdAt: proof.createdAt, content })
  }
  return archives
}
