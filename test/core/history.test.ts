import { describe, expect, test } from 'vitest'
import { historyFrom, lastPassing, withDecision, type History } from '../../src/core/history.ts'
import { valuesOf, withPrevious } from '../../src/core/previous-values.ts'
import type { Fact } from '../../src/core/facts/index.ts'

const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((digit) => digit.repeat(40)) as [string, string, string, string]

const entry = (
  sha: string,
  day: number,
  changes: Partial<History['entries'][number]> = {},
): History['entries'][number] => ({
  sha,
  environment: 'production',
  decidedAt: `2026-11-${String(day).padStart(2, '0')}T10:00:00.000Z`,
  decision: 'go',
  values: { 'load.total': { p95: day } },
  ...changes,
})

const history = (...entries: History['entries']): History => ({ schemaVersion: 1, entries })

const p95 = (of: History, sha: string | null = d, environment = 'production') =>
  lastPassing(of, environment, sha)?.['load.total']?.['p95']

describe('the last deployment that passed', () => {
  test.each([
    ['is the newest, whatever the order', history(entry(a, 9), entry(b, 3)), 9],
    ['is none that did not pass', history(entry(a, 3), entry(b, 9, { decision: 'no-go' })), 3],
    ['may have been conditional', history(entry(a, 3, { decision: 'conditional' })), 3],
    ['is one of the same environment', history(entry(a, 3), entry(b, 9, { environment: 'staging' })), 3],
    ['is not the judged commit itself', history(entry(a, 3), entry(d, 9)), 3],
    ['may be missing', history(entry(d, 9)), undefined],
  ])('%s', (_, of, wanted) => {
    expect(p95(of)).toBe(wanted)
  })
})

describe('an environment of several names', () => {
  const alike = (name: string): boolean => name.startsWith('prod')
  const p95Of = (of: History, environment: string) => lastPassing(of, environment, d, alike)?.['load.total']?.['p95']
  const both = history(entry(a, 3, { environment: 'prod-eu' }), entry(b, 9, { environment: 'production' }))

  test.each([
    ['the name itself comes first', 'prod-eu', 3],
    ['whatever the case of its letters', 'Prod-EU', 3],
    ['without an entry of its own the others count', 'prod-us', 9],
  ])('%s', (_, environment, wanted) => {
    expect(p95Of(both, environment)).toBe(wanted)
  })

  test('what means another environment never counts', () => {
    expect(p95Of(history(entry(a, 3, { environment: 'staging' })), 'prod-us')).toBeUndefined()
  })
})

describe('what is no history', () => {
  const valid = withDecision(history(), {
    sha: a,
    environment: 'production',
    at: new Date(0),
    decision: 'go',
    values: {},
  })

  test.each([
    ['no JSON', '{', 'is not valid JSON'],
    ['another version', '{"schemaVersion":2,"entries":[]}', 'at schemaVersion'],
    ['a list', '[]', 'at its root'],
    ['a short commit', valid.replace(a, 'abc'), 'at entries.0.sha'],
    ['another decision', valid.replace('"go"', '"maybe"'), 'at entries.0.decision'],
    ['an unknown key', valid.replace('"sha"', '"note": "", "sha"'), 'at entries.0'],
    [
      'no number',
      valid.replace('"values": {}', '"values": {"load.total": {"p95": "12"}}'),
      'at entries.0.values.load.total.p95',
    ],
    ['an infinite number', valid.replace('"values": {}', '"values": {"load.total": {"p95": 1e309}}'), 'load.total.p95'],
    ['too many entries', JSON.stringify(history(...Array.from({ length: 51 }, () => entry(a, 1)))), 'at entries'],
    ['too long', ' '.repeat(1_000_001), 'is longer than'],
  ])('%s', (_, text, reason) => {
    const read = historyFrom({ path: 'history.json', text })
    expect(read).toMatchObject({ diagnostics: [{ code: 'history-invalid', path: 'history.json' }] })
    expect('diagnostics' in read && read.diagnostics[0]?.message).toContain(reason)
  })

  test('no file is an empty one, and no source none', () => {
    expect(historyFrom({ path: 'history.json', text: undefined })).toEqual({
      kept: { path: 'history.json', history: history() },
    })
    expect(historyFrom(undefined)).toEqual({ kept: undefined })
    expect(historyFrom({ path: 'x', unreadable: 'is gone' })).toMatchObject({ diagnostics: [{ message: 'is gone' }] })
  })
})

describe('one more decision', () => {
  const add = (to: History, sha: string) =>
    withDecision(to, {
      sha,
      environment: 'production',
      at: new Date('2026-11-21T10:00:00Z'),
      decision: 'go',
      values: { 'tests.total': { total: 41 }, 'load.total': { p95: 41.2, errorRate: 0 } },
    })

  test('is the same in the same bytes, and is read back', () => {
    const text = add(history(entry(b, 3)), a)
    expect(text).toBe(add(history(entry(b, 3)), a))
    expect(text.endsWith('}\n')).toBe(true)
    expect(text.indexOf('"load.total"', text.indexOf(a))).toBeLessThan(text.indexOf('"tests.total"', text.indexOf(a)))
    const read = historyFrom({ path: 'h', text })
    expect('kept' in read && p95(read.kept?.history ?? history())).toBe(41.2)
  })

  test('replaces that of the same commit, and the oldest are dropped', () => {
    const parsed = JSON.parse(add(history(entry(a, 3), entry(b, 4)), a)) as History
    expect(parsed.entries.map(({ sha }) => sha)).toEqual([b, a])
    const full = JSON.parse(add(history(...Array.from({ length: 50 }, (_, i) => entry(c, (i % 28) + 1))), a)) as History
    expect(full.entries).toHaveLength(50)
    expect(full.entries.at(-1)?.sha).toBe(a)
  })
})

describe('beside the new values', () => {
  const load: Fact = {
    kind: 'load.total',
    subject: 'all load tests',
    place: { path: 'k6.json', line: 1, column: 1 },
    value: { requests: 10, files: 1, tools: ['k6'], thresholds: 0, missedThresholds: [], p95: 50 },
  }

  test('stand the last ones, by name', () => {
    const [fact] = withPrevious([load], {
      'load.total': { p95: 40, throughput: 7, toString: 1 },
      constructor: { p95: 1 },
    })
    expect(fact?.value).toEqual({ ...load.value, historyKept: true, previousP95: 40, previousThroughput: 7 })
    expect(withPrevious([load], undefined)[0]?.value).toEqual({ ...load.value, historyKept: true })
  })

  test('numbers alone are kept, and no previous ones', () => {
    expect(valuesOf(withPrevious([load], { 'load.total': { p95: 40 } }))).toEqual({
      'load.total': { requests: 10, files: 1, thresholds: 0, p95: 50 },
    })
  })
})
