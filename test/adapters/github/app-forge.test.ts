import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { apiUrl, type Observed } from '../../../src/adapters/github/app-octokit.ts'
import type { CheckRun } from '../../../src/ports/check-runs.ts'
import { liveShop, type LiveShop } from './live.ts'

let live: LiveShop
const seen: Observed[] = []

beforeEach(async () => {
  seen.length = 0
  live = await liveShop({ observe: (request) => seen.push(request) })
})
afterEach(async () => {
  await live.github.stop()
  live.github.assertNoViolations()
})

const count = (route: string): number => live.github.journal.counts[route] ?? 0
const checkName = 'prodgate / production'
const tokens = 'POST /app/installations/{installation_id}/access_tokens'
const post = 'POST /repos/{owner}/{repo}/check-runs'
const patch = 'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}'
const runOf = (state: CheckRun['state'], lines: number, sha = live.shop.head): CheckRun => ({
  name: checkName,
  sha,
  externalId: 'production',
  state,
  output: {
    title: 'no-go',
    summary: 'two blockers',
    text: 'all of it',
    annotations: Array.from({ length: lines }, (_, at) => ({
      path: 'Dockerfile',
      startLine: at + 1,
      endLine: at + (at % 2) + 1,
      startColumn: 3,
      endColumn: 9,
      level: 'failure',
      title: 'runs as root',
      message: `line ${at}`,
    })),
  },
  actions: [{ label: 'Re-evaluate', description: 'Judge again', identifier: 'recheck' }],
})
const failed = { status: 'completed', conclusion: 'failure' } as const
const shown = () => live.shop.checks(live.shop.head).get(checkName)

describe('check runs', () => {
  test('are in progress, then completed with every annotation', async () => {
    const made = await live.acme.checks.create(runOf({ status: 'in_progress' }, 0))
    const id = made.ok ? made.value : 0
    expect(await live.acme.checks.update(id, runOf(failed, 120))).toEqual({ ok: true, value: undefined })
    expect(shown()).toMatchObject({ status: 'completed', conclusion: 'failure', externalId: 'production' })
    expect(shown()?.output.annotations.length).toBe(120)
    expect([count(post), count(patch)]).toEqual([1, 3])
    expect(live.github.journal.requests.some((route) => route.endsWith('/annotations'))).toBe(false)
  })

  test('are completed before the annotations that a crash would lose', async () => {
    live.github.faults.add({ kind: 'invalid', route: patch })
    expect(await live.acme.checks.create(runOf(failed, 51))).toMatchObject({ ok: false })
    expect(shown()).toMatchObject({ status: 'completed', conclusion: 'failure' })
    expect(shown()?.output.annotations.length).toBe(50)
  })

  test('are not told the same annotation again', async () => {
    const made = await live.acme.checks.create(runOf(failed, 60))
    const id = made.ok ? made.value : 0
    expect((await live.acme.checks.update(id, runOf(failed, 62))).ok).toBe(true)
    expect(shown()?.output.annotations.length).toBe(62)
    const other = live.forge.of(live.ref)
    expect((await other.checks.update(id, runOf({ status: 'completed', conclusion: 'success' }, 0))).ok).toBe(true)
    expect(shown()).toMatchObject({ conclusion: 'success' })
  })

  test('are found among those of other apps', async () => {
    const { checks } = live.acme
    expect(await checks.find(live.shop.head, checkName)).toEqual({ ok: true, value: [] })
    const first = await checks.create(runOf(failed, 0))
    const second = await checks.create(runOf({ status: 'in_progress' }, 0))
    const other = live.github.app('other', { permissions: { checks: 'write', metadata: 'read' }, events: [] })
    live.github.install(other, 'acme')
    expect(await checks.find(live.shop.head, checkName)).toEqual({
      ok: true,
      value: [
        { id: second.ok ? second.value : 0, completed: false },
        { id: first.ok ? first.value : 0, completed: true },
      ],
    })
    expect(await checks.find(live.shop.head, 'prodgate / staging')).toEqual({ ok: true, value: [] })
  })
})

