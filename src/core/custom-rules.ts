import type { Diagnostic } from './errors.ts'
import { parseRule, type Rule } from './rule.ts'

/** Where a repository keeps rules of its own, below its root. */
export const customRulesFolder = '.github/prodgate/rules'

/** Rules of its own that a repository may have; more is refused. */
const maxCustomRules = 500

/**
 * Reads a repository's own rules, in the format of the built-in ones.
 * @returns all rules together, or everything that is wrong: a rule with a mistake is never left out in silence
 */
export const withCustomRules = (
  builtin: readonly Rule[],
  files: readonly { path: string; text: string }[],
): { rules: readonly Rule[] } | { diagnostics: Diagnostic[] } => {
  if (files.length > maxCustomRules)
    return {
      diagnostics: [{ code: 'rule-invalid', message: `more than ${maxCustomRules} rules`, path: customRulesFolder }],
    }
  const taken = new Set(builtin.flatMap(({ id, formerly }) => [id, ...formerly]))
  const diagnostics: Diagnostic[] = []
  const custom: Rule[] = []
  for (const { path, text } of files) {
    const parsed = parseRule(text, path)
    if ('diagnostics' in parsed) diagnostics.push(...parsed.diagnostics)
    else if (taken.has(parsed.rule.id))
      diagnostics.push({
        code: 'rule-invalid',
        message: `there is a rule "${parsed.rule.id}" already`,
        path,
        line: 1,
        column: 1,
      })
    else {
      taken.add(parsed.rule.id)
      custom.push(parsed.rule)
    }
  }
  return diagnostics.length > 0 ? { diagnostics } : { rules: [...builtin, ...custom] }
}
