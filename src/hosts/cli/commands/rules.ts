import { rules as builtin } from 'builtin-rules'
import pc from 'picocolors'
import type { Rule } from '../../../core/rule.ts'
import { textOption, usageError, type Arguments } from '../arguments.ts'
import { exitCodes } from '../exit-codes.ts'
import { allRules } from '../law.ts'
import type { Terminal } from '../terminal.ts'

const listed = (rule: Rule): object => ({
  id: rule.id,
  title: rule.title,
  category: rule.category,
  severity: rule.severity,
  effortMinutes: rule.effortMinutes,
  pack: rule.pack,
  for: rule.for,
  ...(rule.evidence === undefined ? {} : { evidence: rule.evidence }),
  parameters: rule.parameters,
  why: rule.why,
  fix: rule.fix,
  references: rule.references,
  formerly: rule.formerly,
})

const table = (rules: readonly Rule[], terminal: Terminal): string => {
  const { bold, dim } = pc.createColors(terminal.color)
  const width = Math.max(...rules.map(({ id }) => id.length))
  const categories = [...new Set(rules.map(({ category }) => category))]
  const lines = categories.flatMap((category) => {
    const own = rules.filter((rule) => rule.category === category)
    return [
      `${bold(category)} ${dim(`(${own.length})`)}`,
      ...own.map(
        ({ id, severity, title, pack }) =>
          `  ${id.padEnd(width)}  ${severity.padEnd(8)}  ${title}${pack === 'all' ? dim('  (pack all)') : ''}`,
      ),
      '',
    ]
  })
  return [...lines, `${rules.length} rules; prodgate explain <rule> says more`, ''].join('\n')
}

/** `prodgate rules`: lists the rules, and returns the exit code. */
export const listRules = async (args: Arguments, terminal: Terminal): Promise<number> => {
  const all = await allRules(process.cwd(), builtin)
  const format = textOption(args, 'format') ?? 'human'
  const category = textOption(args, 'category')
  const categories = [...new Set(all.map((rule) => rule.category))]
  if (format !== 'human' && format !== 'json')
    throw usageError(`rules has no format "${format}"; it has human and json`)
  if (category !== undefined && !categories.includes(category))
    throw usageError(`there is no category "${category}"; there are ${categories.join(', ')}`)
  const own = all.filter((rule) => category === undefined || rule.category === category)
  terminal.out(format === 'json' ? `${JSON.stringify(own.map(listed), undefined, 2)}\n` : table(own, terminal))
  return exitCodes.ok
}
