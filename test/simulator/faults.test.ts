import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Faults, seeded, type Fault } from './http/faults.ts'
import { newShop, octokitOf } from './testing.ts'

let made: Awaited<ReturnType<typeof newShop>>

beforeEach(async () => {
  made = await newShop()
})
afterEach(async () => {
  await made.github.stop()
})

const route = 'GET /repos/{owner}/{repo}'
const read = () =>
  octokitOf(made.github, made.app, made.installation.id).rest.repos.get({ owner: 'acme', repo: 'shop' })
const failed = async () => {
  try {
    return String((await read()).status)
  } catch (error) {
    const { status, response } = error as { status: number; response?: { headers: Record<string, string> } }
    return [status, response?.headers['retry-after'], response?.headers['x-ratelimit-remaining']]
      .filter(Boolean)
      .join(' ')
  }
}

describe('one request goes wrong, and the next is well', () => {
  test.each<[Fault, string]>([
    [{ kind: 'bad-gateway' }, '502'],
    [{ kind: 'drop' }, '500'],
    [{ kind: 'secondary-limit', retryAfter: 7 }, '403 7'],
    [{ kind: 'primary-limit' }, '403 0'],
    [{ kind: 'invalid' }, '422'],
  ])('%o', async (fault, expected) => {
    made.github.faults.add({ ...fault, route })
    expect(await failed()).toBe(expected)
    expect(await failed()).toBe('200')
    expect(made.github.violations).toEqual([])
  })

  test('an answer that never comes', async () => {
    made.github.faults.add({ kind: 'hang', route })
    const { id } = made.installation
    const octokit = octokitOf(made.github, made.app, id)
    const given = { owner: 'acme', repo: 'shop', request: { signal: AbortSignal.timeout(300) } }
    await expect(octokit.rest.repos.get(given)).rejects.toThrow(/aborted/)
    expect((await octokit.rest.repos.get({ owner: 'acme', repo: 'shop' })).status).toBe(200)
  })

  test('latency is added to every answer', async () => {
    made.github.faults.add({ kind: 'latency', route, milliseconds: 60 })
    const begun = performance.now()
    await read()
    expect(performance.now() - begun).toBeGreaterThan(59)
  })
})

test('the nth request, so many times', () => {
  const faults = new Faults()
  faults.add({ kind: 'bad-gateway', route: 'POST *', nth: 2, times: 2 })
  const struck = ['GET /a', 'POST /a', 'POST /b', 'POST /c', 'POST /d'].map((one) => faults.strike(one).fault?.kind)
  expect(struck).toEqual([undefined, undefined, 'bad-gateway', 'bad-gateway', undefined])
})

test('the same seed strikes the same requests', () => {
  const run = (seed: number): boolean[] => {
    const faults = new Faults()
    faults.seed(seed)
    faults.add({ kind: 'drop', probability: 0.3 })
    return Array.from({ length: 200 }, () => faults.strike('GET /app').fault !== undefined)
  }
  expect(run(7)).toEqual(run(7))
  expect(run(7)).not.toEqual(run(8))
  const hits = run(7).filter(Boolean).length
  expect(hits).toBeGreaterThan(30)
  expect(hits).toBeLessThan(90)
  expect(seeded(1)()).toBeGreaterThanOrEqual(0)
})

test('a request that does not fit the description is answered 500 and kept', async () => {
  const octokit = octokitOf(made.github, made.app, made.installation.id)
  const wrong = octokit.request('POST /repos/{owner}/{repo}/check-runs', {
    owner: 'acme',
    repo: 'shop',
    name: 'x',
  } as never)
  await expect(wrong).rejects.toMatchObject({ status: 500 })
  await expect(octokit.request('GET /repos/acme/shop/pulls?colour=red')).rejects.toMatchObject({ status: 500 })
  expect(made.github.violations).toHaveLength(2)
  expect(made.github.violations[0]).toContain('head_sha')
  expect(made.github.violations[1]).toContain('colour')
})
