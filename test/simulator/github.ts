import { randomBytes } from 'node:crypto'
import { Faults } from './http/faults.ts'
import { RateLimits } from './http/limits.ts'
import { ApiServer } from './http/server.ts'
import { StorageServer } from './http/storage.ts'
import { newKey } from './identity/keys.ts'
import { Journal } from './journal.ts'
import { InstallationScenario } from './scenario/installation.ts'
import { RepositoryScenario } from './scenario/repository.ts'
import { Repository } from './state/repository.ts'
import type { Account, App, Installation, Permissions, Role, Team, Token, Urls } from './state/types.ts'
import { Deliveries } from './webhooks/deliveries.ts'

export interface Options {
  /** The path of the API's root: empty as at api.github.com, `/api/v3` as on an Enterprise Server. */
  prefix?: string
  /** Requests an hour for each installation. */
  rateLimit?: number
  /** How long an app has to answer a webhook, in milliseconds. */
  webhookTimeout?: number
  /** How long an installation's token lasts, in milliseconds. */
  tokenLife?: number
  /** Trees above this many entries come truncated. */
  treeLimit?: number
}

const hour = 3_600_000
const mostViolations = 1000

/**
 * A GitHub to test against, over HTTP on this machine. Every request that it gets, every answer that it gives and every
 * webhook that it sends is held against GitHub's own description; what does not fit is in `violations`.
 */
export class GitHub {
  readonly urls: Urls = { api: '', web: '', storage: '' }
  readonly apps = new Map<number, App>()
  readonly installations = new Map<number, Installation>()
  readonly accounts = new Map<string, Account>()
  readonly teams: Team[] = []
  /** Codes of the manifest flow, each good once. */
  readonly manifestCodes = new Map<string, App>()
  readonly repositories = new Map<string, Repository>()
  readonly tokens = new Map<string, Token>()
  readonly violations: string[] = []
  readonly faults = new Faults()
  readonly journal = new Journal()
  readonly limits: RateLimits
  readonly deliveries: Deliveries
  readonly options: Required<Options>
  /** Now, in milliseconds; tests may put another clock. */
  now: () => number = Date.now
  readonly #server: ApiServer
  readonly storage: StorageServer
  #ids = 1000

  constructor(options: Options = {}) {
    this.options = {
      prefix: '/api/v3',
      rateLimit: 15_000,
      webhookTimeout: 10_000,
      tokenLife: hour,
      treeLimit: 100_000,
      ...options,
    }
    this.limits = new RateLimits(this.options.rateLimit)
    this.deliveries = new Deliveries(this.nextId, this.options.webhookTimeout)
    this.#server = new ApiServer(this)
    this.storage = new StorageServer(this)
  }

  /** @param port 0 takes a free one */
  async start(port = 0): Promise<void> {
    this.urls.web = await this.#server.listen(port)
    this.urls.api = this.urls.web + this.options.prefix
    this.urls.storage = await this.storage.listen()
  }

  async stop(): Promise<void> {
    await this.#server.close()
    await this.storage.close()
  }

  /** The root of the API. */
  get url(): string {
    return this.urls.api
  }

  /** How often each route was asked, by method and path template. */
  get requests(): readonly string[] {
    return this.journal.requests
  }

  nextId = (): number => ++this.#ids

  violate(what: string): void {
    if (this.violations.length < mostViolations) this.violations.push(what)
  }

  /** Throws what did not fit GitHub's description so far. For the end of every test. */
  assertNoViolations(): void {
    if (this.violations.length > 0) throw new Error(this.violations.join('\n'))
  }

  /** An account, made where there is none of the name. */
  account(login: string, type: Account['type'] = 'User'): Account {
    const known = this.accounts.get(login)
    if (known !== undefined) return known
    const account = { id: this.nextId(), login, type }
    this.accounts.set(login, account)
    return account
  }

  /** A team of an organisation, with its members. */
  team(organization: string, slug: string, members: readonly string[]): Team {
    for (const login of members) this.account(login)
    const team = { id: this.nextId(), organization, slug, members: new Set(members) }
    this.teams.push(team)
    return team
  }

  /** Registers an app, with a key and a secret of its own. */
  app(slug: string, given: { permissions: Permissions; events: string[]; webhookUrl?: string; owner?: string }): App {
    const id = this.nextId()
    const app: App = {
      id,
      slug,
      name: slug,
      owner: this.account(given.owner ?? 'acme', 'Organization'),
      bot: this.account(`${slug}[bot]`, 'Bot'),
      ...newKey(),
      webhookSecret: randomBytes(20).toString('hex'),
      webhookUrl: given.webhookUrl,
      permissions: { metadata: 'read', ...given.permissions },
      events: given.events,
      createdAt: new Date().toISOString(),
    }
    this.apps.set(id, app)
    return app
  }

  /** Installs an app on an account's repositories, and tells the app. */
  install(app: App, login: string, repositories: readonly string[] | 'all' = 'all'): InstallationScenario {
    const id = this.nextId()
    const installation: Installation = {
      id,
      app,
      account: this.account(login, 'Organization'),
      permissions: { ...app.permissions },
      events: [...app.events],
      repositories: repositories === 'all' ? 'all' : new Set(repositories),
      suspended: false,
      createdAt: new Date().toISOString(),
    }
    this.installations.set(id, installation)
    return new InstallationScenario(this, installation).created()
  }

  /** A repository to do things with, made where there is none of the full name. */
  repository(fullName: string, given: { parent?: string; roles?: Record<string, Role> } = {}): RepositoryScenario {
    const [owner = '', name = ''] = fullName.split('/')
    const parent = given.parent === undefined ? undefined : this.repositories.get(given.parent)
    const repository =
      this.repositories.get(fullName) ??
      new Repository({
        id: this.nextId(),
        owner: this.account(owner, parent === undefined ? 'Organization' : 'User'),
        name,
        urls: this.urls,
        nextId: this.nextId,
        ...(parent === undefined ? {} : { parent }),
      })
    this.repositories.set(fullName, repository)
    for (const [login, role] of Object.entries(given.roles ?? {})) {
      this.account(login)
      repository.roles.set(login, role)
    }
    return new RepositoryScenario(this, repository)
  }

  /** When every webhook under way has been answered or has failed. */
  settled(): Promise<void> {
    return this.deliveries.settled()
  }
}
