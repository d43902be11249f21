import type { Report } from '../core/report.ts'

/** One repair: of one rule, or of the one thing that keeps several rules from being judged. */
export interface PlanStep {
  /** The rule's title, or what keeps the rules from being judged. */
  title: string
  rules: string[]
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

const tenths = (points: number): number => Math.round(points * 10) / 10

/** One part of a report's plan. The first, `before-deploy`, is the smallest set of repairs that turns no-go into go. */
export const planPart = ({ plan, results }: Report, when: PlanPart['when']): PlanPart => {
  const byRule = new Map(results.map((result) => [result.rule, result]))
  const steps = new Map<string, PlanStep>()
  for (const { rule, gain, effortMinutes } of plan.filter((item) => item.when === when)) {
    const { title = rule, status, reason } = byRule.get(rule) ?? {}
    const cause = status === 'unknown' && reason !== undefined ? `because ${reason}` : rule
    const known = steps.get(cause)
    if (known === undefined) steps.set(cause, { title, rules: [rule], gain, effortMinutes })
    else {
      known.rules.push(rule)
      known.gain += gain
      known.effortMinutes += effortMinutes
      known.title = `Let ${known.rules.length} rules be judged: ${reason ?? ''}`
    }
  }
  const list = [...steps.values()].map((step) => ({ ...step, gain: tenths(step.gain) }))
  const points = list.reduce((sum, { gain }) => sum + gain, 0)
  return {
    when,
    name: names[when],
    steps: list,
    points: points < 1 ? tenths(points) : Math.round(points),
    minutes: list.reduce((sum, { effortMinutes }) => sum + effortMinutes, 0),
  }
}
