import { describe, expect, test } from 'vitest'
import { expressionsIn, isAlwaysTrue, trustOf } from '../../../src/collect/workflows/expressions.ts'

describe('expressions', () => {
  test('are found with their places', () => {
    expect(expressionsIn('a ${{ x.y }} b ${{z}} ${{ open')).toEqual([
      { text: 'x.y', offset: 2 },
      { text: 'z', offset: 15 },
    ])
  })

  test.each([
    ['github.event.issue.title', 'outsider'],
    ["github.event['issue']['title']", 'outsider'],
    ['GitHub.Event.Issue.Title', 'outsider'],
    ['github.head_ref', 'outsider'],
    ['github.event.pull_request.head.ref', 'outsider'],
    ['github.event.commits[0].message', 'outsider'],
    ['github.event.commits[0].author.email', 'outsider'],
    ['github.event.pages[1].page_name', 'outsider'],
    ['toJSON(github.event)', 'outsider'],
    ['toJSON(github)', 'outsider'],
    ["format('x-{0}', github.head_ref)", 'outsider'],
    ['github.head_ref || github.ref_name', 'outsider'],
    ["github.event_name == 'push' && github.head_ref", 'outsider'],
    ['env.title', 'outsider'],
    ['github.ref_name', 'writer'],
    ['inputs.version', 'writer'],
    ['github.event.client_payload.tag', 'writer'],
    ["contains(github.event.comment.body, 'x')", 'trusted'],
    ["github.event.issue.title == 'x'", 'trusted'],
    ["github.event.issue.title == 'x' && 'a' || 'b'", 'trusted'],
    ['!github.head_ref', 'trusted'],
    ["'github.head_ref'", 'trusted'],
    ['github.event.issue.number', 'trusted'],
    ['github.event.pull_request.head.sha', 'trusted'],
    ['github.sha', 'trusted'],
    ['secrets.TOKEN', 'trusted'],
    ['steps.meta.outputs.tags', 'trusted'],
    ['matrix.service', 'trusted'],
    ['', 'trusted'],
    ['((((', 'trusted'],
  ])('%s is chosen by: %s', (text, origin) => {
    expect(trustOf(text, { title: '${{ github.event.issue.title }}' }).origin).toBe(origin)
  })

  test.each([
    ['success()', false],
    ['${{ success() }}', false],
    ["${{ github.ref == 'x' }} && success()", true],
    ['!${{ success() }}', true],
    ['${{ a }}${{ b }}', true],
    ['${{ success() }}\n', true],
    ['success()\n', false],
  ])('%j is always true: %s', (text, always) => {
    expect(isAlwaysTrue(text)).toBe(always)
  })

  test('deep and long expressions take no time', () => {
    for (const text of [
      '('.repeat(20_000),
      'a && '.repeat(20_000),
      `${'('.repeat(5000)}a${')'.repeat(5000)}`,
      '['.repeat(20_000),
      "'".repeat(20_001),
    ])
      expect(trustOf(text, {}).origin).toBe('trusted')
  })
})
