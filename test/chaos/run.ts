/**
 * `npm run chaos`: the App is killed again and again while deployments are asked for and GitHub misbehaves. Every request has
 * to be answered, once and rightly. Ends with 1 unless that is so.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { parseArgs } from 'node:util'
import { buildApp } from '../e2e/app/build-app.ts'
import { ordeal, type Ordeal } from './ordeal.ts'
import { perfect } from './tally.ts'

const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '300' },
    database: { type: 'string', multiple: true, default: ['embedded', 'server'] },
    seed: { type: 'string', default: '7' },
    seconds: { type: 'string', default: '300' },
    /** A file for the App's log of each run, for whoever looks for a mistake. */
    log: { type: 'string' },
  },
})
const names: Record<Ordeal['database'], string> = {
  embedded: 'the embedded PostgreSQL, one process',
  server: 'a PostgreSQL server, one web process and three workers',
}
const most = 5
const say = (text: string): void => void process.stdout.write(`${text}\n`)

const built = await buildApp()
let good = true
try {
  for (const database of values.database as Ordeal['database'][]) {
    if (!(database in names)) throw new Error(`--database is embedded or server, not ${database}`)
    say(`\nOn ${names[database]}`)
    const outcome = await ordeal({
      bundle: built.bundle,
      database,
      requests: Number(values.requests),
      seed: Number(values.seed),
      seconds: Number(values.seconds),
    })
    const { sent, answered, wrong, doubled, lost, repeated, kills, faults, violations, seconds } = outcome
    const injected = Object.entries(faults).map(([kind, times]) => `${kind} ${times}`)
    say(
      `  sent ${sent}, answered ${answered}, wrong ${wrong.length}, doubled ${doubled.length}, lost ${lost.length}
  in ${seconds.toFixed(0)} s, with ${kills} kills; ${repeated} answers were given again and refused
  faults: ${injected.join(', ')}`,
    )
    for (const [name, list] of Object.entries({ wrong, doubled, lost, violations })) {
      for (const one of list.slice(0, most)) say(`  ${name}: ${one}`)
      if (list.length > most) say(`  ${name}: and ${list.length - most} more`)
    }
    if (values.log !== undefined) {
      mkdirSync(dirname(values.log), { recursive: true })
      writeFileSync(`${values.log}.${database}`, outcome.log)
    }
    good &&= perfect(outcome) && violations.length === 0
  }
} finally {
  built.remove()
}
say(good ? '\nEvery request was answered once and rightly.' : '\nNot every request was answered once and rightly.')
process.exitCode = good ? 0 : 1
