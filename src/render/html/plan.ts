import type { Report } from '../../core/report.ts'
import type { Outline } from '../outline.ts'
import type { PlanPart } from '../plan-parts.ts'
import { count, duration } from '../words.ts'
import { Markup, markup } from './markup.ts'
import { table, type Section } from './section.ts'
import { folded, ruleName, said } from './words.ts'

const total = ({ steps, points, minutes }: PlanPart): string =>
  `${count(steps.length, 'repair')}, +${points} points, about ${duration(minutes)}`

const columns = [{ name: 'Repair' }, { name: 'Points', number: true }, { name: 'Effort', number: true }]

const steps = (part: PlanPart, anchors: ReadonlyMap<string, string>): Markup =>
  table(
    `${part.name}: ${total(part)}`,
    columns,
    part.steps.map(({ rules: [rule = '', ...others], title, gain, effortMinutes }) => {
      const anchor = anchors.get(rule)
      const name = anchor === undefined ? said(title) : markup`<a href="#${anchor}">${said(title)}</a>`
      const more = others.length === 0 ? '' : markup`<span class="quiet">and ${others.length} more</span>`
      return [markup`${name} ${ruleName(rule)}${more}`, `+${gain}`, duration(effortMinutes)]
    }),
  )

/** The smallest set of repairs that turns no-go into go, and the rest of the plan folded. */
export const planSection = (
  { decision }: Report,
  { way, later }: Outline,
  anchors: ReadonlyMap<string, string>,
): Section | undefined => {
  const rest = later
    .filter((part) => part.steps.length > 0)
    .map((part) => folded(markup`${part.name} <span class="quiet">${total(part)}</span>`, steps(part, anchors)))
  const needed = decision !== 'go' && way.steps.length > 0
  if (!needed && rest.length === 0) return undefined
  return {
    id: 'way',
    title: needed ? 'The shortest way to go' : 'After the deploy',
    body: markup`${
      needed &&
      markup`<p class="intro">The smallest set of repairs that leaves nothing in the way: everything that blocks, and the fewest others that reach the minimum score.</p>${steps(way, anchors)}`
    }${rest}`,
  }
}
