import type { JudgedFile } from '../ports/judge.ts'
import type { EvidenceState } from './evidence.ts'
import type { Standing } from './standing.ts'
import type { GateWorld } from './world.ts'

/** More workflows than leave evidence of one commit. */
const most = 10

const textOf = (bytes: Uint8Array | undefined): string | undefined =>
  bytes === undefined ? undefined : new TextDecoder().decode(bytes)

const isEdited = async (
  world: GateWorld,
  { ref, left }: Standing,
  files: readonly JudgedFile[],
  workflow: string,
): Promise<boolean> => {
  if (left === undefined) return false
  const before = await world.app.of(ref).files.read(left, workflow)
  return before.ok && textOf(before.value) !== textOf(files.find(({ path }) => path === workflow)?.bytes)
}

/** Says how far the evidence of a commit can be trusted: who made it, and whether the change had a hand in that. */
export const evidenceNotes = async (
  world: GateWorld,
  standing: Standing,
  { proofs }: EvidenceState,
  files: readonly JudgedFile[],
): Promise<string[]> => {
  if (proofs.length === 0) return []
  const notes =
    standing.law.outline?.workflows === undefined
      ? ['The policy names no workflows (evidence.workflows): what any run of this commit left counts as evidence.']
      : []
  if (standing.trust === 'all') return notes
  for (const workflow of [...new Set(proofs.map((proof) => proof.workflow))].sort().slice(0, most))
    // oxlint-disable-next-line no-await-in-loop -- few
    if (await isEdited(world, standing, files, workflow))
      notes.push(
        `${workflow} is edited by this commit: the evidence of its runs is the word of the change itself. Read what it edits.`,
      )
  return notes
}
