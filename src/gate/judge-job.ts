import type { JobContext, Jobs } from '../ports/queue.ts'
import type { RepositoryRef } from '../ports/repository-ref.ts'
import { usualEnvironment } from '../core/default-environment.ts'
import { askGate } from './ask-judge.ts'
import { lookForEvidence, noEvidence, type EvidenceState } from './evidence.ts'
import { retryTime } from './forge-problem.ts'
import { judgeCommit } from './judge-commit.ts'
import { changeTo, headsAt, type Head } from './known-commits.ts'
import { announceCheck, publishCheck, publishFailure, reopenCheck } from './publish-check.ts'
import { publishComment } from './publish-comment.ts'
import { begin, finish, isUnfinished } from './unfinished.ts'
import { asChange, asWhole, type Standing } from './standing.ts'
import type { Verdict } from './verdict.ts'
import type { GateWorld } from './world.ts'

/** The environments that a commit is told its verdict for. */
export const environmentsOf = ({ law }: Standing): string[] => {
  const names = Object.keys(law.outline?.environments ?? {})
  return names.length === 0 ? [usualEnvironment] : names
}

/** Where the files of a commit are shown. */
const blobUrlOf = ({ webUrl }: GateWorld, { owner, name }: RepositoryRef, sha: string): string =>
  `${webUrl}/${owner}/${name}/blob/${sha}`

const evidenceFor = async (
  world: GateWorld,
  { ref, sha, law }: Standing,
  why: Jobs['judge']['why'],
): Promise<EvidenceState> => {
  const key = `${ref.id}/${sha}`
  if (why === 'new' && (await world.store.memory.get('has-evidence', key)) === undefined) return noEvidence
  const found = await lookForEvidence(world, ref, sha, law)
  if (found.proofs.length > 0) await world.store.memory.put('has-evidence', key, true)
  return found
}

const tell = async (
  world: GateWorld,
  standing: Standing,
  verdicts: readonly Verdict[],
  checks: boolean,
  heads: readonly Head[],
): Promise<void> => {
  const { ref, sha } = standing
  const blobUrl = blobUrlOf(world, ref, sha)
  // oxlint-disable-next-line no-await-in-loop -- GitHub asks for writes to come one after the other
  if (checks) for (const verdict of verdicts) await publishCheck(world, ref, sha, verdict, blobUrl)
  // oxlint-disable-next-line no-await-in-loop -- as above
  for (const { number } of heads) await publishComment(world, standing, number, verdicts, blobUrl)
}

const judgeAs = async (
  world: GateWorld,
  standing: Standing,
  why: Jobs['judge']['why'],
  context: JobContext,
  { checks, heads }: { checks: boolean; heads: readonly Head[] },
): Promise<void> => {
  const { ref, sha } = standing
  const environments = environmentsOf(standing)
  const announce = async (): Promise<void> => {
    if (!checks) return
    await begin(world, ref, sha)
    // oxlint-disable-next-line no-await-in-loop -- GitHub asks for writes to come one after the other
    for (const name of environments) await announceCheck(world, ref, sha, name)
  }
  try {
    // oxlint-disable-next-line no-await-in-loop -- few
    if (checks && why === 'rerequested') for (const name of environments) await reopenCheck(world, ref, sha, name)
    const evidence = await evidenceFor(world, standing, why)
    const verdicts = await judgeCommit(world, standing, evidence, environments, context.signal, announce)
    // The head may have moved while it was judged: its own verdict is on the way.
    const now = heads.length === 0 ? [] : (await headsAt(world, ref, sha)).heads
    const still = heads.filter(({ number }) => now.some((head) => head.number === number))
    await tell(world, standing, verdicts, checks, still)
    if (checks) await finish(world, ref, sha)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    if (context.last && retryTime(error) === undefined && checks) {
      // oxlint-disable-next-line no-await-in-loop -- as above
      for (const name of environments) await publishFailure(world, ref, sha, name, reason)
      await finish(world, ref, sha)
    }
    throw error
  }
}

const refOf = ({ repository, installation, owner, name }: Jobs['judge']): RepositoryRef => ({
  id: repository,
  installation,
  owner,
  name,
})

/**
 * Judges a commit and tells the verdict: its check runs, the comments of the pull requests whose head it is, and the gates
 * that wait for it.
 * @throws where it could not be judged or told; what was done is not done again
 */
export const judgeJob = async (world: GateWorld, job: Jobs['judge'], context: JobContext): Promise<void> => {
  const ref = refOf(job)
  const { sha, why } = job
  if (why === 'unfinished' && !(await isUnfinished(world, ref, sha))) return
  const known = await headsAt(world, ref, sha)
  const { heads } = known
  const bases = changeTo(known)
  if (bases.length === 0)
    await judgeAs(world, await asWhole(world, ref, sha), why, context, { checks: true, heads: [] })
  for (const [index, base] of bases.entries()) {
    // oxlint-disable-next-line no-await-in-loop -- nearly always one
    const standing = await asChange(world, ref, sha, base)
    const own = heads.filter((head) => head.base === base)
    // oxlint-disable-next-line no-await-in-loop -- as above
    await judgeAs(world, standing, why, context, { checks: index === 0, heads: own })
  }
  for (const gate of await world.store.gates.unanswered({ repository: ref.id, sha }))
    // oxlint-disable-next-line no-await-in-loop -- few
    await askGate(world, gate.id)
}
