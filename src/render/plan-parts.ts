import type { Report } from '../core/report.ts'

export interface PlanStep {
  rule: string
  title: string
  gain: number
  effortMinutes: number
}

/** One part of the plan with what it adds up to: points of the score's low bound, and minutes of work. */
export interface PlanPart {
  when: Report['plan'][number]['when']
  name: string
  steps: PlanStep[]
  points: number
  minutes: number
}

const names: Record<PlanPart['when'], string> = {
  'before-deploy': 'Before the deploy',
  'first-week': 'First week',
  'first-month': 'First month',
}

/** One part of a report's plan. The first, `before-deploy`, is the smallest set of repairs that turns no-go into go. */
export const planPart = ({ plan, results }: Report, when: PlanPart['when']): PlanPart => {
  const titles = new Map(results.map(({ rule, title }) => [rule, title]))
  const steps = plan
    .filter((item) => item.when === when)
    .map(({ rule, gain, effortMinutes }) => ({ rule, title: titles.get(rule) ?? rule, gain, effortMinutes }))
  const points = steps.reduce((sum, { gain }) => sum + gain, 0)
  return {
    when,
    name: names[when],
    steps,
    points: points < 1 ? Math.round(points * 10) / 10 : Math.round(points),
    minutes: steps.reduce((sum, { effortMinutes }) => sum + effortMinutes, 0),
  }
}
