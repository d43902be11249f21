/**
 * `npm run load`: what the App does in a second, with GitHub 50 ms away. The simulator is a process of its own; the App is one
 * process on a PostgreSQL server, or on the embedded one.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { realServer } from '../test/adapters/postgres/databases.ts'
import { AppProcess, freePort } from '../test/e2e/app/app-process.ts'
import { buildApp } from '../test/e2e/app/build-app.ts'
import { acknowledgements, callsPerEvaluation, decisions, rush } from './app-load/measures.ts'
import { startSimulator } from './app-load/simulator.ts'
import { table, type Row } from './app-load/table.ts'

const { values } = parseArgs({
  options: {
    database: { type: 'string', multiple: true, default: ['server', 'embedded'] },
    /** Of the API, in milliseconds. */
    latency: { type: 'string', default: '50' },
    /** How long deliveries come, in seconds. */
    seconds: { type: 'string', default: '20' },
  },
})
const names: Record<string, string> = { server: 'a PostgreSQL server', embedded: 'the embedded PostgreSQL' }

const measure = async (bundle: string, database: string): Promise<Row[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'prodgate-load-'))
  const server = database === 'server' ? await realServer() : undefined
  const port = await freePort()
  const simulator = await startSimulator(`http://127.0.0.1:${port}/api/github/webhooks`)
  const where = server === undefined ? { PRODGATE_DATA: join(folder, 'data') } : { DATABASE_URL: server.url }
  const app = new AppProcess({ bundle, port, env: { ...simulator.env, ...where, LOG_LEVEL: 'warn' } })
  try {
    await app.start()
    const calls = await callsPerEvaluation(simulator, app)
    await simulator.latency(Number(values.latency))
    return [
      ...calls,
      ...(await decisions(simulator, app)),
      ...(await acknowledgements(simulator, app, Number(values.seconds))),
      ...(await rush(simulator, app)),
    ]
  } finally {
    await app.kill()
    await simulator.stop()
    await server?.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

const built = await buildApp()
let met = true
try {
  process.stdout.write(`${availableParallelism()} cores, the API ${values.latency} ms away\n`)
  for (const database of values.database) {
    const rows = await measure(built.bundle, database)
    process.stdout.write(`\nOn ${names[database] ?? database}\n${table(rows)}`)
    met &&= rows.every((row) => row.met !== false)
  }
} finally {
  built.remove()
}
process.exitCode = met ? 0 : 1
