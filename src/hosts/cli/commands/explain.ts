import { rules as builtin } from 'builtin-rules'
import pc from 'picocolors'
import { InputError } from '../../../core/errors.ts'
import type { Rule } from '../../../core/rule.ts'
import { duration } from '../../../render/words.ts'
import type { Arguments } from '../arguments.ts'
import { exitCodes } from '../exit-codes.ts'
import { allRules } from '../law.ts'
import { nearest } from '../nearest.ts'
import type { Terminal } from '../terminal.ts'

/** What a rule goes by besides its id: its name alone, its former ids, and other tools' ids with and without the tool. */
const aliases = ({ id, formerly, references }: Rule): string[] => [
  id.slice(id.indexOf('/') + 1),
  ...formerly,
  ...references.flatMap((reference) =>
    reference.includes('://') ? [reference] : [reference, reference.slice(reference.indexOf(':') + 1)],
  ),
]

/** The rules that a word names, whatever its case: the one of that id, or all that go by it. */
export const rulesNamed = (word: string, all: readonly Rule[]): Rule[] => {
  const wanted = word.toLowerCase()
  const exact = all.filter(({ id }) => id.toLowerCase() === wanted)
  if (exact.length > 0) return exact
  return all.filter((rule) => aliases(rule).some((alias) => alias.toLowerCase() === wanted))
}

const block = (text: string): string =>
  text
    .trim()
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n')

const explanation = (rule: Rule, terminal: Terminal): string => {
  const { bold, dim, cyan } = pc.createColors(terminal.color)
  const expressions = [
    ...(rule.when === undefined ? [] : [`  ${dim('when')}`, block(rule.when)]),
    ...(rule.undecided === undefined ? [] : [`  ${dim('undecided when')}`, block(rule.undecided.when)]),
    `  ${dim('expects')}`,
    block(rule.expect),
  ]
  const parameters = Object.entries(rule.parameters).map(([name, value]) => `  ${name}: ${JSON.stringify(value)}`)
  return [
    `${bold(rule.title)}  ${cyan(rule.id)}`,
    `${rule.severity}, ${duration(rule.effortMinutes)} to repair${rule.pack === 'all' ? ', only in the pack "all"' : ''}`,
    '',
    `${bold('Why')}  ${rule.why.trim()}`,
    `${bold('Fix')}  ${rule.fix.trim()}`,
    '',
    `${bold('Asks')} of each ${rule.for}${rule.evidence === undefined ? '' : ` (from ${rule.evidence} evidence)`}`,
    ...expressions,
    ...(parameters.length === 0 ? [] : ['', `${bold('Parameters')}, set under rules in the policy`, ...parameters]),
    ...(rule.formerly.length === 0 ? [] : ['', `${bold('Formerly')}  ${rule.formerly.join(', ')}`]),
    ...(rule.references.length === 0
      ? []
      : ['', bold('References'), ...rule.references.map((reference) => `  ${reference}`)]),
    '',
  ].join('\n')
}

/** `prodgate explain`: prints what the rules of a name ask, and returns the exit code. */
export const explain = async ({ positionals: [word = ''] }: Arguments, terminal: Terminal): Promise<number> => {
  // A built-in rule is explained whatever is wrong with the custom ones.
  const known = rulesNamed(word, builtin)
  const rules = known.length > 0 ? builtin : await allRules(process.cwd(), builtin)
  const found = known.length > 0 ? known : rulesNamed(word, rules)
  if (found.length === 0) {
    const names = rules.flatMap((rule) => [rule.id, ...aliases(rule).filter((alias) => !alias.includes('://'))])
    const suggested = nearest(word, names)
    const message = `no rule is named "${word}"${suggested.length === 0 ? '' : `; did you mean ${suggested.join(' or ')}?`}`
    throw new InputError({ code: 'rule-unknown', message })
  }
  terminal.out(found.map((rule) => explanation(rule, terminal)).join('\n'))
  return exitCodes.ok
}
