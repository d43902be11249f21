import { createHmac } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { realServer, type RealServer } from '../../adapters/postgres/databases.ts'
import { runsAsRoot } from './sources.ts'
import { until } from './stage.ts'
import { useStage } from './use-stage.ts'

const { shared, open, prepare } = useStage()
const patience = 60_000
const event = 'deployment_protection_rule'

describe('a webhook is missed', () => {
  test('while the App is down: it asks for it when it is back, and answers once', async () => {
    const stage = await open()
    const shop = stage.shop({ Dockerfile: runsAsRoot })
    const good = shop.commit({ Dockerfile: 'FROM node:24.1.0-alpine\nUSER node\n' }, { branch: 'next', silent: true })
    await stage.quiet()
    await stage.process.stop()
    const rejected = shop.deploy({ environment: 'production' })
    const approved = shop.deploy({ environment: 'production', sha: good })
    await stage.github.settled()
    expect(stage.github.deliveries.log.at(-1)).toMatchObject({ event, status: 'failed to connect to host' })
    await stage.process.start()
    expect(await rejected.answered(patience)).toBe('rejected')
    expect(await approved.answered(patience)).toBe('approved')
    await stage.quiet()
    for (const { run } of [rejected, approved]) expect(stage.answers(run.id)).toHaveLength(1)
  })

  test('of a pull request, while the App is down: it is judged when it is back', async () => {
    const stage = await open()
    const shop = stage.shop()
    await stage.quiet()
    await stage.process.kill()
    const pull = shop.pullRequest({ files: { Dockerfile: runsAsRoot } })
    await stage.github.settled()
    await stage.process.start()
    await until('the pull request is judged', () => pull.comments.length > 0, patience)
    await stage.quiet()
    expect(pull.comments).toHaveLength(1)
  })

  test('on the way, while the App is up: within two minutes it is asked for again', async () => {
    const stage = await open()
    const shop = stage.shop()
    await stage.quiet()
    stage.github.deliveries.faults.push({ event, kind: 'lost' })
    const asked = shop.deploy({ environment: 'production' })
    expect(await asked.answered(130_000)).toBe('approved')
    expect(stage.answers(asked.run.id)).toHaveLength(1)
  })
})

describe('the database is slow', () => {
  let server: RealServer
  beforeAll(async () => {
    server = await realServer()
  })
  afterAll(() => server.stop())

  test('for longer than Probot waits: GitHub has a failure, and the delivery is sent again', async () => {
    const stage = await prepare({ databaseUrl: server.url })
    await stage.process.start()
    const shop = stage.shop()
    await stage.quiet()
    const client = new pg.Client({ connectionString: server.url })
    await client.connect()
    await client.query('begin; lock table prodgate.deliveries in access exclusive mode')
    const asked = shop.deploy({ environment: 'production' })
    await stage.github.settled()
    const attempts = stage.github.deliveries.log.filter((one) => one.event === event)
    expect(attempts).toMatchObject([{ statusCode: 500, redelivery: false }])
    // GitHub waits ten seconds.
    expect(attempts[0]?.duration).toBeLessThan(10)
    // What waits for the lock dies with the process: only GitHub knows of the request now.
    await stage.process.kill()
    await client.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database()`,
    )
    await client.query('rollback')
    await client.end()
    expect(asked.state).toBe('waiting')
    await stage.process.start()
    expect(await asked.answered(patience)).toBe('approved')
    await stage.quiet()
    expect(stage.github.deliveries.log.findLast((one) => one.event === event)).toMatchObject({
      guid: attempts[0]?.guid,
      redelivery: true,
      status: 'OK',
    })
    expect(stage.answers(asked.run.id)).toEqual([{ state: 'approved', status: 204 }])
  })
})

describe('a webhook is refused', () => {
  test('that is not signed, or with another secret: nothing is kept of it', async () => {
    const stage = await shared()
    const shop = stage.shop()
    const asked = shop.deploy({ environment: 'production' })
    await asked.answered(patience)
    await stage.quiet()
    const payload = stage.github.deliveries.log.find((one) => one.event === event)?.payload ?? ''
    const before = stage.github.requests.length
    const send = async (signature: Record<string, string>): Promise<number> => {
      const response = await fetch(stage.app.webhookUrl ?? '', {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-github-event': event,
          'x-github-delivery': 'forged',
          ...signature,
        },
        body: payload,
      })
      await response.arrayBuffer()
      return response.status
    }
    const forged = `sha256=${createHmac('sha256', 'development').update(payload).digest('hex')}`
    expect(await send({})).toBeGreaterThanOrEqual(400)
    expect(await send({ 'x-hub-signature-256': forged })).toBeGreaterThanOrEqual(400)
    await stage.quiet()
    expect(stage.github.requests.length).toBe(before)
  })
})

describe('the process', () => {
  test('answers its probes, and stops in good order when it is asked to', async () => {
    const stage = await open()
    const get = async (path: string): Promise<number> => (await fetch(`${stage.process.url}${path}`)).status
    expect([await get('/healthz'), await get('/readyz'), await get('/metrics')]).toEqual([200, 200, 200])
    expect(await stage.process.stop()).toBe(0)
  })

  test('ends the work that it has begun before it stops', async () => {
    const stage = await open()
    const shop = stage.shop()
    await stage.quiet()
    stage.github.faults.add({ kind: 'latency', milliseconds: 200 })
    const asked = shop.deploy({ environment: 'production' })
    await stage.github.settled()
    expect(await stage.process.stop()).toBe(0)
    stage.github.faults.clear()
    await stage.process.start()
    expect(await asked.answered(patience)).toBe('approved')
    await stage.quiet()
    expect(stage.answers(asked.run.id)).toHaveLength(1)
  })
})
