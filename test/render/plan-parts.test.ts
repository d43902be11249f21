import { expect, test } from 'vitest'
import { html } from '../../src/render/html/html.ts'
import { human } from '../../src/render/human.ts'
import { markdown } from '../../src/render/markdown.ts'
import { planPart } from '../../src/render/plan-parts.ts'
import { report, result } from '../sample-report.ts'

const reason = 'deploy/chart/Chart.yaml:1 has 7 Helm templates, which only helm can render'
const waiting = ['kubernetes/host-path', 'kubernetes/host-network', 'kubernetes/host-pid'].map((rule) =>
  result({ rule, status: 'unknown', reason, findings: [] }),
)
const chart = report([...waiting, result()], {
  plan: [
    { rule: 'kubernetes/host-path', when: 'before-deploy', gain: 4.2, effortMinutes: 15 },
    { rule: 'kubernetes/host-network', when: 'before-deploy', gain: 4.2, effortMinutes: 0 },
    { rule: 'kubernetes/host-pid', when: 'before-deploy', gain: 4.2, effortMinutes: 0 },
    { rule: 'kubernetes/readiness-probe', when: 'before-deploy', gain: 2, effortMinutes: 15 },
  ],
})

test('rules that wait for one thing are one repair', () => {
  const { steps, points, minutes } = planPart(chart, 'before-deploy')
  expect(steps).toEqual([
    {
      title: `Let 3 rules be judged: ${reason}`,
      rules: ['kubernetes/host-path', 'kubernetes/host-network', 'kubernetes/host-pid'],
      gain: 12.6,
      effortMinutes: 15,
    },
    {
      title: 'Containers that take traffic declare a readiness probe',
      rules: ['kubernetes/readiness-probe'],
      gain: 2,
      effortMinutes: 15,
    },
  ])
  expect([points, minutes]).toEqual([15, 30])
})

test('and every text for people says so', () => {
  const terminal = human(chart, { width: 300 })
  expect(terminal).toContain('The shortest way to go: 2 steps, +15 points, about 30 min')
  expect(terminal).toContain(
    `1. Let 3 rules be judged: ${reason}  kubernetes/host-path, kubernetes/host-network and 1 more`,
  )
  expect(markdown(chart)).toContain('`kubernetes/host-path`, `kubernetes/host-network` and 1 more | +12.6 | 15 min |')
  expect(html(chart)).toContain('<span class="quiet">and 2 more</span>')
})
