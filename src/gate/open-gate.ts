import type { RepositoryRef } from '../ports/repository-ref.ts'
import type { Gate, GateKey } from '../ports/store.ts'
import { answerGate, tellAnswer } from './answer-gate.ts'
import { askGate } from './ask-judge.ts'
import { approves } from './decision.ts'
import { lookForEvidence } from './evidence.ts'
import { ForgeProblem, isPassing } from './forge-problem.ts'
import { judgeCommit } from './judge-commit.ts'
import { asWhole } from './standing.ts'
import type { GateWorld } from './world.ts'

/** A deployment that asks, as far as its payload says. */
export interface GateRequest {
  ref: RepositoryRef
  run: number
  environment: string
  /** Undefined where the payload names none. */
  sha: string | undefined
  /** Why the payload as a whole is not what it should be. */
  misfit: string | undefined
  requestedAt: Date
}

/**
 * The number of the run in a callback's address. Only the path is looked at: the address itself is the payload's word, and no
 * token goes there.
 */
export const runOf = (callback: string): number | undefined => {
  const path = /^https?:\/\/[^/]+(\/[^?#]*)/.exec(callback)?.[1] ?? callback
  const run = /\/actions\/runs\/(\d{1,15})\/deployment_protection_rule\/?$/.exec(path)?.[1]
  return run === undefined ? undefined : Number(run)
}

/** How long the job of a request that was said before gets, until it is asked again in case it was lost. Milliseconds. */
const jobAhead = 5000

/** Without a commit nothing can be judged, and the request is answered all the same. */
const unknownSha = 'unknown'

const keyOf = async (world: GateWorld, request: GateRequest): Promise<{ key: GateKey; waits: boolean }> => {
  const { ref, run, environment } = request
  const found = await world.app.of(ref).runs.get(run)
  if (!found.ok && isPassing(found.problem)) throw new ForgeProblem(found.problem, `the workflow run ${run}`)
  const { attempt, status, sha } = found.ok ? found.value : { attempt: 1, status: 'unknown', sha: undefined }
  const key = { repository: ref.id, run, attempt, environment, sha: request.sha ?? sha ?? unknownSha }
  return { key, waits: status === 'waiting' }
}

/** Whether what was approved before would be approved now. */
const stillGo = async (world: GateWorld, { ref, sha, environment }: Gate): Promise<boolean> => {
  const standing = await asWhole(world, ref, sha)
  const evidence = await lookForEvidence(world, ref, sha, standing.law)
  const [verdict] = await judgeCommit(world, standing, evidence, [environment], AbortSignal.timeout(100_000))
  return verdict !== undefined && approves(verdict)
}

/**
 * Another job of one run may ask for the same environment after the first was answered. It gets the same answer, unless what
 * was approved would not be any more.
 */
const answerAgain = async (world: GateWorld, gate: Gate): Promise<void> => {
  const { answer } = gate
  if (answer === null) return
  if (answer.state === 'rejected' || (await stillGo(world, gate))) return await tellAnswer(world, gate, answer)
  const comment =
    'Rejected: this run was approved before, and would not be any more. Start it again to have it judged anew.'
  await tellAnswer(world, gate, { state: 'rejected', comment })
}

/** Opens the gate of a deployment that asks, once for each request, and has it decided. */
export const openGate = async (world: GateWorld, request: GateRequest): Promise<void> => {
  const { key, waits } = await keyOf(world, request)
  const { gate, fresh } = await world.store.gates.open(key, request.ref, request.requestedAt)
  if (gate.state === 'answered') {
    // Said twice of one request is nothing new: then the run does not wait any more.
    if (!fresh && waits) await answerAgain(world, gate)
    return
  }
  const misfit = request.misfit ?? (key.sha === unknownSha ? 'it does not say of which commit' : undefined)
  // A request that is said twice has a job already. Two at once would give GitHub the same answer twice.
  const again = fresh ? undefined : new Date(world.clock.now().getTime() + jobAhead)
  if (misfit === undefined) return await askGate(world, gate.id, again)
  const comment = `Rejected: the request cannot be understood (${misfit}).`.slice(0, 1000)
  await answerGate(world, gate, { state: 'rejected', comment })
}
