import { expect, test } from 'vitest'
import { decideGate, type GateQuestion } from '../../src/gate/decision.ts'
import { cutGateText, gateWords } from '../../src/gate/gate-text.ts'
import type { Report } from '../../src/core/report.ts'
import { report, result } from '../sample-report.ts'

const at = new Date('2026-11-18T10:00:00Z')
const reason = (code: Report['reasons'][number]['code'], message: string) => ({ code, message })

const ask = (given: Partial<Report>, more: Partial<GateQuestion> = {}, awaitsEvidence = false): GateQuestion => ({
  judged: { report: report([], { reasons: [], ...given }), awaitsEvidence, notes: [] },
  going: [],
  opens: undefined,
  deadline: new Date('2026-11-19T10:00:00Z'),
  now: at,
  check: 'prodgate / production',
  ...more,
})

const known = reason('known-findings', '1 blocking rule fails as it did before')
const waived = reason('waived', '1 blocking rule is waived')
const below = reason('below-blocking', '1 serious rule fails')
const signOff = reason('sign-off-missing', 'awaits the sign-off of security')
const unknown = reason('blocking-unknown', '1 blocking rule is unknown')
const observed = reason('observe-mode', 'this environment is observed')

test.each<[string, GateQuestion, string]>([
  ['go', ask({ decision: 'go' }), 'approve'],
  ['conditional by what is accepted', ask({ decision: 'conditional', reasons: [known, waived, below] }), 'approve'],
  ['a sign-off that is missing', ask({ decision: 'conditional', reasons: [waived, signOff] }), 'hold'],
  ['no-go', ask({ decision: 'no-go', reasons: [unknown] }), 'reject'],
  [
    'no-go that awaits evidence which is made',
    ask({ decision: 'no-go', reasons: [unknown] }, { going: ['test'] }, true),
    'hold',
  ],
  ['no-go that awaits evidence which nobody makes', ask({ decision: 'no-go', reasons: [unknown] }, {}, true), 'reject'],
  ['no-go for other reasons, while something runs', ask({ decision: 'no-go' }, { going: ['test'] }), 'reject'],
  ['no-go that is observed', ask({ decision: 'no-go', reasons: [unknown, observed] }), 'approve'],
  ['no verdict', ask({}, { judged: { problem: 'out of memory' } }), 'hold'],
  [
    'no verdict at the deadline',
    ask({}, { judged: { problem: 'out of memory' }, now: new Date('2026-11-19T10:00:00Z') }),
    'reject',
  ],
  ['go at the deadline', ask({ decision: 'go' }, { now: new Date('2026-11-19T10:00:00Z') }), 'reject'],
  ['go just before it', ask({ decision: 'go' }, { now: new Date('2026-11-19T09:59:59.999Z') }), 'approve'],
])('%s', (_, question, is) => {
  expect(decideGate(question).is).toBe(is)
})

test('a text of 1,025 code points is cut to 1,024, between them, with a pointer to the whole', () => {
  const text = '🚦'.repeat(1025)
  const cut = cutGateText(text, 'the whole is in the check run')
  expect(Array.from(cut)).toHaveLength(1024)
  expect(cut).toMatch(/^🚦+ … \(the whole is in the check run\)$/u)
  expect(cutGateText('🚦'.repeat(1024), 'x')).toBe('🚦'.repeat(1024))
})

test('what a gate says is within the limit, and mentions nobody', () => {
  const long = result({ title: 'Ask @everybody', fix: '🚑'.repeat(2000) })
  const question = ask({ decision: 'no-go', results: [long] })
  const decision = decideGate(question)
  const text = decision.is === 'hold' ? decision.why : decision.comment
  expect(Array.from(text).length).toBeLessThanOrEqual(1024)
  expect(text).not.toContain('@everybody')
  expect(text).toContain('prodgate / production')
})

test('what is held says what for and until when, and looks again when the window opens', () => {
  const opens = new Date('2026-11-18T12:00:00Z')
  const reasons = [reason('outside-window', 'deployments start mon-thu 12:00-16:00 UTC')]
  expect(decideGate(ask({ decision: 'conditional', reasons }, { opens }))).toEqual({
    is: 'hold',
    why: 'Held: deployments start mon-thu 12:00-16:00 UTC. The window opens 2026-11-18 12:00 UTC. Waits until 2026-11-19 10:00 UTC at the latest.',
    wake: opens,
  })
})

test('a file that is called like a mention, a tag or a link is none in an answer', () => {
  expect(gateWords('@acme/all <img src=x> [here](https://evil.example) a < b')).toBe(
    '@\u200dacme/all <\u200dimg src=x> [here]\u200d(https://evil.example) a < b',
  )
})
