import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { newShop, octokitOf } from './testing.ts'

const acme = { owner: 'acme', repo: 'shop' }
let made: Awaited<ReturnType<typeof newShop>>

beforeEach(async () => {
  made = await newShop()
})
afterEach(async () => {
  await made.github.stop()
  made.github.assertNoViolations()
})

const installed = () => octokitOf(made.github, made.app, made.installation.id)
const itself = () => octokitOf(made.github, made.app)

describe('an app', () => {
  test('knows itself and where it is installed', async () => {
    const octokit = itself()
    expect((await octokit.rest.apps.getAuthenticated()).data).toMatchObject({ slug: 'prodgate', id: made.app.id })
    const { data } = await octokit.rest.apps.listInstallations()
    expect(data.map(({ id }) => id)).toEqual([made.installation.id])
    expect((await octokit.rest.apps.getRepoInstallation(acme)).data.id).toBe(made.installation.id)
  })

  test('is refused with another key', async () => {
    const other = made.github.app('other', { permissions: {}, events: [] })
    const octokit = octokitOf(made.github, { ...made.app, privateKey: other.privateKey })
    await expect(octokit.rest.apps.getAuthenticated()).rejects.toMatchObject({ status: 401 })
  })

  test('gets its credentials for a code, once', async () => {
    made.github.manifestCodes.set('c0de', made.app)
    const convert = () => fetch(`${made.github.url}/app-manifests/c0de/conversions`, { method: 'POST' })
    expect(await (await convert()).json()).toMatchObject({ id: made.app.id, pem: made.app.privateKey })
    expect((await convert()).status).toBe(404)
  })

  test('has every answer tell what is left of the limit', async () => {
    const { headers } = await installed().rest.repos.get(acme)
    expect(headers['x-ratelimit-limit']).toBe('15000')
    expect(Number(headers['x-ratelimit-remaining'])).toBeLessThan(15_000)
  })
})

describe('a token', () => {
  test('sees its own repositories only, and what it is allowed there', async () => {
    made.github.repository('acme/secret').commit({ a: 'b' })
    const { data } = await itself().rest.apps.createInstallationAccessToken({
      installation_id: made.installation.id,
      repositories: ['shop'],
      permissions: { contents: 'read' },
    })
    const get = (path: string) => fetch(made.github.url + path, { headers: { authorization: `token ${data.token}` } })
    expect((await get('/repos/acme/shop/contents/Dockerfile')).status).toBe(200)
    expect((await get('/repos/acme/secret')).status).toBe(404)
    const refused = await get('/repos/acme/shop/pulls')
    expect(refused.status).toBe(403)
    expect(await refused.json()).toMatchObject({ message: 'Resource not accessible by integration' })
  })

  test('cannot have more than the installation', async () => {
    const more = itself().rest.apps.createInstallationAccessToken({
      installation_id: made.installation.id,
      permissions: { administration: 'write' },
    })
    await expect(more).rejects.toMatchObject({ status: 422 })
  })

  test('ends', async () => {
    const { data } = await itself().rest.apps.createInstallationAccessToken({ installation_id: made.installation.id })
    made.github.now = () => Date.parse(data.expires_at) + 1
    const headers = { authorization: `token ${data.token}` }
    expect((await fetch(`${made.github.url}/repos/acme/shop`, { headers })).status).toBe(401)
  })
})

describe('check runs', () => {
  const annotation = {
    path: 'Dockerfile',
    start_line: 1,
    end_line: 1,
    annotation_level: 'failure' as const,
    message: 'runs as root',
  }
  const output = (count: number) => ({
    title: 'no-go',
    summary: 'one blocker',
    annotations: Array.from({ length: count }, () => annotation),
  })

  test('gather annotations, fifty a request, and no more', async () => {
    const octokit = installed()
    const run = { ...acme, name: 'prodgate / production', head_sha: made.shop.head }
    const { data } = await octokit.rest.checks.create({ ...run, status: 'in_progress', output: output(50) })
    const check_run_id = data.id
    await expect(octokit.rest.checks.update({ ...acme, check_run_id, output: output(51) })).rejects.toMatchObject({
      status: 422,
    })
    await octokit.rest.checks.update({ ...acme, check_run_id, conclusion: 'failure', output: output(50) })
    const all = await octokit.paginate(octokit.rest.checks.listAnnotations, { ...acme, check_run_id, per_page: 30 })
    expect(all).toHaveLength(100)
    const listed = await octokit.rest.checks.listForRef({ ...acme, ref: 'main' })
    expect(listed.data.check_runs[0]).toMatchObject({ status: 'completed', conclusion: 'failure' })
  })

  const button = { label: 'Re-evaluate', description: 'Judge again', identifier: 'recheck' }
  test.each([
    ['a long summary', { output: { ...output(0), summary: 'x'.repeat(65_536) } }],
    ['a long text', { output: { ...output(0), text: 'x'.repeat(65_536) } }],
    ['four buttons', { actions: [button, button, button, button] }],
    ['a long label', { actions: [{ ...button, label: 'Re-evaluate everything' }] }],
    ['a long description', { actions: [{ ...button, description: 'x'.repeat(41) }] }],
  ])('refuse %s', async (_, over) => {
    const run = { ...acme, name: 'prodgate / production', head_sha: made.shop.head, ...over }
    await expect(installed().rest.checks.create(run)).rejects.toMatchObject({ status: 422 })
    expect(made.shop.checks(made.shop.head).size).toBe(0)
  })
})

describe('comments', () => {
  test('are listed page by page', async () => {
    const pull = made.shop.pullRequest({ files: { a: 'b' } })
    for (let n = 0; n < 105; n++) pull.comment('ada', `remark ${n}`)
    const octokit = installed()
    const at = { ...acme, issue_number: pull.number }
    const all = await octokit.paginate(octokit.rest.issues.listComments, { ...at, per_page: 50 })
    expect(all.map(({ body }) => body)).toEqual(Array.from({ length: 105 }, (_, n) => `remark ${n}`))
    const { data } = await octokit.rest.issues.createComment({ ...at, body: 'no-go' })
    await octokit.rest.issues.updateComment({ ...acme, comment_id: data.id, body: 'go' })
    await octokit.rest.reactions.createForIssueComment({ ...acme, comment_id: data.id, content: 'eyes' })
    expect(pull.comments.at(-1)).toMatchObject({ body: 'go', author: { login: 'prodgate[bot]' } })
    expect(pull.comments.at(-1)?.reactions).toMatchObject([{ content: 'eyes' }])
    await expect(octokit.rest.issues.createComment({ ...at, body: 'x'.repeat(65_537) })).rejects.toMatchObject({
      status: 422,
    })
  })
})

describe('people', () => {
  test('have a permission in a repository, and teams', async () => {
    made.github.team('acme', 'operators', ['ada'])
    const octokit = installed()
    const grace = await octokit.rest.repos.getCollaboratorPermissionLevel({ ...acme, username: 'grace' })
    expect(grace.data.permission).toBe('write')
    const of = { org: 'acme', team_slug: 'operators' }
    expect((await octokit.rest.teams.getMembershipForUserInOrg({ ...of, username: 'ada' })).data.state).toBe('active')
    await expect(octokit.rest.teams.getMembershipForUserInOrg({ ...of, username: 'grace' })).rejects.toMatchObject({
      status: 404,
    })
  })
})
