import { expect, test } from 'vitest'
import { environmentKey, outlinePolicy } from '../../src/core/policy-outline.ts'
import { Window } from '../../src/core/policy-file.ts'
import { validUntil } from '../../src/core/valid-until.ts'
import { finding, report, result } from '../sample-report.ts'

const now = new Date('2026-11-18T10:00:00Z')
const none = { waiversEnd: [], evidenceMaxAge: undefined }
const waived = (expires: string) => ({ reason: 'late', owner: 'ada', expires })
const proof = {
  kind: 'tests' as const,
  format: 'junit',
  path: 'junit.xml',
  sha: null,
  createdAt: '2026-11-18T09:00:00Z',
}

test.each<[string, Parameters<typeof validUntil>, string]>([
  ['the day', [report(), none, [], now], '2026-11-19T00:00:00.000Z'],
  [
    "a waiver's end",
    [report(), { ...none, waiversEnd: ['2026-11-18T11:00:00Z', '2026-11-01'] }, [], now],
    '2026-11-18T11:00:00.000Z',
  ],
  [
    "an ignore's end",
    [report([result({ findings: [finding({ waived: waived('2026-11-18T12:00:00+01:00') })] })]), none, [], now],
    '2026-11-18T11:00:00.000Z',
  ],
  [
    'evidence that gets too old',
    [report([], { evidence: [proof] as never }), { ...none, evidenceMaxAge: 7_200_000 }, [], now],
    '2026-11-18T11:00:00.001Z',
  ],
  ['a soak', [report(), { ...none, soaked: new Date('2026-11-18T12:00:00Z') }, [], now], '2026-11-18T12:00:00.000Z'],
  [
    'a window',
    [report(), none, [Window.parse({ days: 'wed', hours: '09:00-10:30' })], now],
    '2026-11-18T10:30:00.000Z',
  ],
])('a verdict holds until the end of %s', (_, input, until) => {
  expect(validUntil(...input).toISOString()).toBe(until)
})

test('the outline of a policy is known without its rules; what is no policy has none', () => {
  const outline = outlinePolicy(
    'version: 1\nenvironments: { live: { names: [prod-*], deadline: 2h } }\nevidence: { workflows: [.github/workflows/test.yml] }\nrules: { acme/own: high }\n',
  )
  expect(outline?.workflows).toEqual(['.github/workflows/test.yml'])
  expect(
    outline === undefined ? undefined : ['live', 'prod-eu', 'moon'].map((name) => environmentKey(outline, name)),
  ).toEqual(['live', 'live', undefined])
  expect(Object.keys(outlinePolicy(undefined)?.environments ?? {})).toEqual(['staging', 'production'])
  for (const text of ['version: 2', '{', 'version: 1\nevidence: { workflows: [ci.yml] }'])
    expect(outlinePolicy(text)).toBeUndefined()
})
