import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { renderComment } from '../../src/render/comment.ts'
import { inert, inertUpTo } from '../../src/render/inert.ts'
import { finding, report, result } from '../hosts/action/report-fixture.ts'

const marker = '<!-- prodgate:production -->'
const blobUrl = 'https://github.com/acme/shop/blob/abc'

test('begins with the marker and has the verdict, the blockers with links, and the way to go', () => {
  const text = renderComment(report(), { marker, blobUrl })
  expect(text.startsWith(`${marker}\n### 🔴 no-go for production\n`)).toBe(true)
  expect(text).toContain('Score **62–80** of 100, at least 80 asked')
  expect(text).toContain('[k8s/api.yaml:14](https://github.com/acme/shop/blob/abc/k8s/api.yaml#L14)')
  expect(text).toContain('The shortest way to go, about 15 min')
})

test('folds what does not block, what is undecided and what is waived', () => {
  const waived = { reason: 'batch', owner: '@acme/platform', expires: '2027-01-01' }
  const undecided = [{ path: 'Dockerfile', line: 1, subject: 'stage build', reason: 'USER is computed' }]
  const results = [result({ blocking: false, undecided, findings: [finding(), finding({ waived })] })]
  const text = renderComment(report({ results, plan: [] }), { marker })
  expect(text.match(/<summary>[^<]*/g)).toEqual([
    '<summary>1 that do not block',
    '<summary>1 that could not be decided',
    '<summary>1 waived',
  ])
  expect(text).not.toContain('@acme')
})

test('a path cannot leave its link', () => {
  const path = 'a) [x](javascript:alert(1)).yaml'
  const text = renderComment(report({ results: [result({ findings: [finding({ path })] })] }), { marker, blobUrl })
  expect(text).toContain('/a%29%20%5Bx%5D%28javascript%3Aalert%281%29%29.yaml#L14)')
  expect(text).not.toMatch(/[^\\]\]\(javascript/)
})

describe('text from the repository', () => {
  test.each([
    ['@acme/admins please', '@\u200bacme/admins please'],
    ['fixes #12', 'fixes #\u200b12'],
    ['<img src=x onerror=alert(1)>', '&lt;img src=x onerror=alert(1)&gt;'],
    ['![x](https://evil.example)', String.raw`!\[x\](https:` + '\u200b//evil.example)'],
    ['a\n\n# heading', 'a # heading'],
    ['admin\u202egnp.exe', 'admin gnp.exe'],
  ])('%j is inert', (text, expected) => {
    expect(inert(text)).toBe(expected)
  })

  test('never ends a line, opens a tag or mentions', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(inert(text)).not.toMatch(/[\n\r<>]|@(?!\u200b)/)
      }),
    )
  })

  test('is cut between characters', () => {
    expect(inertUpTo('👩‍🚀👩‍🚀', 4)).not.toMatch(/\p{Surrogate}/u)
  })
})

test('whatever the report, the limit is kept and what is opened is closed', () => {
  const messages = fc.array(fc.string({ maxLength: 500, unit: 'grapheme' }), { maxLength: 60 })
  fc.assert(
    fc.property(messages, fc.boolean(), fc.integer({ min: 2000, max: 20_000 }), (list, blocking, limit) => {
      const results = [result({ blocking, findings: list.map((message) => finding({ message })) })]
      const text = renderComment(report({ results }), { marker, limit })
      expect(text.length).toBeLessThanOrEqual(limit)
      expect(text.split('<details>').length).toBe(text.split('</details>').length)
    }),
    { numRuns: 60 },
  )
})
