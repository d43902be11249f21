import type { Answer, Problem } from '../../ports/answer.ts'
import type { CheckRun } from '../../ports/check-runs.ts'
import type { AppForge, Forge, LoggedDelivery, Reaction } from '../../ports/forge.ts'
import type { Deployment, DeploymentStatus } from '../../ports/deployments.ts'
import type { Permission } from '../../ports/people.ts'
import type { PullRequest } from '../../ports/pull-requests.ts'
import type { RepositoryRef } from '../../ports/repository-ref.ts'
import type { Artifact, WorkflowRun } from '../../ports/workflow-runs.ts'
import { memoryCommits } from './committed-files.ts'
import { memoryWorkspace } from './memory.ts'
import { MemoryConversation } from './pull-request-comments.ts'

/** What one repository of the forge holds. Tests fill it and look at it. */
export class MemoryRepository {
  defaultBranch = 'main'
  readonly branches: Record<string, string> = {}
  readonly commits: Record<string, Record<string, string>> = {}
  /** Where a commit left the branches; itself where nothing is said. */
  readonly mergeBases: Record<string, string> = {}
  readonly pulls: PullRequest[] = []
  readonly conversations = new Map<number, MemoryConversation>()
  readonly checks: (CheckRun & { id: number })[] = []
  readonly runs: WorkflowRun[] = []
  readonly artifacts = new Map<number, (Artifact & { bytes: Uint8Array })[]>()
  readonly reactions: { comment: number; reaction: Reaction }[] = []
  readonly reports: { run: number; environment: string; comment: string }[] = []
  /** The answers that were taken; GitHub takes one for each request. */
  readonly answers: { run: number; environment: string; state: 'approved' | 'rejected'; comment: string }[] = []
  /** What was deployed, oldest first, with what was said of it. */
  readonly deployments: (Deployment & { statuses: DeploymentStatus[] })[] = []
  readonly permissions: Record<string, Permission> = {}
  readonly teams: Record<string, readonly string[]> = {}
}

/** A forge in memory, for tests. `problems` names what fails, by operation, once each or as often as a function says. */
export class MemoryForge implements AppForge {
  readonly repositoriesById = new Map<number, MemoryRepository>()
  readonly calls: string[] = []
  readonly failing: LoggedDelivery[] = []
  readonly redelivered: string[] = []
  organisationRef: RepositoryRef | undefined
  /** Asked before each operation: what goes wrong, and whether it is done all the same. */
  fault: (operation: string) => { problem: Problem; done?: boolean } | undefined = () => undefined

  repository(id: number): MemoryRepository {
    const known = this.repositoriesById.get(id)
    if (known !== undefined) return known
    const made = new MemoryRepository()
    this.repositoriesById.set(id, made)
    return made
  }

  async ask<T>(operation: string, work: () => T | Answer<T> | Promise<Answer<T>>): Promise<Answer<T>> {
    this.calls.push(operation)
    const fault = this.fault(operation)
    if (fault !== undefined && fault.done !== true) return { ok: false, problem: fault.problem }
    const value = await work()
    const answer = typeof value === 'object' && value !== null && 'ok' in value ? value : { ok: true as const, value }
    return fault === undefined ? answer : { ok: false, problem: fault.problem }
  }

  failedDeliveries(since: Date) {
    return this.ask('failedDeliveries', () =>
      this.failing.filter(({ deliveredAt }) => Date.parse(deliveredAt) >= since.getTime()),
    )
  }

  redeliver(id: string) {
    return this.ask('redeliver', () => void this.redelivered.push(id))
  }

  repositories() {
    return this.ask<readonly RepositoryRef[]>('repositories', () => [])
  }

  grants() {
    return this.ask<Extract<Awaited<ReturnType<AppForge['grants']>>, { ok: true }>['value']>('grants', () => [])
  }

  organisation() {
    return this.ask('organisation', (): Answer<RepositoryRef | undefined> => ({
      ok: true,
      value: this.organisationRef,
    }))
  }

  of({ id }: RepositoryRef): Forge {
    return forgeOf(this, this.repository(id))
  }
}

const missing = (message: string): { ok: false; problem: Problem } => ({
  ok: false,
  problem: { kind: 'missing', message },
})

const found = <T>(value: T | undefined, what: string): Answer<T> =>
  value === undefined ? missing(`there is no ${what}`) : { ok: true, value }

const gatesOf = (forge: MemoryForge, repository: MemoryRepository): Forge['gates'] => ({
  report: (run, environment, comment) =>
    forge.ask('gates.report', () => void repository.reports.push({ run, environment, comment })),
  decide: (run, environment, state, comment) =>
    forge.ask<'decided' | 'already'>('gates.decide', () => {
      if (repository.answers.some((one) => one.run === run && one.environment === environment)) return 'already'
      repository.answers.push({ run, environment, state, comment })
      return 'decided'
    }),
})

