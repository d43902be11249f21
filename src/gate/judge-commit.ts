import { windowsOf } from '../core/policy-outline.ts'
import { validUntil } from '../core/valid-until.ts'
import type { JudgedFile, Judgement, JudgeQuestion } from '../ports/judge.ts'
import type { RepositoryRef } from '../ports/repository-ref.ts'
import { evidenceNotes } from './evidence-notes.ts'
import { readEvidence, type EvidenceState } from './evidence.ts'
import { NoVerdict, valueOf } from './forge-problem.ts'
import { policyPath } from './law-text.ts'
import type { Standing } from './standing.ts'
import { askedOf, keepBase, keepVerdict, keptBase, keptVerdict, soakedAt, type Asked, type Verdict } from './verdict.ts'
import type { GateWorld } from './world.ts'

/** A larger file is judged by nobody; `collect` refuses it by its size. Bytes. */
const maxJudged = 8_000_000

const filesOf = async (world: GateWorld, ref: RepositoryRef, sha: string): Promise<JudgedFile[]> => {
  const workspace = valueOf(await world.app.of(ref).commits.workspace(sha), `the files of ${sha.slice(0, 12)}`)
  const listed = await workspace.list()
  const files: JudgedFile[] = []
  for (const file of listed) {
    const readable = (file.mode === 'file' || file.mode === 'executable') && file.size <= maxJudged
    // oxlint-disable-next-line no-await-in-loop -- they are in memory or on the disk already
    files.push(readable ? { ...file, bytes: await workspace.read(file.path) } : { ...file })
  }
  return files
}

const textOf = (bytes: Uint8Array | undefined): string | undefined =>
  bytes === undefined ? undefined : new TextDecoder().decode(bytes)

/** Says where a change edits the law that it is judged by. A branch that lags behind edits nothing. */
const lawNotes = async (
  world: GateWorld,
  { ref, law, left, trust }: Standing,
  files: readonly JudgedFile[],
): Promise<string[]> => {
  if (trust === 'all') return []
  const text = textOf(files.find(({ path }) => path === policyPath)?.bytes)
  const standing = law.own && law.policy !== undefined && 'text' in law.policy ? law.policy.text : undefined
  if (text === standing) return []
  const before = left === undefined ? undefined : await world.app.of(ref).files.read(left, policyPath)
  if (before?.ok === true && textOf(before.value) === text) return []
  return [
    `${policyPath} of this commit differs from the one that it is judged by: a change of the policy counts once it is merged.`,
  ]
}

const question = async (
  world: GateWorld,
  standing: Standing,
  evidence: EvidenceState,
  asked: readonly Asked[],
  now: Date,
): Promise<JudgeQuestion> => {
  const { ref, sha, law, mergeBase, trust } = standing
  const bases = await Promise.all(asked.map(({ name }) => keptBase(world, standing, name, now)))
  const needsBase = mergeBase !== undefined && bases.includes(undefined)
  const files = await filesOf(world, ref, sha)
  return {
    files,
    archives: await readEvidence(world, ref, sha, evidence.proofs),
    policy: law.policy,
    customRules: law.customRules,
    history: law.history,
    environments: asked.map((one, index) => {
      const base = bases[index]
      return base === undefined ? one : { ...one, base }
    }),
    base: !needsBase ? undefined : mergeBase === sha ? files : await filesOf(world, ref, mergeBase),
    trustIgnores: trust,
    now,
    subject: { repository: `${ref.owner}/${ref.name}`, sha, directory: '.' },
  }
}

const unanswered = (environment: string): never => {
  throw new NoVerdict(`judging said nothing of ${environment}`)
}

/** The verdicts on one commit that were kept and still hold, in the order of the environments; nothing is judged. */
export const keptVerdicts = async (
  world: GateWorld,
  standing: Standing,
  evidence: EvidenceState,
  environments: readonly string[],
): Promise<(Verdict | undefined)[]> => {
  const now = world.clock.now()
  const asked = await Promise.all(environments.map((name) => askedOf(world, standing, name)))
  return await Promise.all(asked.map((one) => keptVerdict(world, standing, evidence, one, now)))
}

/**
 * The verdicts on one commit for some environments: those that were kept and still hold, and the rest judged together.
 * @param environments names as they are asked, which the policy may know by a pattern or not at all
 * @param judging called before anything is judged, which takes seconds
 * @throws where there is no verdict
 */
export const judgeCommit = async (
  world: GateWorld,
  standing: Standing,
  evidence: EvidenceState,
  environments: readonly string[],
  signal: AbortSignal,
  judging: () => Promise<void> = () => Promise.resolve(),
): Promise<Verdict[]> => {
  const now = world.clock.now()
  const asked = await Promise.all(environments.map((name) => askedOf(world, standing, name)))
  const kept = await Promise.all(asked.map((one) => keptVerdict(world, standing, evidence, one, now)))
  const open = asked.filter((_, index) => kept[index] === undefined)
  for (const verdict of kept) if (verdict !== undefined) world.metrics.verdict(verdict.report.decision, 'kept')
  if (open.length === 0) return kept.filter((verdict) => verdict !== undefined)
  await judging()
  const put: { question?: JudgeQuestion } = {}
  const ask = async (): Promise<JudgeQuestion> => (put.question = await question(world, standing, evidence, open, now))
  let judged: readonly Judgement[]
  try {
    judged = await world.judge.judge(ask, signal)
  } catch (error) {
    // The files could not be had, and nothing was judged.
    if (put.question === undefined) throw error
    for (const _ of open) world.metrics.verdict('failed', 'judged')
    throw new NoVerdict(error instanceof Error ? error.message : String(error), { cause: error })
  }
  const { files } = put.question ?? unanswered('the commit')
  const notes = [
    ...standing.notes,
    ...(await lawNotes(world, standing, files)),
    ...(await evidenceNotes(world, standing, evidence, files)),
  ]
  const fresh = new Map<string, Verdict>()
  for (const one of open) {
    const { report, awaitsEvidence, base } =
      judged.find(({ environment }) => environment === one.name) ?? unanswered(one.name)
    const { outline } = standing.law
    const windows = outline === undefined ? [] : windowsOf(outline, one.name)
    const limits = outline ?? { waiversEnd: [], evidenceMaxAge: undefined }
    const soaked = soakedAt(standing, one, now)
    const until = validUntil(report, { ...limits, soaked }, windows, now).toISOString()
    const verdict = {
      environment: one.name,
      report,
      awaitsEvidence,
      validUntil: until,
      notes,
      ...(soaked === undefined ? {} : { soaked: soaked.toISOString() }),
      ...(one.soak !== undefined && 'unknown' in one.soak ? { soakUnknown: true } : {}),
    }
    world.metrics.verdict(report.decision, 'judged')
    // oxlint-disable-next-line no-await-in-loop -- few
    if (base !== undefined) await keepBase(world, standing, one.name, now, base)
    // oxlint-disable-next-line no-await-in-loop -- few
    fresh.set(one.name, await keepVerdict(world, standing, evidence, one, now, verdict))
  }
  return asked.map(({ name }, index) => kept[index] ?? fresh.get(name) ?? unanswered(name))
}
