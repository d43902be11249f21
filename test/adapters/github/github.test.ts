import nock from 'nock'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { issueComments } from '../../../src/adapters/github/issue-comments.ts'
import { waitOf } from '../../../src/adapters/github/retry.ts'
import { GitHub } from '../../simulator/github.ts'
import { complete } from '../../simulator/openapi/complete.ts'
import { answerSchema } from '../../simulator/openapi/description.ts'
import { account } from '../../simulator/shapes/accounts.ts'
import { issueComment } from '../../simulator/shapes/conversation.ts'
import { githubActions } from '../../simulator/state/types.ts'
import { apiUntil, expectRequest, settle } from './api-mock.ts'

// The pauses between attempts are measured below, and not waited for.
vi.mock('node:timers/promises', () => ({ setTimeout: () => Promise.resolve() }))

// Its addresses are what the answers need of it: it is asked nothing.
const github = new GitHub({ prefix: '' })
Object.assign(github.urls, { api: 'https://api.github.com', web: 'https://github.com' })
const shop = github.repository('acme/shop').state
const at = '2026-01-01T00:00:00Z'
const problem = (message: string) => ({ message, documentation_url: 'https://docs.github.com/rest' })

const routes = {
  list: 'GET /repos/{owner}/{repo}/issues/{issue_number}/comments',
  create: 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments',
  edit: 'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}',
}
const page = (number: number): string => `/repos/acme/shop/issues/7/comments?per_page=100&page=${number}`
const comment = (id: number) =>
  issueComment(shop, {
    id,
    issue: 7,
    body: `remark ${id}`,
    author: githubActions,
    createdAt: at,
    updatedAt: at,
    reactions: [],
  })
beforeAll(() => nock.disableNetConnect())
afterEach(() => {
  const wrong = settle()
  if (wrong.length > 0) throw new Error(wrong.join('\n'))
})
afterAll(() => nock.restore())

