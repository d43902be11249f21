import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { GitHub, type Options } from '../../simulator/github.ts'
import { prodgate } from '../../simulator/prodgate.ts'
import type { InstallationScenario } from '../../simulator/scenario/installation.ts'
import type { RepositoryScenario } from '../../simulator/scenario/repository.ts'
import type { App } from '../../simulator/state/types.ts'
import { AppProcess, freePort } from './app-process.ts'
import { law, lawPath, privateWord, runsAsNode } from './sources.ts'

export interface StageOptions {
  bundle: string
  github?: Options
  /** A server; without it the embedded database in a folder of its own. */
  databaseUrl?: string
  /** A folder of an embedded database that is copied; without it the App makes its own at its first start. */
  database?: string | undefined
  env?: Readonly<Record<string, string>>
}

export const roles = { ada: 'admin', grace: 'write', alan: 'read' } as const

/** Waits until something is so. @throws with the words after `milliseconds` */
export const until = async (what: string, so: () => boolean, milliseconds = 60_000): Promise<void> => {
  const end = Date.now() + milliseconds
  while (!so()) {
    if (Date.now() > end) throw new Error(`after ${milliseconds / 1000} s it is still not so: ${what}`)
    await pause(20)
  }
}

/** A GitHub, and the App beside it as a process that is registered there. */
export class Stage {
  readonly github: GitHub
  readonly app: App
  readonly process: AppProcess
  readonly #folder: string
  #organizations = 0

  private constructor(github: GitHub, app: App, process: AppProcess, folder: string) {
    this.github = github
    this.app = app
    this.process = process
    this.#folder = folder
  }

  /** Puts up the GitHub and registers the App, which is not started. */
  static async prepare(options: StageOptions): Promise<Stage> {
    const github = new GitHub({ rateLimit: 1_000_000, ...options.github })
    await github.start()
    const port = await freePort()
    const webhookUrl = `http://127.0.0.1:${port}/api/github/webhooks`
    const app = github.app('prodgate', { ...prodgate, webhookUrl })
    const folder = mkdtempSync(join(tmpdir(), 'prodgate-data-'))
    const data = join(folder, 'data')
    if (options.database !== undefined) cpSync(options.database, data, { recursive: true })
    const process = new AppProcess({
      bundle: options.bundle,
      port,
      env: {
        ...Stage.credentials(github, app),
        ...(options.databaseUrl === undefined ? { PRODGATE_DATA: data } : { DATABASE_URL: options.databaseUrl }),
        ...options.env,
      },
    })
    return new Stage(github, app, process, folder)
  }

  /** Puts everything up, the App included. */
  static async open(options: StageOptions): Promise<Stage> {
    const stage = await Stage.prepare(options)
    await stage.process.start()
    return stage
  }

  static credentials(github: GitHub, app: App): Record<string, string> {
    return {
      APP_ID: String(app.id),
      PRIVATE_KEY: app.privateKey,
      WEBHOOK_SECRET: app.webhookSecret,
      GHE_HOST: new URL(github.url).host,
      GHE_PROTOCOL: 'http',
      LOG_LEVEL: 'debug',
    }
  }

  /** An organisation of its own for each story, with the App installed and one shop in it. */
  shop(files: Record<string, string> = {}, name = 'shop'): RepositoryScenario {
    return this.organization(files, name).shop
  }

  organization(
    files: Record<string, string> = {},
    name = 'shop',
  ): { shop: RepositoryScenario; login: string; installation: InstallationScenario } {
    this.#organizations += 1
    const login = `clinic-${this.#organizations}`
    const shop = this.github.repository(`${login}/${name}`, { roles })
    shop.commit({ [lawPath]: law(), Dockerfile: runsAsNode, ...files }, { silent: true })
    const installation = this.github.install(this.app, login)
    return { shop, login, installation }
  }

  /** The final answers that GitHub got for a run, taken or refused. */
  answers(run: number): { state: 'approved' | 'rejected'; status: number }[] {
    return this.github.journal.answers.flatMap(({ run: of, state, status }) =>
      of === run && state !== undefined ? [{ state, status }] : [],
    )
  }

  /**
   * When the App has nothing to do: no webhook is under way and its queues are empty.
   * @throws when that is not so in time
   */
  async quiet(milliseconds = 60_000): Promise<void> {
    const end = Date.now() + milliseconds
    for (let calm = 0; calm < 3;) {
      await this.github.settled()
      const busy = await this.busy()
      calm = busy === 0 ? calm + 1 : 0
      if (Date.now() > end) throw new Error(`${busy} jobs are not done:\n${this.process.log.slice(-4000)}`)
      await pause(60)
    }
  }

  /** Jobs that are due or run. */
  async busy(): Promise<number> {
    const response = await fetch(`${this.process.url}/metrics`)
    const text = await response.text()
    const lines = text.split('\n').filter((line) => /^prodgate_queue_(?:waiting|active)_jobs\{/.test(line))
    if (lines.length === 0) throw new Error(`the metrics have no queues: ${text.slice(0, 500)}`)
    return lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0)
  }

  /** What of this is secret and stands in the log all the same. */
  leaks(): string[] {
    const { log } = this.process
    const key = this.app.privateKey.split('\n').filter((line) => line.length > 20 && !line.startsWith('-----'))
    const secrets = { 'the private key': key, 'the webhook secret': [this.app.webhookSecret] }
    const found = Object.entries({
      ...secrets,
      'a token': [...this.github.tokens.keys()],
      'the content of a file': [privateWord],
      'a signed token': ['Bearer ey', 'bearer ey'],
    }).filter(([, words]) => words.some((word) => log.includes(word)))
    return found.map(([name]) => name)
  }

  /** For the end of every story: nothing was asked or answered that GitHub does not know, and nothing secret was printed. */
  check(): void {
    const violations = this.github.violations.splice(0)
    if (violations.length > 0) throw new Error(violations.join('\n'))
    const leaks = this.leaks()
    if (leaks.length > 0) throw new Error(`the log has ${leaks.join(', ')}`)
  }

  async close(): Promise<void> {
    await this.process.kill()
    await this.github.stop()
    rmSync(this.#folder, { recursive: true, force: true })
  }
}
