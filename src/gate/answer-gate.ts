import type { Gate, GateAnswer } from '../ports/store.ts'
import { askGate } from './ask-judge.ts'
import { ForgeProblem } from './forge-problem.ts'
import type { GateWorld } from './world.ts'

/** GitHub itself gives a waiting run up after thirty days. Milliseconds. */
const githubsPatience = 30 * 86_400_000

/** Whether the repository is there for the App. Where it is not, GitHub says of everything in it that it is missing. */
const sees = async (world: GateWorld, { ref }: Gate): Promise<boolean> => (await world.app.of(ref).defaultBranch()).ok

/** One who tells an answer has so long; then he is taken for dead. Milliseconds: longer than a request and its tries take. */
const tellingTime = 15_000

/**
 * Tells GitHub an answer, whoever else may be telling it.
 * @throws ForgeProblem where GitHub could not be told yet
 */
export const tellAnswer = async (world: GateWorld, gate: Gate, answer: GateAnswer): Promise<void> => {
  const { id, ref, run, environment, requestedAt } = gate
  const told = await world.app.of(ref).gates.decide(run, environment, answer.state, answer.comment)
  const now = world.clock.now()
  if (!told.ok) {
    const { problem } = told
    const over =
      (problem.kind === 'missing' && (await sees(world, gate))) ||
      now.getTime() - requestedAt.getTime() > githubsPatience
    if (!over) throw new ForgeProblem(problem, 'the answer to a deployment')
    // The run is gone: nobody waits any more.
    world.log.warn({ gate: id, problem }, 'a deployment that was to be answered is gone')
  }
  await world.store.gates.answered(id)
  if (!told.ok) return
  world.metrics.answer(answer.state)
  world.metrics.answered((now.getTime() - requestedAt.getTime()) / 1000)
  const { repository, sha } = gate
  world.log.info({ gate: id, repository, run, environment, sha, state: answer.state }, 'a deployment was answered')
}

/**
 * Tells GitHub the answer that was settled, unless another job does so now; where that one dies it is told again.
 * @throws ForgeProblem where GitHub could not be told yet
 */
export const deliverAnswer = async (world: GateWorld, gate: Gate, answer: GateAnswer): Promise<void> => {
  const { gates } = world.store
  const now = world.clock.now()
  const until = new Date(now.getTime() + tellingTime)
  if (!(await gates.tell(gate.id, now, until))) return await askGate(world, gate.id, until)
  try {
    await tellAnswer(world, gate, answer)
  } catch (error) {
    // Where that fails too, the time runs out by itself.
    await gates.untold(gate.id).catch(() => undefined)
    throw error
  }
}

/** Settles the answer, once and durably, and tells GitHub the one that stands. */
export const answerGate = async (world: GateWorld, gate: Gate, answer: GateAnswer): Promise<void> => {
  const standing = await world.store.gates.settle(gate.id, answer)
  await deliverAnswer(world, gate, standing)
}