describe('comments', () => {
  test('are read over all pages', async () => {
    const first = Array.from({ length: 100 }, (_, index) => comment(index + 1))
    expectRequest({ route: routes.list, url: page(1), status: 200, answer: first })
    expectRequest({ route: routes.list, url: page(2), status: 200, answer: [{ ...comment(101), user: null }] })
    const listed = await issueComments(apiUntil(), 7).list()
    expect(listed.ok && listed.value.length).toBe(101)
    expect(listed.ok && listed.value[0]?.author).toEqual({
      id: githubActions.id,
      login: 'github-actions[bot]',
      bot: true,
    })
    expect(listed.ok && listed.value[100]?.author).toBe(null)
  })

  test('are written and edited', async () => {
    expectRequest({ route: routes.create, url: '/repos/acme/shop/issues/7/comments', status: 201, answer: comment(1) })
    expectRequest({ route: routes.edit, url: '/repos/acme/shop/issues/comments/1', status: 200, answer: comment(1) })
    const comments = issueComments(apiUntil(), 7)
    expect(await comments.create('go')).toEqual({ ok: true, value: 1 })
    expect(await comments.edit(1, 'no-go')).toEqual({ ok: true, value: undefined })
  })

  test('a refusal is a value, and is not repeated', async () => {
    const answer = problem('Resource not accessible by integration')
    expectRequest({ route: routes.create, url: '/repos/acme/shop/issues/7/comments', status: 403, answer })
    const refused = await issueComments(apiUntil(), 7).create('go')
    expect(refused).toMatchObject({ ok: false, problem: { kind: 'forbidden', status: 403 } })
  })

  test('a creation that may have happened is not repeated', async () => {
    expectRequest({ route: routes.create, url: '/repos/acme/shop/issues/7/comments', status: 502, answer: '' })
    expect(await issueComments(apiUntil(), 7).create('go')).toMatchObject({
      ok: false,
      problem: { kind: 'unreachable' },
    })
  })

  test('reading is repeated after 502 and after a rate limit that says how long', async () => {
    expectRequest({ route: routes.list, url: page(1), status: 502, answer: '' })
    const limited = problem('You have exceeded a secondary rate limit')
    expectRequest({ route: routes.list, url: page(1), status: 403, answer: limited, headers: { 'retry-after': '2' } })
    expectRequest({ route: routes.list, url: page(1), status: 200, answer: [] })
    expect(await issueComments(apiUntil(), 7).list()).toEqual({ ok: true, value: [] })
  })

  test('and ends after four attempts', async () => {
    for (let attempt = 0; attempt < 4; attempt++)
      expectRequest({ route: routes.list, url: page(1), status: 503, answer: '' })
    expect(await issueComments(apiUntil(), 7).list()).toMatchObject({ ok: false, problem: { status: 503 } })
  })

  test.each([
    ['a secondary limit that says how long', 'You have exceeded a secondary rate limit', { 'retry-after': '90' }, 90],
    ['a secondary limit that does not', 'You have exceeded a secondary rate limit', {}, 60],
    [
      'a primary limit',
      'API rate limit exceeded for installation',
      { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(Math.ceil(Date.now() / 1000) + 600) },
      600,
    ],
  ])('%s is put off, and is no lack of rights', async (_, message, headers, seconds) => {
    expectRequest({ route: routes.list, url: page(1), status: 403, answer: problem(message), headers })
    const before = Date.now()
    const limited = await issueComments(apiUntil(), 7).list()
    expect(limited).toMatchObject({ ok: false, problem: { kind: 'unreachable', status: 403 } })
    const wait = (limited.ok ? 0 : (limited.problem.retryAt?.getTime() ?? 0)) - before
    expect(Math.abs(wait / 1000 - seconds)).toBeLessThan(5)
    expectRequest({ route: 'GET /user', url: '/user', status: 403, answer: problem(message), headers })
    expect(await issueComments(apiUntil(), 7).user()).toMatchObject({ ok: false })
  })

  test('a creation that a limit refused is sent again', async () => {
    const url = '/repos/acme/shop/issues/7/comments'
    const limited = { status: 403, answer: problem('You have exceeded a secondary rate limit') }
    expectRequest({ route: routes.create, url, ...limited, headers: { 'retry-after': '1' } })
    expectRequest({ route: routes.create, url, status: 201, answer: comment(1) })
    expect(await issueComments(apiUntil(), 7).create('go')).toEqual({ ok: true, value: 1 })
  })

  test('nothing is asked after the deadline', async () => {
    const listed = await issueComments(apiUntil(AbortSignal.abort()), 7).list()
    expect(listed).toMatchObject({ ok: false, problem: { kind: 'unreachable' } })
  })

  test('the user of a token, and none for an app', async () => {
    const ada = { id: 6, login: 'ada', type: 'User' as const }
    expectRequest({
      route: 'GET /user',
      url: '/user',
      status: 200,
      answer: complete(answerSchema('GET', '/user', 200), account(github.urls, ada)),
    })
    expect(await issueComments(apiUntil(), 7).user()).toEqual({ ok: true, value: 6 })
    expectRequest({ route: 'GET /user', url: '/user', status: 403, answer: problem('Resource not accessible') })
    expect(await issueComments(apiUntil(), 7).user()).toEqual({ ok: true, value: undefined })
  })
})

const now = Date.UTC(2026, 10, 21)
const inSeconds = (seconds: number): string => String(now / 1000 + seconds)
test.each([
  ['5xx backs off', { kind: 'unreachable' }, {}, 2, { milliseconds: 2000, limited: false }],
  ['5xx may say how long', { kind: 'unreachable' }, { 'retry-after': '5' }, 1, { milliseconds: 5000, limited: true }],
  ['a limit names its wait', { kind: 'forbidden' }, { 'retry-after': '7' }, 1, { milliseconds: 7000, limited: true }],
  [
    'a primary limit ends with its hour',
    { kind: 'forbidden', status: 403 },
    { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': inSeconds(900) },
    1,
    { milliseconds: 901_000, limited: true },
  ],
  [
    'but what is left of it is no limit',
    { kind: 'forbidden', status: 403 },
    { 'x-ratelimit-remaining': '12', 'x-ratelimit-reset': inSeconds(900) },
    1,
    undefined,
  ],
  [
    'a secondary limit without a time is a minute',
    { kind: 'forbidden', status: 403, message: 'You have exceeded a secondary rate limit.' },
    {},
    1,
    { milliseconds: 60_000, limited: true },
  ],
  ['and then grows', { kind: 'forbidden', status: 429 }, {}, 3, { milliseconds: 240_000, limited: true }],
  ['a missing permission stays missing', { kind: 'forbidden', status: 403 }, {}, 1, undefined],
  ['and so does a missing thing', { kind: 'missing' }, { 'retry-after': '1' }, 1, undefined],
] as const)('%s', (_, failure, headers, attempt, wait) => {
  expect(waitOf({ message: '', ...failure }, headers, attempt, now)).toEqual(wait)
})