describe('pull requests', () => {
  test('are told with their base and head', async () => {
    const own = live.shop.pullRequest({ files: { a: 'b' }, draft: true })
    expect(await live.acme.pullRequests.get(own.number)).toEqual({
      ok: true,
      value: {
        number: own.number,
        open: true,
        draft: true,
        head: { sha: own.sha, sameRepository: true },
        base: { branch: 'main' },
        updatedAt: own.state.updatedAt,
      },
    })
    expect(await live.acme.pullRequests.get(404)).toMatchObject({ ok: false, problem: { kind: 'missing' } })
  })

  test('are listed by branch, those first that changed last', async () => {
    const { now } = live.github
    const open = (hours: number, base = 'main') => {
      live.github.now = () => now() - (10 - hours) * 3_600_000
      return live.shop.pullRequest({ head: `h${hours}${base}`, base, files: { [`f${hours}`]: 'x' } })
    }
    live.shop.commit({ a: 'b' }, { branch: 'release' })
    const [first, second, closed, other] = [open(1), open(2), open(3), open(4, 'release')]
    closed.close()
    live.github.now = now
    first.push({ c: 'd' })
    const listed = async (most: number, branch?: string) => {
      const answer = await live.acme.pullRequests.newest(most, branch)
      return answer.ok ? [answer.value.pulls.map(({ number }) => number), answer.value.more] : answer
    }
    expect(await listed(5, 'main')).toEqual([[first.number, second.number], false])
    expect(await listed(5)).toEqual([[first.number, other.number, second.number], false])
    expect(await listed(1, 'main')).toEqual([[first.number], true])
  })

  test('are found by their head, those of forks too', async () => {
    live.github.repository('mallory/shop', { parent: 'acme/shop' })
    const foreign = live.shop.pullRequest({ fork: 'mallory/shop', files: { a: 'b' } })
    // GitHub knows nothing of a commit that only a fork has.
    const route = 'GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls'
    live.github.faults.add({ kind: 'answer', route, answer: { status: 200, body: [] } })
    const found = await live.acme.pullRequests.withHead(foreign.sha)
    expect(found).toMatchObject({ ok: true, value: [{ number: foreign.number, head: { sameRepository: false } }] })
    live.github.faults.add({ kind: 'invalid', route })
    expect(await live.acme.pullRequests.withHead(foreign.sha)).toEqual(found)
  })

  test('are not found by a commit that is not their head, or once they are closed', async () => {
    const own = live.shop.pullRequest({ files: { a: 'b' } })
    const before = own.sha
    own.push({ a: 'c' })
    expect(await live.acme.pullRequests.withHead(before)).toEqual({ ok: true, value: [] })
    own.close()
    expect(await live.acme.pullRequests.withHead(own.sha)).toEqual({ ok: true, value: [] })
  })
})

describe('workflow runs', () => {
  test('are told, over all pages, with what they left behind', async () => {
    for (let at = 0; at < 104; at++) live.shop.run({ name: `job-${at}` })
    const files = { 'junit.xml': '<testsuite/>' }
    const run = live.shop.run({
      name: 'test',
      path: '.github/workflows/test.yml@refs/heads/main',
      artifacts: { junit: files },
    })
    const all = await live.acme.runs.ofCommit(live.shop.head)
    expect(all.ok && all.value.length).toBe(105)
    const value = {
      id: run.id,
      attempt: 1,
      sha: live.shop.head,
      workflow: '.github/workflows/test.yml',
      sameRepository: true,
    }
    expect(await live.acme.runs.get(run.id)).toMatchObject({ ok: true, value })
    const artifacts = await live.acme.runs.artifacts(run.id)
    const [junit] = artifacts.ok ? artifacts.value : []
    expect(junit).toMatchObject({ name: 'junit', expired: false })
    if (junit === undefined) throw new Error('no artifact')
    const zip = await live.acme.runs.download(junit)
    const parts: Uint8Array[] = []
    if (zip.ok) for await (const part of zip.value) parts.push(part)
    expect(Buffer.concat(parts).subarray(0, 2).toString()).toBe('PK')
    expect(await live.acme.runs.download({ ...junit, size: 600_000_000 })).toMatchObject({ ok: false })
    const found = [...live.shop.state.artifacts.values()].find(({ id }) => id === junit.id)
    if (found !== undefined) found.expired = true
    expect(await live.acme.runs.download(junit)).toMatchObject({ ok: false, problem: { kind: 'missing', status: 410 } })
  })

  test('that are more than GitHub lists are a problem, and never a part', async () => {
    const route = 'GET /repos/{owner}/{repo}/actions/runs'
    const run = await live.acme.runs.get(live.shop.run().id)
    const one = {
      id: 1,
      head_sha: live.shop.head,
      path: 'ci.yml',
      event: 'push',
      status: 'completed',
      conclusion: null,
    }
    const body = {
      workflow_runs: Array.from({ length: 100 }, () => ({
        ...one,
        created_at: '2026-01-01T00:00:00Z',
        repository: { id: 1 },
      })),
    }
    live.github.faults.add({ kind: 'answer', route, times: 20, answer: { status: 200, body } })
    expect(run.ok).toBe(true)
    expect(await live.acme.runs.ofCommit(live.shop.head)).toMatchObject({ ok: false, problem: { kind: 'rejected' } })
    const waiting = await live.acme.runs.waiting()
    expect(waiting.ok && waiting.value.length).toBe(1000)
    expect(waiting.ok && waiting.value[0]?.sameRepository).toBe(false)
  })

  test('that wait are found', async () => {
    const made = live.shop.deploy({ environment: 'production' })
    const waiting = await live.acme.runs.waiting()
    expect(waiting.ok && waiting.value.map(({ id, status }) => [id, status])).toEqual([[made.run.id, 'waiting']])
  })
})

