import { expect, test } from 'vitest'
import { checkText } from '../../src/render/check-run.ts'
import { pullRequestComment } from '../../src/render/pull-request-comment.ts'
import { finding, report, result } from '../sample-report.ts'

const many = (count: number, message = 'has no probe') =>
  Array.from({ length: count }, (_, index) => finding({ line: index + 1, message }))

test('all of 51 findings are on their lines, blocking ones first', () => {
  const mild = result({ rule: 'compose/restart', severity: 'medium', blocking: false, findings: many(20) })
  const { annotations } = checkText(report([mild, result({ findings: many(31) })]))
  expect(annotations.map(({ level }) => level)).toEqual([...Array(31).fill('failure'), ...Array(20).fill('warning')])
})

test('at most 200 findings are on their lines, and the rest is counted', () => {
  const text = checkText(report([result({ findings: many(260) })]))
  expect(text.annotations).toHaveLength(200)
  expect(text.summary).toContain('60 more findings')
})

test('columns are said where a finding is on one line, and not where it is on several', () => {
  const results = [result({ findings: [finding(), finding({ line: 3, endLine: 5 }), finding({ path: '.' })] })]
  expect(checkText(report(results)).annotations).toMatchObject([
    { startLine: 14, endLine: 14, startColumn: 7, endColumn: 7 },
    { startLine: 3, endLine: 5 },
  ])
  expect(checkText(report(results)).annotations[1]).not.toHaveProperty('startColumn')
})

test('texts of 70,000 characters and more are cut, with a pointer to the whole', () => {
  const results = Array.from({ length: 300 }, (_, index) =>
    result({ rule: `kubernetes/rule-${index}`, fix: `🚑 ${'repair it '.repeat(30)}`, findings: many(5) }),
  )
  const { summary, text, title } = checkText(report(results))
  expect(summary.length).toBeGreaterThan(60_000)
  expect(Math.max(summary.length, text.length)).toBeLessThanOrEqual(65_535)
  expect(summary).toContain('Cut here')
  expect(text).toContain('Cut here')
  expect(title).toBe('no-go: 300 blockers, score 41–77, minimum 80')
  const parts = ['production', 'staging'].map((environment) => ({
    report: report(results, { environment }),
    unblock: [],
  }))
  const comment = pullRequestComment(parts, { marker: '<!-- prodgate:production -->' })
  expect(comment.length).toBeLessThanOrEqual(65_536)
  expect(comment.match(/<details>/g)?.length).toBe(comment.match(/<\/details>/g)?.length)
  expect(comment).toContain('/prodgate help')
})

test('what the repository says has no effect of its own', () => {
  const hostile = finding({ message: '@acme/all <img src=x> [click](https://evil.example) `a`', path: 'a`b|c.yaml' })
  const parts = [{ report: report([result({ findings: [hostile] })], { environment: 'a`|b' }), unblock: ['@ada'] }]
  const comment = pullRequestComment(parts, { marker: '<!-- prodgate:x -->', notes: ['@grace <b>'] })
  expect(comment).not.toMatch(/@(acme|ada|grace)/)
  expect(comment).not.toContain('<img')
  expect(comment).not.toContain('](https://evil')
})

test('environments that are blocked alike are told once', () => {
  const parts = ['production', 'staging'].map((environment) => ({
    report: report([result()], { environment }),
    unblock: [],
  }))
  const comment = pullRequestComment(parts, { marker: '<!-- prodgate:production -->' })
  expect(comment).toContain('### `production`, `staging`: no-go')
})
