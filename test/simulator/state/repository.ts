import { GitStore, type Changes } from '../git/store.ts'
import type { Commit } from '../git/objects.ts'
import type {
  Artifact,
  CheckRun,
  CheckSuite,
  Comment,
  Deployment,
  Environment,
  Gate,
  PullRequest,
  WorkflowRun,
} from './entities.ts'
import { githubActions, type Account, type App, type Role, type Urls } from './types.ts'

/** Everything of one repository. What happens to it is in scenario/ and routes/. */
export class Repository {
  readonly id: number
  readonly owner: Account
  readonly name: string
  readonly urls: Urls
  readonly parent: Repository | undefined
  readonly git: GitStore
  readonly nextId: () => number
  defaultBranch = 'main'
  private = true
  readonly branches = new Map<string, string>()
  readonly pulls = new Map<number, PullRequest>()
  readonly comments: Comment[] = []
  readonly suites: CheckSuite[] = []
  readonly checkRuns = new Map<number, CheckRun>()
  readonly runs = new Map<number, WorkflowRun>()
  readonly artifacts = new Map<number, Artifact>()
  readonly environments = new Map<string, Environment>()
  readonly deployments = new Map<number, Deployment>()
  readonly gates: Gate[] = []
  readonly roles = new Map<string, Role>()
  readonly #checkRunsAt = new Map<string, CheckRun[]>()
  readonly #gatesOfRun = new Map<number, Gate[]>()
  #numbers = 0

  constructor(given: {
    id: number
    owner: Account
    name: string
    urls: Urls
    nextId: () => number
    parent?: Repository
  }) {
    this.id = given.id
    this.owner = given.owner
    this.name = given.name
    this.urls = given.urls
    this.nextId = given.nextId
    this.parent = given.parent
    this.git = given.parent?.git ?? new GitStore()
  }

  get fullName(): string {
    return `${this.owner.login}/${this.name}`
  }

  get api(): string {
    return `${this.urls.api}/repos/${this.fullName}`
  }

  get web(): string {
    return `${this.urls.web}/${this.fullName}`
  }

  /** Issues and pull requests count together. */
  nextNumber(): number {
    return ++this.#numbers
  }

  /** The commit that a branch, `heads/…`, `refs/heads/…`, `refs/pull/N/head` or an id names. */
  resolve(ref: string): Commit | undefined {
    const name = ref.replace(/^refs\//, '').replace(/^heads\//, '')
    const pull = /^pull\/(\d+)\/(?:head|merge)$/.exec(name)?.[1]
    const sha = pull === undefined ? (this.branches.get(name) ?? name) : this.pulls.get(Number(pull))?.head.sha
    return this.git.commits.get(sha ?? '')
  }

  /** A commit under an id that comes from elsewhere, such as a clone's; its parents are unknown. */
  place(sha: string, files: Changes): void {
    const author = { name: 'Ada', email: 'ada@shop.example', at: Date.UTC(2026, 0, 1) }
    this.git.addCommit(this.git.change(undefined, files), [], author, 'Open the shop', sha)
  }

  comment(issue: number, body: string, author: Account | null = githubActions): Comment {
    const at = new Date().toISOString()
    const comment = { id: this.nextId(), issue, body, author, createdAt: at, updatedAt: at, reactions: [] }
    this.comments.push(comment)
    return comment
  }

  suite(app: App, sha: string): CheckSuite {
    const known = this.suites.find((suite) => suite.app === app && suite.sha === sha)
    if (known !== undefined) return known
    const branch = [...this.branches].find(([, at]) => at === sha)?.[0] ?? this.defaultBranch
    const at = new Date().toISOString()
    const suite = { id: this.nextId(), app, branch, sha, createdAt: at, updatedAt: at }
    this.suites.push(suite)
    return suite
  }

  /** Pull requests that are open at a commit; GitHub names none of forks beside a check or run. */
  pullsAt(sha: string): PullRequest[] {
    return [...this.pulls.values()].filter(
      ({ state, head }) => state === 'open' && head.sha === sha && head.repository === this.fullName,
    )
  }

  addCheckRun(run: CheckRun): void {
    this.checkRuns.set(run.id, run)
    this.#checkRunsAt.set(run.sha, [...this.checkRunsAt(run.sha), run])
  }

  /** The check runs of a commit, the newest last. */
  checkRunsAt(sha: string): readonly CheckRun[] {
    return this.#checkRunsAt.get(sha) ?? []
  }

  addGate(gate: Gate): void {
    this.gates.push(gate)
    this.#gatesOfRun.set(gate.run.id, [...this.gatesOf(gate.run.id), gate])
  }

  gatesOf(run: number): readonly Gate[] {
    return this.#gatesOfRun.get(run) ?? []
  }
}