describe('a gate', () => {
  const route = 'POST /repos/{owner}/{repo}/actions/runs/{run_id}/deployment_protection_rule'

  test('takes reports and one answer', async () => {
    const made = live.shop.deploy({ environment: 'production' })
    const { gates } = live.acme
    expect(await gates.report(made.run.id, 'production', 'tests are running')).toEqual({ ok: true, value: undefined })
    expect(await gates.decide(made.run.id, 'production', 'rejected', 'no-go')).toEqual({ ok: true, value: 'decided' })
    expect(await gates.decide(made.run.id, 'production', 'rejected', 'no-go')).toEqual({ ok: true, value: 'already' })
    expect(made).toMatchObject({ state: 'rejected', comment: 'no-go', reports: ['tests are running'] })
  })

  test.each([
    ['drop', { kind: 'drop', route, carriedOut: true }],
    ['bad gateway', { kind: 'bad-gateway', route, carriedOut: true }],
  ] as const)('is answered once where the answer to it is lost (%s)', async (_, fault) => {
    const made = live.shop.deploy({ environment: 'production' })
    live.github.faults.add(fault)
    const patient = await liveForge()
    expect(await patient.gates.decide(made.run.id, 'production', 'approved', 'go')).toEqual({
      ok: true,
      value: 'already',
    })
    expect(made.state).toBe('approved')
  })

  test('that GitHub calls invalid is answered where the approvals or the end of the run say so', async () => {
    const made = live.shop.deploy({ environment: 'production' })
    const { gates } = live.acme
    live.github.faults.add({ kind: 'invalid', route })
    const refused = await gates.decide(made.run.id, 'production', 'approved', 'go')
    expect(refused).toMatchObject({ ok: false, problem: { kind: 'rejected', status: 422 } })
    await gates.decide(made.run.id, 'production', 'approved', 'go')
    live.github.faults.add({ kind: 'invalid', route })
    expect(await gates.decide(made.run.id, 'production', 'approved', 'go')).toEqual({ ok: true, value: 'already' })
    const waiting = live.shop.deploy({ environment: 'production' })
    live.shop.finish(waiting.run, 'cancelled')
    live.github.faults.add({ kind: 'invalid', route })
    expect(await gates.decide(waiting.run.id, 'production', 'approved', 'go')).toEqual({ ok: true, value: 'already' })
  })

  test('waits out a limit that says how long, and is put off where that is too long', async () => {
    const made = live.shop.deploy({ environment: 'production' })
    live.github.faults.add({ kind: 'secondary-limit', route, retryAfter: 120 })
    const before = Date.now()
    const put = await live.acme.gates.decide(made.run.id, 'production', 'approved', 'go')
    const at = put.ok ? 0 : (put.problem.retryAt?.getTime() ?? 0)
    expect(at - before).toBeGreaterThan(119_000)
    expect(at - before).toBeLessThan(125_000)
    const asked = count(route)
    // Until then nobody asks for this installation, by any of its clients.
    const other = live.forge.of(live.ref)
    expect(await other.defaultBranch()).toMatchObject({
      ok: false,
      problem: { kind: 'unreachable', retryAt: new Date(at) },
    })
    expect([count(route), count('GET /repos/{owner}/{repo}')]).toEqual([asked, 0])
    const patient = await liveForge()
    live.github.faults.add({ kind: 'secondary-limit', route, retryAfter: 1 })
    expect(await patient.gates.decide(made.run.id, 'production', 'approved', 'go')).toEqual({
      ok: true,
      value: 'decided',
    })
  })
})

