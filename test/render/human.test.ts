import { expect, test } from 'vitest'
import { human } from '../../src/render/human.ts'
import { finding, report, result } from '../sample-report.ts'

const many = Array.from({ length: 17 }, (_, index) => finding({ line: index + 1 }))

test('the decision, the blockers and the shortest way to go come first', () => {
  expect(human(report([result()]))).toBe(`✘ NO-GO for production  acme/shop@0123456789ab
  • 1 blocking rule fails: kubernetes/readiness-probe [blocking-failure]

Score 41–77 of 100, minimum 80, confidence 64 % (the low bound counts what is unknown as failed)

Blockers: 1 rule, 1 finding

  ✘ high  Containers that take traffic declare a readiness probe  kubernetes/readiness-probe
    k8s/api.yaml:14  container web has no readiness probe
    fix: Add a \`readinessProbe\` that fails until the process can serve. (15 min)

The shortest way to go: 1 step, +13 points, about 15 min
   1. Containers that take traffic declare a readiness probe  kubernetes/readiness-probe  +12.5
      points, 15 min

20 files found, 9 read, 2 ignored; 0 rules passed
evidence: tests (1 file)
more: prodgate explain kubernetes/readiness-probe
`)
})

test('five findings of a rule are shown, and all when asked', () => {
  const text = human(report([result({ findings: many })]))
  expect(text).toContain('k8s/api.yaml:5 ')
  expect(text).not.toContain('k8s/api.yaml:6 ')
  expect(text).toContain('    … and 12 more (--all shows them)\n')
  expect(human(report([result({ findings: many })]), { all: true })).toContain('k8s/api.yaml:17 ')
})

test('rules that are unknown for one reason are one line with their number', () => {
  const unknown = Array.from({ length: 30 }, (_, index) =>
    result({ rule: `tests/rule-${index}`, status: 'unknown', reason: 'no tests evidence was found' }),
  )
  const text = human(report(unknown), { width: 200 })
  expect(text).toContain('  ? blocking  30 rules: no tests evidence was found tests/rule-0, ')
  expect(text.match(/no tests evidence was found/g)).toHaveLength(1)
  expect(text).toContain(' and 25 more')
})

test('what single values made unknown is undecided and not a blocker', () => {
  const undecided = [{ path: 'Dockerfile', line: 3, subject: 'stage run', reason: 'USER $APP is computed' }]
  const reason = 'Dockerfile:3 USER $APP is computed'
  const text = human(report([result({ status: 'unknown', reason, undecided })]), { width: 200 })
  expect(text).not.toContain('Not judged')
  expect(text).toContain('? Dockerfile:3  stage run: USER $APP is computed kubernetes/readiness-probe')
})

test('failures that do not block are a line each, by category', () => {
  const low = result({
    rule: 'compose/restart',
    title: 'Services restart',
    category: 'compose',
    severity: 'low',
    blocking: false,
    findings: many,
  })
  const medium = result({ rule: 'kubernetes/limits', title: 'Limits are set', severity: 'medium', blocking: false })
  expect(human(report([low, medium], { plan: [] }), { width: 200 })).toContain(
    `Other failures, not blocking here: 1 medium, 1 low
  compose (1 low)
    low       Services restart  compose/restart  k8s/api.yaml:1 and 16 more
  kubernetes (1 medium)
    medium    Limits are set  kubernetes/limits  k8s/api.yaml:14
`,
  )
})

test('colours only where they are asked for', () => {
  expect(human(report([result()]))).not.toContain('\u001b')
  expect(human(report([result()]), { color: true })).toContain('\u001b[31m')
})

test('a go says so', () => {
  const text = human(
    report([result({ status: 'pass' })], {
      decision: 'go',
      reasons: [],
      score: { low: 100, high: 100, minimum: 80, confidence: 90, categories: [] },
    }),
  )
  expect(text).toContain('✔ GO for production')
  expect(text).not.toContain('Blockers')
})

test('what the base has too is no blocker', () => {
  const before = result({ findings: [finding({ known: true })] })
  const text = human(report([before]), { width: 200 })
  expect(text).not.toContain('Blockers')
  expect(text).toContain('Known: 1 blocking rule where the base fails too')
  const both = human(report([result({ findings: [finding({ known: true }), finding({ line: 20 })] })]), { width: 200 })
  expect(both).toContain('k8s/api.yaml:14  container web has no readiness probe (the base has it too)\n')
  expect(both).toContain('k8s/api.yaml:20  container web has no readiness probe\n')
})
