import type { Rule } from '../../core/rule.ts'
import { markdownCode, markdownPlain, markdownText } from '../../render/markdown-text.ts'
import { duration } from '../../render/words.ts'

/** What is explained of a rule, whether it is built in or the repository's own. */
export type Explained = Pick<Rule, 'id' | 'title' | 'severity' | 'effortMinutes' | 'why' | 'fix' | 'references'>

/** References are other tools' names of a rule, with and without the tool. */
const goesBy = ({ id, references }: Explained, formerly: readonly string[]): string[] =>
  [
    id,
    id.slice(id.indexOf('/') + 1),
    ...formerly,
    ...references,
    ...references.map((one) => one.slice(one.indexOf(':') + 1)),
  ].map((name) => name.toLowerCase())

const told = (rule: Explained): string =>
  [
    `### ${markdownText(rule.title)} ${markdownCode(rule.id)}`,
    `${rule.severity}, about ${duration(rule.effortMinutes)} to repair`,
    '',
    `**Why:** ${markdownText(rule.why)}`,
    '',
    `**Fix:** ${markdownText(rule.fix)}`,
  ].join('\n')

/** Why the rules of a name are there and how to meet them; where there is none, which are like it. */
export const explainText = (word: string, rules: readonly (Explained & { formerly?: readonly string[] })[]): string => {
  const wanted = word.toLowerCase()
  const exact = rules.filter(({ id }) => id.toLowerCase() === wanted)
  const found = exact.length > 0 ? exact : rules.filter((rule) => goesBy(rule, rule.formerly ?? []).includes(wanted))
  if (found.length > 0) return found.slice(0, 5).map(told).join('\n\n')
  const like = rules.filter(({ id }) => wanted.length >= 3 && id.toLowerCase().includes(wanted)).slice(0, 5)
  const hint = like.length === 0 ? '' : ` Did you mean ${like.map(({ id }) => markdownCode(id)).join(', ')}?`
  return `There is no rule ${markdownPlain(word.slice(0, 200))}.${hint}`
}
