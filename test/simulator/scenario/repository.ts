import type { GitHub } from '../github.ts'
import type { Changes } from '../git/store.ts'
import type { CheckRun, Comment, Environment, PullRequest, WorkflowRun } from '../state/entities.ts'
import type { Repository } from '../state/repository.ts'
import type { App, Role } from '../state/types.ts'
import { installationsOf } from '../webhooks/emit.ts'
import {
  checkRunEvent,
  checkSuiteEvent,
  deploymentEvent,
  mergeGroupEvent,
  pullEvent,
  runEvent,
} from '../webhooks/events.ts'
import { DeploymentScenario } from './deployment.ts'
import { openGates, type Asking } from './gate.ts'
import { PullRequestScenario } from './pull-request.ts'
import { pushTo } from './push.ts'
import { zipOf } from './zip.ts'

export interface NewPullRequest {
  title?: string
  body?: string
  /** The head's branch. */
  head?: string
  base?: string
  files?: Changes
  author?: string
  draft?: boolean
  /** Full name of the fork that the head is in. */
  fork?: string
}

export interface NewRun {
  sha?: string
  branch?: string
  name?: string
  path?: string
  event?: string
  actor?: string
  status?: WorkflowRun['status']
  conclusion?: string | null
  /** By the artifact's name: its files. */
  artifacts?: Record<string, Record<string, string | Uint8Array>>
}

export interface NewDeployment extends Asking {
  environment: string
  sha?: string
  branch?: string
  event?: string
  actor?: string
}

/** What happens in a repository. Each step changes the state and tells the apps, as GitHub would. */
export class RepositoryScenario {
  readonly state: Repository
  readonly #github: GitHub

  constructor(github: GitHub, state: Repository) {
    this.#github = github
    this.state = state
  }

  /** The newest commit of the default branch. */
  get head(): string {
    return this.state.branches.get(this.state.defaultBranch) ?? ''
  }

