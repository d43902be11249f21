import nock from 'nock'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { commits } from '../../../src/adapters/github/commits.ts'
import { complete } from '../../simulator/openapi/complete.ts'
import { answerSchema } from '../../simulator/openapi/description.ts'
import { apiUntil, expectRequest, settle } from './api-mock.ts'

const [tip, head, mergeBase] = ['a', 'b', 'c'].map((digit) => digit.repeat(40))
const template = '/repos/{owner}/{repo}/compare/{basehead}'

beforeAll(() => nock.disableNetConnect())
afterEach(() => {
  const wrong = settle()
  if (wrong.length > 0) throw new Error(wrong.join('\n'))
})
afterAll(() => nock.restore())

test.each([
  ['main', 'refs%2Fheads%2Fmain'],
  ['release/1.x', 'refs%2Fheads%2Frelease%2F1.x'],
  ['ärger#1', 'refs%2Fheads%2F%C3%A4rger%231'],
])('%s is compared as a branch, and never as a tag of that name', async (branch, written) => {
  const answer = complete(answerSchema('GET', template, 200), {
    status: 'diverged',
    base_commit: { sha: tip },
    merge_base_commit: { sha: mergeBase },
    commits: [],
  })
  const url = `/repos/acme/shop/compare/${written}...${head}?per_page=1`
  expectRequest({ route: `GET ${template}`, url, status: 200, answer })
  expect(await commits(apiUntil()).compare(branch, head ?? '')).toEqual({ ok: true, value: { tip, mergeBase } })
})
