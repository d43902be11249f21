import type { GitHub } from '../github.ts'
import type { Deployment, Gate, WorkflowRun } from '../state/entities.ts'
import type { Repository } from '../state/repository.ts'
import { deploymentStatusEvent, runEvent } from '../webhooks/events.ts'
import { askAgain, openGates, type Asking } from './gate.ts'

const between = 10

/** One deployment that waits for the answers of apps. */
export class DeploymentScenario {
  readonly run: WorkflowRun
  readonly gates: readonly Gate[]
  /** What the run deploys; null where it makes no deployment. */
  readonly deployment: Deployment | null
  readonly #github: GitHub
  readonly #repository: Repository

  constructor(
    github: GitHub,
    repository: Repository,
    run: WorkflowRun,
    gates: readonly Gate[],
    deployment: Deployment | null = gates[0]?.deployment ?? null,
  ) {
    this.#github = github
    this.#repository = repository
    this.run = run
    this.gates = gates
    this.deployment = deployment
  }

  /** What the first app has answered, or `waiting`. */
  get state(): Gate['state'] {
    return this.gates[0]?.state ?? 'waiting'
  }

  get comment(): string {
    return this.gates[0]?.comment ?? ''
  }

  /** The status reports so far. */
  get reports(): readonly string[] {
    return this.gates[0]?.reports ?? []
  }

  /** Sends the request again, as another delivery. */
  askAgain(asking: Asking = {}): void {
    for (const gate of this.gates) askAgain(this.#github, this.#repository, gate, asking)
  }

  /** The final answer of the first app. Throws when there is none in time. */
  async answered(milliseconds = 60_000): Promise<'approved' | 'rejected'> {
    const until = Date.now() + milliseconds
    while (this.state === 'waiting') {
      if (Date.now() > until) throw new Error(`run ${this.run.id} has no answer after ${milliseconds} ms`)
      await new Promise((resolve) => {
        setTimeout(resolve, between)
      })
    }
    return this.state
  }

  /** Somebody starts the run again: the apps are asked once more, with the same callback URL. */
  rerun(): DeploymentScenario {
    const { run } = this
    run.attempt += 1
    run.status = 'waiting'
    run.conclusion = null
    const deployment = this.gates[0]?.deployment ?? null
    const environments = new Set(this.gates.map((gate) => gate.environment))
    const gates = [...environments].flatMap((name) => {
      const environment = this.#repository.environments.get(name)
      if (environment === undefined) return []
      return openGates(this.#github, this.#repository, { run, environment, deployment }, {})
    })
    return new DeploymentScenario(this.#github, this.#repository, run, gates)
  }

  /** The deployed run ends. */
  finish(conclusion: 'success' | 'failure' | 'cancelled' = 'success'): this {
    this.run.status = 'completed'
    this.run.conclusion = conclusion
    if (this.deployment !== null) this.say(conclusion === 'success' ? 'success' : 'failure')
    runEvent(this.#github, this.#repository, this.run, 'completed')
    return this
  }

  /** Something is said of the deployment, as whoever may write deployments can at any time. */
  say(state: 'success' | 'failure' | 'error' | 'inactive' | 'in_progress', autoInactive = true): this {
    if (this.deployment === null) throw new Error('there is no deployment')
    deploymentStatusEvent(this.#github, this.#repository, this.deployment, state, autoInactive)
    return this
  }
}