/** The same shop, asked by one who waits. */
const liveForge = async () => {
  const { appForge } = await import('../../../src/adapters/github/app-forge.ts')
  const { app, github, ref } = live
  const credentials = { appId: app.id, privateKey: app.privateKey, baseUrl: github.url }
  return appForge({ ...credentials, patience: 5000, deadline: 20_000 }).of(ref)
}

describe('people', () => {
  test.each([
    ['ada', 'admin'],
    ['grace', 'write'],
    ['mary', 'write'],
    ['tom', 'read'],
  ] as const)('have a permission: %s has %s', async (login, permission) => {
    live.shop.role('mary', 'maintain').role('tom', 'triage')
    expect(await live.acme.people.permission(login)).toEqual({ ok: true, value: permission })
  })

  test.each([
    [{ permission: 'write', role_name: 'release-manager' }, 'write'],
    [{ permission: 'none', role_name: 'none' }, 'none'],
    [{ permission: 'owner', role_name: 'maintain' }, 'write'],
    [{ permission: 'owner', role_name: 'constructor' }, 'none'],
  ])('whose role is %j have %s', async (body, permission) => {
    const route = 'GET /repos/{owner}/{repo}/collaborators/{username}/permission'
    live.github.faults.add({ kind: 'answer', route, answer: { status: 200, body: { ...body, user: null } } })
    expect(await live.acme.people.permission('grace')).toEqual({ ok: true, value: permission })
  })

  test('are in a team, or are not, or nobody knows', async () => {
    live.github.team('acme', 'operators', ['ada'])
    const { people } = live.acme
    expect(await people.inTeam('acme/operators', 'ada')).toEqual({ ok: true, value: true })
    expect(await people.inTeam('@acme/operators', 'grace')).toEqual({ ok: true, value: false })
    expect(await people.inTeam('acme/strangers', 'ada')).toMatchObject({ ok: false, problem: { kind: 'missing' } })
    expect(await people.inTeam('operators', 'ada')).toMatchObject({ ok: false, problem: { kind: 'rejected' } })
    const { permissions, events } = live.installation.state
    live.installation.grant(
      Object.fromEntries(Object.entries(permissions).filter(([name]) => name !== 'members')),
      events,
    )
    expect(await people.inTeam('acme/operators', 'grace')).toMatchObject({ ok: false })
  })
})

test('comments are reacted to', async () => {
  const pull = live.shop.pullRequest({ files: { a: 'b' } })
  const { id } = pull.comment('ada', '/prodgate help')
  expect(await live.acme.react(id, 'eyes')).toEqual({ ok: true, value: undefined })
  expect(pull.comments[0]?.reactions).toMatchObject([{ content: 'eyes' }])
})

