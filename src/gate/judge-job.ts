import type { JobContext, Jobs } from '../ports/queue.ts'
import type { RepositoryRef } from '../ports/repository-ref.ts'
import { usualEnvironment } from '../core/default-environment.ts'
import { askGate, askJudge } from './ask-judge.ts'
import { lookForEvidence, noEvidence, type EvidenceState } from './evidence.ts'
import { reasonOf, retryTime } from './forge-problem.ts'
import { judgeCommit } from './judge-commit.ts'
import { headsAt, judgedAs, type Head } from './known-commits.ts'
import { announceCheck, publishCheck, publishFailure, reopenCheck } from './publish-check.ts'
import { publishComment } from './publish-comment.ts'
import { judgeWhenSoaked } from './soak/waiting.ts'
import { begin, finish, isUnfinished } from './unfinished.ts'
import { asChange, asWhole, type Standing } from './standing.ts'
import { takeTurn } from './turn.ts'
import type { Verdict } from './verdict.ts'
import { worstOf } from './worst-verdict.ts'
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
  if (why === 'new' && !(await leftEvidence(world, ref, sha))) return noEvidence
  const found = await lookForEvidence(world, ref, sha, law)
  if (found.proofs.length > 0) await world.store.memory.put('has-evidence', `${ref.id}/${sha}`, true)
  return found
}

const leftEvidence = async (world: GateWorld, { id }: RepositoryRef, sha: string): Promise<boolean> =>
  (await world.store.memory.get('has-evidence', `${id}/${sha}`)) !== undefined

/** One way in which a commit is judged, and what came of it. */
interface Judged {
  standing: Standing
  heads: readonly Head[]
  verdicts: readonly Verdict[]
}

const tell = async (
  world: GateWorld,
  ref: RepositoryRef,
  sha: string,
  judged: readonly Judged[],
  now: readonly Head[],
): Promise<void> => {
  const blobUrl = blobUrlOf(world, ref, sha)
  for (const verdict of worstOf(judged.map(({ verdicts }) => verdicts)))
    // oxlint-disable-next-line no-await-in-loop -- GitHub asks for writes to come one after the other
    await publishCheck(world, ref, sha, verdict, blobUrl)
  for (const { standing, heads, verdicts } of judged)
    for (const { number, base } of heads)
      // The head may have moved while it was judged, or its base: its own verdict is on the way.
      if (now.some((head) => head.number === number && head.base === base))
        // oxlint-disable-next-line no-await-in-loop -- as above
        await publishComment(world, standing, number, verdicts, blobUrl)
}

const standingsOf = async (world: GateWorld, ref: RepositoryRef, sha: string): Promise<Omit<Judged, 'verdicts'>[]> => {
  const known = await headsAt(world, ref, sha)
  const standings: Omit<Judged, 'verdicts'>[] = []
  for (const base of judgedAs(known)) {
    // oxlint-disable-next-line no-await-in-loop -- nearly always one
    const standing = base === undefined ? await asWhole(world, ref, sha) : await asChange(world, ref, sha, base)
    standings.push({ standing, heads: known.heads.filter((head) => head.base === base) })
  }
  return standings
}

const judgeAndTell = async (
  world: GateWorld,
  { ref, sha, why }: { ref: RepositoryRef; sha: string; why: Jobs['judge']['why'] },
  context: JobContext,
): Promise<void> => {
  const turn = await takeTurn(world, ref, sha)
  const shown = new Set<string>()
  const announce = async (environments: readonly string[]): Promise<void> => {
    await begin(world, ref, sha)
    // oxlint-disable-next-line no-await-in-loop -- GitHub asks for writes to come one after the other
    for (const name of environments) await announceCheck(world, ref, sha, name)
  }
  try {
    const judged: Judged[] = []
    for (const { standing, heads } of await standingsOf(world, ref, sha)) {
      const environments = environmentsOf(standing)
      for (const name of environments) {
        // oxlint-disable-next-line no-await-in-loop -- few
        if (why === 'rerequested' && !shown.has(name)) await reopenCheck(world, ref, sha, name)
        shown.add(name)
      }
      // oxlint-disable-next-line no-await-in-loop -- nearly always one
      const evidence = await evidenceFor(world, standing, why)
      // oxlint-disable-next-line no-await-in-loop -- as above
      const verdicts = await judgeCommit(world, standing, evidence, environments, context.signal, () =>
        announce(environments),
      )
      judged.push({ standing, heads, verdicts })
      // Evidence that came while nobody looked for it.
      // oxlint-disable-next-line no-await-in-loop -- as above
      if (evidence === noEvidence && (await leftEvidence(world, ref, sha))) await askJudge(world, ref, sha, 'evidence')
    }
    if (!(await turn.isMine())) return
    const { heads } = await headsAt(world, ref, sha)
    await tell(world, ref, sha, judged, heads)
    await judgeWhenSoaked(
      world,
      ref,
      sha,
      judged.flatMap(({ verdicts }) => verdicts),
    )
    await finish(world, ref, sha)
  } catch (error) {
    if (context.last && retryTime(error) === undefined && (await turn.isMine())) {
      // oxlint-disable-next-line no-await-in-loop -- as above
      for (const name of shown) await publishFailure(world, ref, sha, name, reasonOf(error))
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
  // It was queued for a pull request whose head has moved, or which is closed.
  if (why === 'law' && (await headsAt(world, ref, sha)).heads.length === 0) return
  await judgeAndTell(world, { ref, sha, why }, context)
  for (const gate of await world.store.gates.unanswered({ repository: ref.id, sha }))
    // oxlint-disable-next-line no-await-in-loop -- few
    await askGate(world, gate.id)
}
