import nock from 'nock'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { download } from '../../../src/adapters/github/download.ts'
import { apiUntil, expectRequest, settle } from './api-mock.ts'

// The pauses between attempts are not waited for.
vi.mock('node:timers/promises', () => ({ setTimeout: () => Promise.resolve() }))

const sha = 'b'.repeat(40)
const route = 'GET /repos/{owner}/{repo}/tarball/{ref}'
const codeload = 'https://codeload.github.com'
const path = `/acme/shop/legacy.tar.gz/${sha}?token=signed`

beforeAll(() => nock.disableNetConnect())
afterEach(() => {
  const wrong = settle()
  if (wrong.length > 0) throw new Error(wrong.join('\n'))
})
afterAll(() => nock.restore())

const redirect = (location = codeload + path): void =>
  expectRequest({ route, url: `/repos/acme/shop/tarball/${sha}`, status: 302, answer: '', headers: { location } })
const get = (most = 1000) => download(apiUntil(), route, { ref: sha }, most)
const read = async (bytes: AsyncIterable<Uint8Array>): Promise<string> => {
  const parts: Uint8Array[] = []
  for await (const part of bytes) parts.push(part)
  return Buffer.concat(parts).toString()
}

describe('a download', () => {
  test('comes from the address that GitHub names, and the token stays with GitHub', async () => {
    redirect()
    const credentials: (string | null)[] = []
    nock(codeload)
      .get(path)
      .reply(200, (request: Request) => {
        credentials.push(request.headers.get('authorization'), request.headers.get('cookie'))
        return 'the archive'
      })
    const answer = await get()
    expect(answer.ok && (await read(answer.value))).toBe('the archive')
    expect(credentials).toEqual([null, null])
  })

  test('is asked for at a new address where the old one does not work', async () => {
    redirect()
    nock(codeload).get(path).reply(403, '<Error><Code>AuthenticationFailed</Code></Error>')
    redirect(`${codeload}/acme/shop/again`)
    nock(codeload).get('/acme/shop/again').reply(200, 'the archive')
    const answer = await get()
    expect(answer.ok && (await read(answer.value))).toBe('the archive')
  })

  test.each([
    [503, 3, 'unreachable'],
    [404, 1, 'missing'],
    [410, 1, 'missing'],
  ])('that the storage answers with %i is tried %i times', async (status, times, kind) => {
    for (let attempt = 0; attempt < times; attempt++) {
      redirect()
      nock(codeload).get(path).reply(status, 'no')
    }
    expect(await get()).toMatchObject({ ok: false, problem: { kind, status } })
  })

  test('is left where it is larger than it may be', async () => {
    redirect()
    nock(codeload).get(path).reply(200, 'x'.repeat(1001))
    const answer = await get(1000)
    await expect(answer.ok ? read(answer.value) : answer).rejects.toThrow(RangeError)
  })

  test.each(['http://codeload.github.com/x', 'file:///etc/passwd', 'data:,x', 'https://'])(
    'is not fetched from %s',
    async (location) => {
      redirect(location)
      expect(await get()).toMatchObject({ ok: false, problem: { kind: 'rejected' } })
    },
  )

  test('that GitHub refuses is a value', async () => {
    const answer = { message: 'Not Found', documentation_url: 'https://docs.github.com/rest' }
    expectRequest({ route, url: `/repos/acme/shop/tarball/${sha}`, status: 404, answer })
    expect(await get()).toMatchObject({ ok: false, problem: { kind: 'missing', status: 404 } })
  })
})
