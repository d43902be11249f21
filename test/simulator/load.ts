/** Measures what the simulator itself costs: requests and webhooks a second, each held against the description. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { newShop } from './testing.ts'

const inTurns = async (count: number, workers: number, work: (n: number) => Promise<unknown>): Promise<number> => {
  let next = 0
  const begun = performance.now()
  const one = async (): Promise<void> => {
    while (next < count) await work(next++)
  }
  await Promise.all(Array.from({ length: workers }, one))
  return count / ((performance.now() - begun) / 1000)
}

const sink = createServer((request, response) => {
  request.resume().on('end', () => response.writeHead(200).end())
})
await new Promise<void>((resolve) => {
  sink.listen(0, '127.0.0.1', resolve)
})
const made = await newShop(`http://127.0.0.1:${(sink.address() as AddressInfo).port}/`)
const { github, shop, app, installation } = made
github.limits.limit = Number.POSITIVE_INFINITY
github.tokens.set('load', {
  account: app.bot,
  permissions: installation.state.permissions,
  repositories: 'all',
  installation: installation.state,
  app,
  expiresAt: Number.POSITIVE_INFINITY,
})
const ask = async (method: string, path: string, body?: object): Promise<number> => {
  const headers = { authorization: 'token load', 'content-type': 'application/json' }
  const init = body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) }
  const response = await fetch(`${github.url}/repos/acme/shop${path}`, init)
  await response.arrayBuffer()
  return response.status
}

const pull = shop.pullRequest({ files: { a: 'b' } })
const runs: number[] = []
const measures: Record<string, () => Promise<number>> = {
  'GET contents': () => inTurns(2000, 10, () => ask('GET', '/contents/Dockerfile?ref=main')),
  'GET pull request': () => inTurns(2000, 10, () => ask('GET', `/pulls/${pull.number}`)),
  'POST check run': () =>
    inTurns(500, 10, (n) =>
      ask('POST', '/check-runs', { name: `gate ${n}`, head_sha: shop.head, status: 'in_progress' }),
    ),
  'deployments, with their webhooks': () =>
    inTurns(500, 10, async () => {
      runs.push(shop.deploy({ environment: 'production' }).run.id)
      await github.settled()
    }),
  'gate answers': () =>
    inTurns(500, 10, () =>
      ask('POST', `/actions/runs/${runs.pop()}/deployment_protection_rule`, {
        environment_name: 'production',
        state: 'approved',
        comment: 'go',
      }),
    ),
  'pushes to a pull request, with their webhooks': () =>
    inTurns(200, 10, async (n) => {
      pull.push({ a: String(n) })
      await github.settled()
    }),
}
for (const [name, measure] of Object.entries(measures)) {
  await measure()
  const before = github.deliveries.log.length
  const rate = await measure()
  const sent = github.deliveries.log.length - before
  process.stdout.write(`${name}: ${Math.round(rate)} a second, ${sent} deliveries\n`)
}
process.stdout.write(`violations: ${JSON.stringify(github.violations)}\n`)
await github.settled()
await github.stop()
sink.closeAllConnections()
sink.close()