  /** Pushes a commit; gives its id. */
  commit(files: Changes, given: { branch?: string; message?: string; author?: string; silent?: boolean } = {}): string {
    const { branch = this.state.defaultBranch, message = 'Change the shop', author = 'ada', silent = false } = given
    return pushTo(this.#github, this.state, { files, branch, message, author: this.#github.account(author), silent })
  }

  /** Lets a user do what a role may. */
  role(login: string, role: Role): this {
    this.#github.account(login)
    this.state.roles.set(login, role)
    return this
  }

  /** Opens a pull request whose head adds one commit to the base. */
  pullRequest(given: NewPullRequest = {}): PullRequestScenario {
    const { head = 'checkout', base = this.state.defaultBranch, files = {}, title = 'Change the checkout' } = given
    const author = this.#github.account(given.author ?? 'grace')
    const repository = this.#github.repositories.get(given.fork ?? '') ?? this.state
    const baseSha = this.state.branches.get(base) ?? ''
    if (!repository.branches.has(head)) repository.branches.set(head, baseSha)
    const sha = pushTo(this.#github, repository, { files, branch: head, message: title, author })
    const at = new Date(this.#github.now()).toISOString()
    const pull: PullRequest = {
      id: this.#github.nextId(),
      number: this.state.nextNumber(),
      title,
      body: given.body ?? '',
      author,
      state: 'open',
      merged: false,
      draft: given.draft ?? false,
      base: { ref: base, sha: baseSha },
      head: { ref: head, sha, repository: repository.fullName },
      createdAt: at,
      updatedAt: at,
    }
    this.state.pulls.set(pull.number, pull)
    pullEvent(this.#github, this.state, pull, 'opened', author)
    return new PullRequestScenario(this.#github, this.state, pull)
  }

  /** A pull request that is there already. */
  pull(number: number): PullRequestScenario {
    const found = this.state.pulls.get(number)
    if (found === undefined) throw new Error(`no pull request ${number}`)
    return new PullRequestScenario(this.#github, this.state, found)
  }

  comment(number: number, user: string, text: string): Comment {
    return this.pull(number).comment(user, text)
  }

  /** The merge queue asks for checks of a commit on a branch of its own. */
  mergeGroup(files: Changes = {}): string {
    const base = this.state.defaultBranch
    const branch = `gh-readonly-queue/${base}/pr-${this.#github.nextId()}`
    const author = this.#github.account('ada')
    const sha = pushTo(this.#github, this.state, { files, branch, message: 'Merge', author, silent: true })
    mergeGroupEvent(this.#github, this.state, { sha, branch, base, baseSha: this.head }, author)
    return sha
  }

  /** An environment, made where there is none. Its rule is on for all apps that are installed and can answer, unless told otherwise. */
  environment(name: string, given: { apps?: readonly App[]; reviewers?: string[] } = {}): Environment {
    const known = this.state.environments.get(name)
    if (known !== undefined) return known
    const can = installationsOf(this.#github, this.state).filter(({ events }) =>
      events.includes('deployment_protection_rule'),
    )
    const environment = {
      id: this.#github.nextId(),
      name,
      apps: [...(given.apps ?? can.map(({ app }) => app))],
      reviewers: given.reviewers ?? [],
      createdAt: new Date(this.#github.now()).toISOString(),
    }
    this.state.environments.set(name, environment)
    return environment
  }

  /** A workflow run, with its artifacts; ended well unless told otherwise. */
  run(given: NewRun = {}): WorkflowRun {
    const {
      sha = this.head,
      branch = this.state.defaultBranch,
      name = 'ci',
      event = 'push',
      status = 'completed',
    } = given
    const at = new Date(this.#github.now()).toISOString()
    const run: WorkflowRun = {
      id: this.#github.nextId(),
      number: this.state.runs.size + 1,
      attempt: 1,
      name,
      path: given.path ?? `.github/workflows/${name}.yml`,
      event,
      branch,
      sha,
      status,
      conclusion: given.conclusion ?? (status === 'completed' ? 'success' : null),
      actor: this.#github.account(given.actor ?? 'ada'),
      createdAt: at,
      updatedAt: at,
    }
    this.state.runs.set(run.id, run)
    for (const [artifact, files] of Object.entries(given.artifacts ?? {})) this.artifact(run, artifact, files)
    runEvent(this.#github, this.state, run, 'requested')
    if (status === 'completed') runEvent(this.#github, this.state, run, 'completed')
    return run
  }

  /** Adds an artifact: its files, or the bytes of an archive as they are. */
  artifact(run: WorkflowRun, name: string, files: Record<string, string | Uint8Array> | Buffer): void {
    const id = this.#github.nextId()
    const zip = Buffer.isBuffer(files) ? files : zipOf(files)
    this.state.artifacts.set(id, {
      id,
      run,
      name,
      zip,
      createdAt: new Date(this.#github.now()).toISOString(),
      expired: false,
    })
  }

  /** A run that was in progress ends. */
  finish(run: WorkflowRun, conclusion = 'success'): void {
    run.status = 'completed'
    run.conclusion = conclusion
    runEvent(this.#github, this.state, run, 'completed')
  }

  /** A workflow comes to a job with an environment, waits, and the apps of the environment are asked. */
  deploy(given: NewDeployment): DeploymentScenario {
    const { sha = this.head, branch = this.state.defaultBranch, event = 'push' } = given
    const environment = this.environment(given.environment)
    const run = this.run({ sha, branch, event, name: 'deploy', status: 'waiting', actor: given.actor ?? 'ada' })
    const at = new Date(this.#github.now()).toISOString()
    const id = this.#github.nextId()
    const deployment =
      given.withoutDeployment === true
        ? null
        : { id, sha, ref: branch, environment: environment.name, run, statuses: [], createdAt: at }
    if (deployment !== null) {
      this.state.deployments.set(id, deployment)
      deploymentEvent(this.#github, this.state, deployment)
    }
    const gates = openGates(this.#github, this.state, { run, environment, deployment }, given)
    // Nobody is asked: it goes on at once.
    if (gates.length === 0) run.status = 'in_progress'
    return new DeploymentScenario(this.#github, this.state, run, gates, deployment)
  }

  /** A deployment that was asked for already. */
  deployment(run: number): DeploymentScenario {
    const found = this.state.runs.get(run)
    if (found === undefined) throw new Error(`no run ${run}`)
    const gates = this.state.gatesOf(run).filter(({ attempt }) => attempt === found.attempt)
    return new DeploymentScenario(this.#github, this.state, found, gates)
  }

  /** The newest check run of each name at a commit. */
  checks(sha: string): Map<string, CheckRun> {
    return new Map(this.state.checkRunsAt(sha).map((run) => [run.name, run]))
  }

  rerequest(run: CheckRun, user = 'ada'): void {
    checkRunEvent(this.#github, this.state, run, 'rerequested', this.#github.account(user))
  }

  rerequestSuite(run: CheckRun, user = 'ada'): void {
    checkSuiteEvent(this.#github, this.state, run.suite, 'rerequested', this.#github.account(user))
  }

  /** Somebody presses a check run's button. */
  press(run: CheckRun, identifier: string, user = 'ada'): void {
    checkRunEvent(this.#github, this.state, run, 'requested_action', this.#github.account(user), identifier)
  }
}
