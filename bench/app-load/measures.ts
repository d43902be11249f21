import { setTimeout as pause } from 'node:timers/promises'
import type { AppProcess } from '../../test/e2e/app/app-process.ts'
import { law, lawPath, runsAsNode } from '../../test/e2e/app/sources.ts'
import type { GateRow, Simulator } from './simulator.ts'
import { percentile, type Row } from './table.ts'

const repository = 'acme/shop'
const calm = 60_000

/** The usual policy: it names the workflow whose results count. */
const named = law('', 'evidence: { workflows: [.github/workflows/test.yml] }\n')

const busy = async (app: AppProcess): Promise<number> => {
  const text = await (await fetch(`${app.url}/metrics`)).text()
  const lines = text.split('\n').filter((line) => /^prodgate_queue_(?:waiting|active)_jobs\{/.test(line))
  return lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0)
}

/** Waits until the App has nothing to do. */
const quiet = async (simulator: Simulator, app: AppProcess, milliseconds = calm): Promise<void> => {
  const end = Date.now() + milliseconds
  for (let free = 0; free < 4; await pause(150)) {
    await simulator.post('settled', {})
    free = (await busy(app)) === 0 ? free + 1 : 0
    if (Date.now() > end) throw new Error(`the App is still busy after ${milliseconds} ms`)
  }
}

const calls = async (simulator: Simulator): Promise<number> => {
  const { requests } = await simulator.state()
  // A token is asked for once an hour, and an archive is fetched from the storage that the API names.
  return Object.entries(requests)
    .filter(([route]) => !route.includes('access_tokens') && !route.startsWith('GET storage'))
    .reduce((sum, [, times]) => sum + times, 0)
}

const routes = async (simulator: Simulator): Promise<string> =>
  Object.entries((await simulator.state()).requests)
    .map(([route, times]) => `${times} × ${route}`)
    .join(', ')

const milliseconds = (value: number): string => `${Math.round(value)} ms`

/** How many requests to GitHub one evaluation of a pull request costs: the first, and after a push of one file. */
export const callsPerEvaluation = async (simulator: Simulator, app: AppProcess): Promise<Row[]> => {
  const services = Array.from({ length: 20 }, (_, n) => [`services/${n}/Dockerfile`, runsAsNode] as const)
  await simulator.post('repository', {
    repository,
    files: { [lawPath]: named, Dockerfile: runsAsNode, ...Object.fromEntries(services) },
  })
  await quiet(simulator, app)
  await simulator.post('clear', {})
  const pull = await simulator.post<{ number: number }>('pull-request', {
    repository,
    files: { 'jobs/Dockerfile': runsAsNode },
  })
  await quiet(simulator, app)
  const first = await calls(simulator)
  await simulator.post('clear', {})
  await simulator.post('push', {
    repository,
    number: pull.number,
    files: { 'jobs/Dockerfile': runsAsNode.replace('USER node\n', '') },
  })
  await quiet(simulator, app)
  const again = await calls(simulator)
  process.stdout.write(`  a push of one file: ${await routes(simulator)}\n`)
  return [
    { what: 'API calls, first evaluation of a pull request', value: String(first) },
    { what: 'API calls, after a push of one file', value: String(again), target: 'at most 6', met: again <= 6 },
  ]
}

const answered = async (simulator: Simulator, time: number): Promise<GateRow[]> => {
  const end = Date.now() + time
  for (;;) {
    const gates = await simulator.gates()
    if (gates.every(({ state }) => state !== 'waiting')) return gates
    if (Date.now() > end) throw new Error(`${gates.filter(({ state }) => state === 'waiting').length} have no answer`)
    await pause(100)
  }
}

const times = (gates: readonly GateRow[]): number[] =>
  gates.map(({ openedAt, answeredAt = Number.POSITIVE_INFINITY }) => answeredAt - openedAt)