describe('the App', () => {
  test('sees its installations, their grants and repositories', async () => {
    live.github.repository('clinic/records')
    live.github.install(live.app, 'clinic')
    live.github.repository('gone/shop')
    live.github.install(live.app, 'gone').suspend()
    const repositories = await live.forge.repositories()
    expect(repositories.ok && repositories.value.map(({ owner, name }) => `${owner}/${name}`)).toEqual([
      'acme/shop',
      'clinic/records',
    ])
    expect(repositories.ok && repositories.value[0]).toEqual(live.ref)
    const grants = await live.forge.grants()
    expect(grants.ok && grants.value.map(({ account }) => account)).toEqual(['acme', 'clinic'])
    expect(grants.ok && grants.value[0]?.permissions['deployments']).toBe('write')
    expect(await live.acme.defaultBranch()).toEqual({ ok: true, value: 'main' })
  })

  test('has one token a repository, which reaches that one alone', async () => {
    live.github.repository('acme/secret').commit({ a: 'b' })
    await live.acme.defaultBranch()
    await live.forge.of(live.ref).defaultBranch()
    expect(count(tokens)).toBe(1)
    const wrong = await live.forge.of({ ...live.ref, name: 'secret' }).defaultBranch()
    expect(wrong).toMatchObject({ ok: false, problem: { kind: 'missing' } })
  })

  test('asks for another token where the old one has ended', async () => {
    await live.acme.defaultBranch()
    live.github.tokens.clear()
    expect(await live.acme.defaultBranch()).toEqual({ ok: true, value: 'main' })
    expect(count(tokens)).toBe(2)
  })

  test("knows the organisation's repository, and that there is none", async () => {
    expect(await live.forge.organisation(live.ref)).toEqual({ ok: true, value: undefined })
    const law = live.github.repository('acme/.github')
    const tip = law.commit({ '.github/prodgate.yml': 'version: 1\n' })
    const found = await live.forge.organisation(live.ref)
    const ref = { id: law.state.id, owner: 'acme', name: '.github', installation: live.ref.installation }
    expect(found).toEqual({ ok: true, value: ref })
    const read = await live.forge.of(ref).files.read(tip, '.github/prodgate.yml')
    expect(read.ok && new TextDecoder().decode(read.value)).toBe('version: 1\n')
  })

  test('without a token does not take that for a missing repository', async () => {
    const nowhere = { ...live.ref, installation: 999_999 }
    expect(await live.forge.organisation(nowhere)).toMatchObject({ ok: false, problem: { kind: 'forbidden' } })
    live.installation.suspend()
    expect(await live.forge.organisation(live.ref)).toMatchObject({ ok: false, problem: { kind: 'forbidden' } })
  })

  test('reads a public repository that it is not installed on', async () => {
    const law = live.github.repository('acme/.github')
    const tip = law.commit({ '.github/prodgate.yml': 'version: 1\n' })
    law.state.private = false
    const owner = live.github.account('solo')
    const own = live.github.repository(`${owner.login}/cart`)
    const { id } = live.github.install(live.app, 'solo', ['solo/cart'])
    const ref = { id: law.state.id, owner: 'acme', name: '.github', installation: id }
    expect(own.state.id).not.toBe(law.state.id)
    expect((await live.forge.of(ref).files.read(tip, '.github/prodgate.yml')).ok).toBe(true)
  })

  test('tells every request with its route, its status and what is left', async () => {
    await live.acme.defaultBranch()
    live.github.faults.add({ kind: 'drop', route: 'GET /repos/{owner}/{repo}/git/ref/{ref}', times: 4 })
    await live.acme.files.tip('main')
    expect(seen.map(({ route, status }) => `${route} ${status}`).slice(0, 3)).toEqual([
      `${tokens} 201`,
      'GET /repos/{owner}/{repo} 200',
      'GET /repos/{owner}/{repo}/git/ref/{ref} 0',
    ])
    expect(seen[1]?.remaining).toBeGreaterThan(1000)
  })
})

describe("the log of the App's webhook", () => {
  const route = 'GET /app/hook/deliveries'

  test('gives what failed, and takes it again', async () => {
    const failing = await liveShop()
    try {
      const { github, app, shop, forge } = failing
      app.webhookUrl = 'http://127.0.0.1:9/'
      shop.commit({ a: 'b' })
      await github.settled()
      const found = await forge.failedDeliveries(new Date(Date.now() - 60_000))
      const [first] = found.ok ? found.value : []
      expect(first).toMatchObject({ ok: false })
      expect(first?.guid).toMatch(/^[0-9a-f-]{36}$/)
      expect(await forge.redeliver(first?.id ?? '')).toEqual({ ok: true, value: undefined })
      expect(await forge.failedDeliveries(new Date(Date.now() + 60_000))).toEqual({ ok: true, value: [] })
      await github.settled()
    } finally {
      await failing.github.stop()
      failing.github.assertNoViolations()
    }
  })

  test('is read page by page, with numbers that are larger than a number holds', async () => {
    const at = new Date().toISOString()
    const page = (id: string, next?: string) => ({
      status: 200,
      body: `[{"id":${id},"guid":"g-${id}","event":"push","delivered_at":"${at}","status_code":502}]`,
      ...(next === undefined
        ? {}
        : { headers: { link: `<${live.github.url}/app/hook/deliveries?cursor=${next}>; rel="next"` } }),
    })
    live.github.faults.add({ kind: 'answer', route, answer: page('3804004623172239366', 'v1_2') })
    live.github.faults.add({ kind: 'answer', route, answer: page('41') })
    const found = await live.forge.failedDeliveries(new Date(0))
    expect(found.ok && found.value.map(({ id }) => id)).toEqual(['3804004623172239366', '41'])
    expect(count(route)).toBe(2)
  })
})

test.each([
  [{}, 'https://api.github.com'],
  [{ GHE_HOST: '' }, 'https://api.github.com'],
  [{ GHE_HOST: 'git.clinic.example' }, 'https://git.clinic.example/api/v3'],
  [{ GHE_HOST: '127.0.0.1:8080', GHE_PROTOCOL: 'http' }, 'http://127.0.0.1:8080/api/v3'],
  [{ GHE_HOST: 'clinic.ghe.com' }, 'https://api.clinic.ghe.com'],
])('the API of %j is %s', (env, url) => {
  expect(apiUrl(env)).toBe(url)
})
