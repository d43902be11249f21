import type { Rule } from '../../src/core/rule.ts'
import { severities } from '../../src/core/severity.ts'
import { duration } from '../../src/render/words.ts'
import { table } from './markdown.ts'

const link = ({ id }: Rule): string => `[\`${id}\`](${id}.md)`

/** Numbers as numbers, so that CKV_K8S_9 stands before CKV_K8S_10. */
const inOrder = new Intl.Collator('en', { numeric: true }).compare

/** The tool or standard that a reference is of, and its id there: `checkov:CKV_K8S_9`, `CIS Docker 4.1`. */
const partsOf = (reference: string): { tool: string; id: string } => {
  const colon = reference.indexOf(':')
  if (colon > 0) return { tool: reference.slice(0, colon), id: reference.slice(colon + 1) }
  const [, tool = 'others', id = reference] = /^(.*\D) (\d[\d.]*)$/.exec(reference) ?? []
  return { tool, id }
}

const byForeignId = (rules: readonly Rule[]): string[] => {
  const tools = new Map<string, Map<string, Rule[]>>()
  for (const rule of rules)
    for (const reference of rule.references.filter((one) => !one.includes('://'))) {
      const { tool, id } = partsOf(reference)
      const ids = tools.get(tool) ?? new Map<string, Rule[]>()
      tools.set(tool, ids)
      ids.set(id, [...(ids.get(id) ?? []), rule])
    }
  return [...tools].sort(([a], [b]) => inOrder(a, b)).flatMap(([tool, ids]) => [
    `### ${tool}`,
    table(
      [tool, 'here'],
      [...ids].sort(([a], [b]) => inOrder(a, b)).map(([id, own]) => [`\`${id}\``, own.map(link).join(', ')]),
    ),
  ])
}

const number = (list: readonly Rule[], severity: string): string => {
  const count = list.filter((rule) => rule.severity === severity).length
  return count === 0 ? '' : String(count)
}

const anchor = (heading: string): string => `#${heading.toLowerCase().replaceAll(' ', '-')}`

/** The list of rules by category, and by what other tools call the same. */
export const ruleIndex = (rules: readonly Rule[]): string => {
  const categories = [...new Set(rules.map(({ category }) => category))].sort()
  const own = (category: string): Rule[] => rules.filter((rule) => rule.category === category)
  return (
    [
      '<!-- Written by scripts/write-docs.ts from rules/. -->',
      '# The rules',
      `${rules.length} rules. Those of the pack \`all\` are opinions that a policy opts in to with \`extends: [all]\` or one by one. [By other tools' ids](#by-other-tools-ids) finds ours for theirs; \`prodgate explain\` does too.`,
      table(
        ['category', 'rules', ...severities],
        categories.map((category) => [
          `[${category}](${anchor(category)})`,
          String(own(category).length),
          ...severities.map((severity) => number(own(category), severity)),
        ]),
      ),
      ...categories.flatMap((category) => [
        `## ${category}`,
        table(
          ['rule', 'holds when it passes', 'severity', 'effort', 'pack'],
          own(category).map((rule) => [link(rule), rule.title, rule.severity, duration(rule.effortMinutes), rule.pack]),
        ),
      ]),
      "## By other tools' ids",
      'A reference says that the other check is about the same thing; it may be stricter or laxer.',
      ...byForeignId(rules),
    ].join('\n\n') + '\n'
  )
}
