import { durationMs } from '../core/policy-file.ts'
import { environmentKey, soakOf, windowsOf } from '../core/policy-outline.ts'
import { nextChange } from '../core/windows.ts'
import type { JobContext } from '../ports/queue.ts'
import type { Gate } from '../ports/store.ts'
import { answerGate, deliverAnswer } from './answer-gate.ts'
import { askGate } from './ask-judge.ts'
import { checkOf, decideGate, decideLate, first, type GateDecision } from './decision.ts'
import { lookForEvidence, type EvidenceState } from './evidence.ts'
import { reasonOf, retryTime } from './forge-problem.ts'
import { deadlineOf } from './gate-deadline.ts'
import { judgeCommit } from './judge-commit.ts'
import type { Law } from './law.ts'
import { asWhole } from './standing.ts'
import type { Verdict } from './verdict.ts'
import type { GateWorld } from './world.ts'

/** GitHub takes ten reports; one is never spent. */
const reportBudget = 9

/** Windows are looked for this far ahead: each opens once a week. Milliseconds. */
const week = 8 * 86_400_000

/** A gate that could not be judged is looked at again at the latest. Milliseconds. */
const lookAgain = 60_000

/** An event that says that evidence is there may be lost. Milliseconds. */
const lookForEvidenceAgain = 300_000

/** An event that says what became of a deployment elsewhere may be lost, and of one that is replaced there is none. Milliseconds. */
const lookForSoakAgain = 1_800_000

/** What a gate is decided by, as far as it could be had. */
interface Known {
  law?: Law
  evidence?: EvidenceState
  verdict?: Verdict
}

/** Fills `known` step by step, so that what is known remains where a later step fails. */
const learn = async (world: GateWorld, gate: Gate, known: Known, signal: AbortSignal): Promise<void> => {
  const { ref, sha, environment } = gate
  const standing = await asWhole(world, ref, sha)
  known.law = standing.law
  known.evidence = await lookForEvidence(world, ref, sha, standing.law)
  const [verdict] = await judgeCommit(world, standing, known.evidence, [environment], signal)
  if (verdict === undefined) throw new Error('judging gave no verdict')
  known.verdict = verdict
}

const awaitsSoak = ({ verdict }: Known): boolean =>
  verdict?.report.reasons.some(({ code }) => code === 'soak-unproven') === true

/** When a soak that is not met can be met at the soonest: of what nobody knows, at any time. */
const soakSoonest = (known: Known, environment: string, now: Date): Date | undefined => {
  const { law, verdict } = known
  const soak = soakOf(law?.outline, environment)
  if (soak === undefined || verdict === undefined || !awaitsSoak(known)) return undefined
  if (verdict.soaked !== undefined) return new Date(verdict.soaked)
  return verdict.soakUnknown === true ? undefined : new Date(now.getTime() + durationMs(soak.for))
}

/** The policy's, where it could be read; else the one that was known before. */
const deadlineFor = ({ deadline, requestedAt, environment }: Gate, law: Law | undefined): Date =>
  law === undefined && deadline !== null ? deadline : deadlineOf(requestedAt, environment, law)

const decide = (world: GateWorld, gate: Gate, known: Known, problem: Error | undefined): GateDecision => {
  const { law, evidence, verdict } = known
  const { environment } = gate
  const now = world.clock.now()
  const outline = law?.outline
  const windows = outline === undefined ? [] : windowsOf(outline, environment)
  return decideGate({
    judged: problem === undefined && verdict !== undefined ? verdict : { problem: reasonOf(problem) },
    going: evidence?.going ?? [],
    opens: nextChange(windows, now, week),
    soonest: soakSoonest(known, environment, now),
    deadline: deadlineFor(gate, law),
    now,
    check: checkOf(outline === undefined ? undefined : environmentKey(outline, environment)),
  })
}

const report = async (world: GateWorld, gate: Gate, text: string): Promise<void> => {
  if (!(await world.store.gates.takeReport(gate.id, text, reportBudget))) return
  world.metrics.answer('held')
  const told = await world.app.of(gate.ref).gates.report(gate.run, gate.environment, text)
  // A report decides nothing: the next one says more.
  if (!told.ok) world.log.warn({ gate: gate.id, problem: told.problem }, 'a status report was not taken')
}

const holdGate = async (
  world: GateWorld,
  gate: Gate,
  { law }: Known,
  { why, wake }: GateDecision & { is: 'hold' },
): Promise<void> => {
  await world.store.gates.hold(gate.id, { deadline: deadlineFor(gate, law), wake: wake ?? null })
  await report(world, gate, why)
}

/**
 * Decides one gate, or tells GitHub the answer that stands already. Where judging fails the gate is held, with a report, and
 * tried again.
 * @throws where the job has to be tried again
 */
export const gateJob = async (world: GateWorld, id: string, { signal }: JobContext): Promise<void> => {
  const gate = await world.store.gates.get(id)
  if (gate === undefined || gate.state === 'answered') return
  if (gate.answer !== null) return await deliverAnswer(world, gate, gate.answer)
  const known: Known = {}
  let problem: Error | undefined
  const overdue = gate.deadline !== null && world.clock.now().getTime() >= gate.deadline.getTime()
  try {
    // What is late is rejected whatever the verdict would be; nobody has to wait for it.
    if (overdue) throw new Error('there was no answer in time')
    await learn(world, gate, known, signal)
  } catch (error) {
    problem = error instanceof Error ? error : new Error(String(error))
  }
  // Judging takes its time: what held when it began, a waiver or a window, may be over.
  if (known.verdict !== undefined && world.clock.now().getTime() >= Date.parse(known.verdict.validUntil))
    return await askGate(world, id)
  const decision = overdue ? lateDecision(world, gate) : decide(world, gate, known, problem)
  if (decision.is !== 'hold') {
    const state = decision.is === 'approve' ? 'approved' : 'rejected'
    return await answerGate(world, gate, { state, comment: decision.comment })
  }
  const now = world.clock.now().getTime()
  const again = retryTime(problem)
  const going = (known.evidence?.going.length ?? 0) > 0
  const soaking = awaitsSoak(known) ? new Date(now + lookForSoakAgain) : undefined
  const made = going && decision.wake === undefined ? new Date(now + lookForEvidenceAgain) : undefined
  const later = first(decision.wake, soaking, made)
  const wake = problem === undefined ? later : (again ?? new Date(now + lookAgain))
  await holdGate(world, gate, known, { ...decision, wake })
  if (problem === undefined) return
  world.log.error({ err: problem, gate: id }, 'a gate could not be judged, and is held')
  if (again === undefined) throw problem
  await askGate(world, id, again)
}

const lateDecision = (world: GateWorld, gate: Gate): GateDecision => {
  const last = gate.lastReport?.replace(/^Held: /, '').replace(/\.? Waits until .*$/s, '')
  return decideLate(
    gate.deadline ?? world.clock.now(),
    last ?? 'there was no answer in time',
    checkOf(gate.environment),
  )
}