const checksOf = (forge: MemoryForge, { checks }: MemoryRepository): Forge['checks'] => ({
  create: (run) => forge.ask('checks.create', () => checks.push({ ...structuredClone(run), id: checks.length + 1 })),
  update: (id, run) =>
    forge.ask('checks.update', (): Answer<void> => {
      const index = checks.findIndex((check) => check.id === id)
      if (index < 0) return missing(`there is no check ${id}`)
      checks[index] = { ...structuredClone(run), id }
      return { ok: true, value: undefined }
    }),
  find: (sha, name) =>
    forge.ask('checks.find', () =>
      checks
        .filter((check) => check.sha === sha && check.name === name)
        .map(({ id, state }) => ({ id, completed: state.status === 'completed' }))
        .reverse(),
    ),
})

const pieces = async function* (bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

const runsOf = (forge: MemoryForge, { runs, artifacts }: MemoryRepository): Forge['runs'] => ({
  get: (id) =>
    forge.ask('runs.get', () =>
      found(
        runs.find((run) => run.id === id),
        `run ${id}`,
      ),
    ),
  ofCommit: (sha) => forge.ask('runs.ofCommit', () => runs.filter((run) => run.sha === sha)),
  waiting: () => forge.ask('runs.waiting', () => runs.filter(({ status }) => status === 'waiting')),
  artifacts: (run) => forge.ask<readonly Artifact[]>('runs.artifacts', () => artifacts.get(run) ?? []),
  download: ({ id }) =>
    forge.ask('runs.download', () => {
      const artifact = [...artifacts.values()].flat().find((one) => one.id === id)
      return found(artifact === undefined ? undefined : pieces(artifact.bytes), `artifact ${id}`)
    }),
})

const deploymentsOf = (forge: MemoryForge, { deployments }: MemoryRepository): Forge['deployments'] => ({
  ofCommit: (sha) => forge.ask('deployments.ofCommit', () => deployments.filter((one) => one.sha === sha).toReversed()),
  to: (environment) =>
    forge.ask('deployments.to', () => deployments.filter((one) => one.environment === environment).toReversed()),
  statuses: (deployment) =>
    forge.ask('deployments.statuses', () =>
      found(deployments.find(({ id }) => id === deployment)?.statuses.toReversed(), `deployment ${deployment}`),
    ),
})

const forgeOf = (forge: MemoryForge, repository: MemoryRepository): Forge => {
  const files = (): Forge['files'] => memoryCommits(repository.branches, repository.commits)
  const { branches, commits, mergeBases, pulls, conversations, permissions, teams } = repository
  return {
    commits: {
      compare: (branch, head) =>
        forge.ask('commits.compare', () => {
          const tip = branches[branch]
          return tip === undefined
            ? missing(`no branch ${branch}`)
            : found({ tip, mergeBase: mergeBases[head] ?? head }, '')
        }),
      workspace: (sha) =>
        forge.ask('commits.workspace', () => {
          const own = commits[sha]
          return found(own === undefined ? undefined : memoryWorkspace(own), `commit ${sha}`)
        }),
    },
    files: {
      tip: (branch) => forge.ask('files.tip', () => files().tip(branch)),
      read: (commit, path) => forge.ask('files.read', () => files().read(commit, path)),
      list: (commit, folder) => forge.ask('files.list', () => files().list(commit, folder)),
    },
    checks: checksOf(forge, repository),
    pullRequests: {
      get: (number) =>
        forge.ask('pulls.get', () =>
          found(
            pulls.find((pull) => pull.number === number),
            `pull ${number}`,
          ),
        ),
      newest: (most, branch) =>
        forge.ask('pulls.newest', () => {
          const all = pulls
            .filter(({ open, base }) => open && (branch ?? base.branch) === base.branch)
            .sort((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1))
          return { pulls: all.slice(0, most), more: all.length > most }
        }),
      withHead: (sha) => forge.ask('pulls.withHead', () => pulls.filter((pull) => pull.open && pull.head.sha === sha)),
    },
    comments: (number) => {
      const known = conversations.get(number) ?? new MemoryConversation({ id: 99, login: 'prodgate[bot]', bot: true })
      conversations.set(number, known)
      return {
        list: () => forge.ask('comments.list', () => known.list()),
        create: (body) => forge.ask('comments.create', () => known.create(body)),
        edit: (id, body) => forge.ask('comments.edit', () => known.edit(id, body)),
        user: () => known.user(),
      }
    },
    react: (comment, reaction) => forge.ask('react', () => void repository.reactions.push({ comment, reaction })),
    runs: runsOf(forge, repository),
    gates: gatesOf(forge, repository),
    deployments: deploymentsOf(forge, repository),
    people: {
      permission: (login) => forge.ask('people.permission', () => permissions[login] ?? 'none'),
      inTeam: (team, login) => forge.ask('people.inTeam', () => teams[team]?.includes(login) ?? false),
    },
    defaultBranch: () => forge.ask('defaultBranch', () => repository.defaultBranch),
  }
}
