import { factsPage } from './docs/facts-page.ts'
import { ruleIndex } from './docs/rule-index.ts'
import { rulePage } from './docs/rule-page.ts'
import { readRules } from './read-rules.ts'
import { writeGenerated } from './written-files.ts'

const rules = readRules()
const pages = rules.map(({ rule, cases }) => [`docs/rules/${rule.id}.md`, rulePage(rule, cases)] as const)

writeGenerated(
  new Map([
    ...pages,
    ['docs/rules/README.md', ruleIndex(rules.map(({ rule }) => rule))],
    ['docs/facts.md', factsPage()],
  ]),
  ['docs/rules'],
)
