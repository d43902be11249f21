import fc from 'fast-check'
import { expect, test } from 'vitest'
import { renderComment } from '../../src/render/comment.ts'
import { finding, report, result } from '../sample-report.ts'

const marker = '<!-- prodgate:production -->'
const blobUrl = 'https://github.com/acme/shop/blob/abc'

test('begins with the marker and has the verdict, the blockers with links, and the way to go', () => {
  const text = renderComment(report(), { marker, blobUrl, notes: ['judged by the policy of @acme/main'] })
  expect(text.startsWith(`${marker}\n## ❌ No-go for \`production\`\n`)).toBe(true)
  expect(text).toContain('**Score 41–77** of 100, minimum 80')
  expect(text).toContain('[`k8s/api.yaml:14`](https://github.com/acme/shop/blob/abc/k8s/api.yaml#L14)')
  expect(text).toContain('### The shortest way to go: 1 step')
  expect(text).toContain('> judged by the policy of @\u200dacme/main')
})

test('what only could not be decided is no blocker', () => {
  const undecided = [{ path: 'Dockerfile', line: 1, subject: 'stage build', reason: 'USER is computed' }]
  const only = result({ status: 'unknown', reason: 'Dockerfile:1 USER is computed', findings: [], undecided })
  const text = renderComment(report([only]), { marker })
  expect(text).not.toContain('Blockers')
  expect(text).toContain('<summary>Undecided: 1</summary>')
})

test('whatever the report, the limit is kept and what is opened is closed', () => {
  const messages = fc.array(fc.string({ maxLength: 500, unit: 'grapheme' }), { maxLength: 60 })
  fc.assert(
    fc.property(messages, fc.boolean(), fc.integer({ min: 2000, max: 20_000 }), (list, blocking, limit) => {
      const results = [result({ blocking, findings: list.map((message) => finding({ message })) })]
      const text = renderComment(report(results), { marker, limit })
      expect(text.length).toBeLessThanOrEqual(limit)
      expect(text.split('<details>').length).toBe(text.split('</details>').length)
    }),
    { numRuns: 60 },
  )
})
