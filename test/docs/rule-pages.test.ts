import { expect, test } from 'vitest'
import { ruleIndex } from '../../scripts/docs/rule-index.ts'
import { rulePage } from '../../scripts/docs/rule-page.ts'
import { readRules } from '../../scripts/read-rules.ts'

const all = readRules()
const index = ruleIndex(all.map(({ rule }) => rule))

test('the index has every rule, and leads to it from every foreign id', () => {
  const rows = index.split('\n').filter((line) => line.startsWith('| '))
  for (const { rule } of all) {
    expect(index).toContain(`[\`${rule.id}\`](${rule.id}.md) | `)
    for (const reference of rule.references.filter((one) => !one.includes('://'))) {
      const row = rows.find(
        (line) => line.includes(`](${rule.id}.md)`) && reference.endsWith(/^\| `([^`]+)`/.exec(line)?.[1] ?? '\n'),
      )
      expect(row, `${reference} of ${rule.id}`).toBeDefined()
    }
  }
})

test.each(all)('the page of $rule.id tells what it asks, what it costs and how it looks', ({ rule, cases }) => {
  const page = rulePage(rule, cases)
  for (const part of [rule.title, rule.severity, rule.pack, rule.why.trim(), rule.fix.trim(), '## Examples'])
    expect(page).toContain(part)
  for (const name of [...Object.keys(rule.parameters), ...rule.formerly]) expect(page).toContain(`\`${name}\``)
  for (const reference of rule.references) expect(page).toContain(reference)
})
