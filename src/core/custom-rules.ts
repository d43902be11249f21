import type { Diagnostic } from './errors.ts'
import { parseRule } from './parse-rule.ts'
import type { Rule } from './rule.ts'

/**
 * Reads a repository's own rules, in the format of the built-in ones.
 * @returns all rules together, or everything that is wrong: a rule with a mistake is never left out in silence
 */
export const withCustomRules = (
  builtin: readonly Rule[],
  files: readonly { path: string; text: string }[],
): { rules: readonly Rule[] } | { diagnostics: Diagnostic[] } => {
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
