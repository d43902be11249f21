import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { freePort } from '../e2e/app/app-process.ts'
import { Stage } from '../e2e/app/stage.ts'
import { realServer } from '../adapters/postgres/databases.ts'
import { GitHub } from '../simulator/github.ts'
import { seeded } from '../simulator/http/faults.ts'
import { prodgate } from '../simulator/prodgate.ts'
import { Fleet } from './fleet.ts'
import { requests, type Asked } from './requests.ts'
import { tally, type Tally } from './tally.ts'
import { calm, storm, stormOnTheWay } from './weather.ts'

export interface Ordeal {
  bundle: string
  database: 'embedded' | 'server'
  requests: number
  seed: number
  /** The longest that it may take, in seconds. */
  seconds: number
}

export interface Outcome extends Tally {
  kills: number
  faults: Record<string, number>
  violations: readonly string[]
  seconds: number
  log: string
}

/** Pause between two requests, in milliseconds. */
const pace = 100

/** The database's place in the environment, and how to take it away. */
const databaseOf = async (kind: Ordeal['database']) => {
  if (kind === 'server') {
    const server = await realServer()
    return {
      env: { DATABASE_URL: server.url },
      roles: ['web', 'worker', 'worker', 'worker'],
      remove: () => server.stop(),
    }
  }
  const folder = mkdtempSync(join(tmpdir(), 'prodgate-chaos-'))
  const remove = (): Promise<void> => {
    rmSync(folder, { recursive: true, force: true })
    return Promise.resolve()
  }
  return { env: { PRODGATE_DATA: join(folder, 'data') }, roles: ['all'], remove }
}

/** Asks for deployments while the App's processes are killed and GitHub misbehaves, and counts what became of them. */
export const ordeal = async ({ bundle, database, requests: count, seed, seconds }: Ordeal): Promise<Outcome> => {
  const begun = Date.now()
  const end = begun + seconds * 1000
  const random = seeded(seed)
  const github = new GitHub({ rateLimit: 1_000_000 })
  github.faults.seed(seed)
  await github.start()
  const port = await freePort()
  const app = github.app('prodgate', { ...prodgate, webhookUrl: `http://127.0.0.1:${port}/api/github/webhooks` })
  const { env, roles, remove } = await databaseOf(database)
  const credentials = { ...Stage.credentials(github, app), LOG_LEVEL: 'warn' }
  const fleet = await Fleet.start({ bundle, port, roles, env: { ...credentials, ...env }, random: seeded(seed + 1) })
  try {
    const ask = requests(github, app)
    await github.settled()
    storm(github)
    fleet.beginKilling()
    const asked: Asked[] = []
    for (let n = 0; n < count; n++) {
      stormOnTheWay(github, random)
      asked.push(ask(random))
      await pause(pace)
    }
    const waiting = (): number => asked.filter(({ deployment }) => deployment.state === 'waiting').length
    // The killing goes on while most are still waiting, though not for ever: somebody has to live to answer.
    const killUntil = Math.min(end, Date.now() + (seconds * 1000) / 4)
    while (waiting() > count / 10 && Date.now() < killUntil) await pause(pace)
    await fleet.endKilling()
    calm(github)
    while (waiting() > 0 && Date.now() < end) await pause(pace)
    // Whoever wants to answer twice has time for it.
    await pause(2000)
    return {
      ...tally(github, asked),
      kills: fleet.kills,
      faults: { ...github.faults.struck },
      violations: github.violations,
      seconds: (Date.now() - begun) / 1000,
      log: fleet.log,
    }
  } finally {
    await fleet.kill()
    await github.stop()
    await remove()
  }
}
