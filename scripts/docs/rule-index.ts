import type { Rule } from '../../src/core/rule.ts'
import { duration } from '../../src/render/words.ts'
import { table } from './markdown.ts'

const link = ({ id }: Rule): string => `[\`${id}\`](${id}.md)`

const byForeignId = (rules: readonly Rule[]): string => {
  const pairs = rules.flatMap((rule) =>
    rule.references.filter((reference) => !reference.includes('://')).map((reference) => [reference, rule] as const),
  )
  const names = [...new Set(pairs.map(([reference]) => reference))].sort()
  return table(
    ['elsewhere', 'here'],
    names.map((name) => [`\`${name}\``, pairs.filter(([reference]) => reference === name).map(([, rule]) => link(rule)).join(', ')]),
  )
}

/** The list of rules by category, and by what other tools call the same. */
export const ruleIndex = (rules: readonly Rule[]): string => {
  const categories = [...new Set(rules.map(({ category }) => category))].sort()
  return (
    [
      '<!-- Written by scripts/write-docs.ts from rules/. -->',
      '# The rules',
      `${rules.length} rules. Those of the pack \`all\` are opinions that a policy opts in to with \`extends: [all]\` or one by one.`,
      ...categories.flatMap((category) => [
        `## ${category}`,
        table(
          ['rule', 'holds when it passes', 'severity', 'effort', 'pack'],
          rules
            .filter((rule) => rule.category === category)
            .map((rule) => [link(rule), rule.title, rule.severity, duration(rule.effortMinutes), rule.pack]),
        ),
      ]),
      "## By other tools' ids",
      'A reference says that the other check is about the same thing; it may be stricter or laxer.',
      byForeignId(rules),
    ].join('\n\n') + '\n'
  )
}