/** How long a gate waits whose commit was judged before: five a second, one after the other. */
export const decisions = async (simulator: Simulator, app: AppProcess): Promise<Row[]> => {
  const shas = await judgedCommits(simulator, app)
  for (let n = 0; n < 100; n++) {
    await simulator.post('deploy', { repository, environment: 'production', sha: shas[n % commits] })
    await pause(200)
  }
  const waited = times(await answered(simulator, calm))
  const p95 = percentile(waited, 0.95)
  return [
    { what: 'answer to a gate with a kept verdict, p50', value: milliseconds(percentile(waited, 0.5)) },
    {
      what: 'answer to a gate with a kept verdict, p95',
      value: milliseconds(p95),
      target: 'under 1,500 ms',
      met: p95 < 1500,
    },
    { what: 'answer to a gate with a kept verdict, p99', value: milliseconds(percentile(waited, 0.99)) },
  ]
}

const rushed = 300

/** A commit has a few runs, and not hundreds. */
const commits = 30

/** Commits of the default branch, each of which was judged. */
const judgedCommits = async (simulator: Simulator, app: AppProcess): Promise<string[]> => {
  const shas: string[] = []
  for (let n = 0; n < commits; n++) {
    const files = { 'README.md': `A shop, ${n}` }
    shas.push((await simulator.post<{ sha: string }>('commit', { repository, files })).sha)
  }
  await quiet(simulator, app, 2 * calm)
  return shas
}

/** How many gates are answered in a second when many come at once. */
export const rush = async (simulator: Simulator, app: AppProcess): Promise<Row[]> => {
  const shas = await judgedCommits(simulator, app)
  const before = new Set((await simulator.gates()).map(({ run }) => run))
  await Promise.all(
    Array.from({ length: rushed }, (_, n) =>
      simulator.post('deploy', { repository, environment: 'production', sha: shas[n % commits] }),
    ),
  )
  const gates = (await answered(simulator, 2 * calm)).filter(({ run }) => !before.has(run))
  const first = Math.min(...gates.map(({ openedAt }) => openedAt))
  const last = Math.max(...gates.map(({ answeredAt = 0 }) => answeredAt))
  const rate = gates.length / ((last - first) / 1000)
  return [{ what: `answers a second, of ${rushed} at once`, value: rate.toFixed(1) }]
}

const wanted = 100

/** How long GitHub waits for the acknowledgement at a hundred deliveries a second; some ask for a deployment or say something. */
export const acknowledgements = async (simulator: Simulator, app: AppProcess, seconds: number): Promise<Row[]> => {
  const shas = await judgedCommits(simulator, app)
  await simulator.post('clear', {})
  const begun = Date.now()
  const posts: Promise<unknown>[] = []
  for (let n = 0; n < seconds * wanted;) {
    const due = Math.floor(((Date.now() - begun) / 1000) * wanted)
    for (; n < Math.min(due, seconds * wanted); n++)
      posts.push(
        n % 50 === 0
          ? simulator.post('deploy', { repository, environment: 'production', sha: shas[(n / 50) % commits] })
          : simulator.post('comment', { repository, number: 1, user: 'grace', text: `looks good to me, ${n}` }),
      )
    await pause(5)
  }
  await Promise.all(posts)
  await simulator.post('settled', {})
  const took = (Date.now() - begun) / 1000
  const all = await simulator.deliveries()
  const good = all.filter(({ statusCode }) => statusCode >= 200 && statusCode < 300)
  const waited = good.map(({ duration }) => duration * 1000)
  const rate = good.length / took
  const p99 = percentile(waited, 0.99)
  const whole = good.length === all.length
  return [
    {
      what: `deliveries acknowledged a second (${good.length} of ${all.length})`,
      value: rate.toFixed(1),
      target: `${wanted}, all of them`,
      met: whole && rate >= wanted * 0.97,
    },
    { what: 'acknowledgement, p50', value: milliseconds(percentile(waited, 0.5)) },
    { what: 'acknowledgement, p95', value: milliseconds(percentile(waited, 0.95)) },
    { what: 'acknowledgement, p99', value: milliseconds(p99), target: 'under 500 ms', met: p99 < 500 },
  ]
}
