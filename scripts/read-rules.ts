import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { formatDiagnostic } from '../src/core/errors.ts'
import { parseRule } from '../src/core/parse-rule.ts'
import type { Rule } from '../src/core/rule.ts'
import type { RuleCase } from '../src/core/rule-file.ts'

const root = join(import.meta.dirname, '..')

/** Every rule file of the project with its text, in the order of its path. */
export const ruleFiles = (): { path: string; text: string }[] =>
  readdirSync(join(root, 'rules'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.yaml'))
    .map((path) => `rules/${path}`)
    .sort()
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))

/** Reads and type-checks every rule. Throws with every diagnostic at once, so that a broken rule breaks the build. */
export const readRules = (): { path: string; rule: Rule; cases: readonly RuleCase[] }[] => {
  const wrong: string[] = []
  const rules = ruleFiles().flatMap(({ path, text }) => {
    const parsed = parseRule(text, path)
    if ('diagnostics' in parsed) {
      wrong.push(...parsed.diagnostics.map(formatDiagnostic))
      return []
    }
    return [{ path, ...parsed }]
  })
  if (wrong.length > 0) throw new Error(`rules are broken:\n${wrong.join('\n')}`)
  return rules
}
