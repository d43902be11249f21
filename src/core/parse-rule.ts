import { isScalar } from 'yaml'
import { criteriaMistake, looksLikeCriteria } from './criteria.ts'
import type { Diagnostic } from './errors.ts'
import { compileExpression, ExpressionError } from './expression.ts'
import { celParameters, type Rule } from './rule.ts'
import { effortMinutes, RuleFile } from './rule-file.ts'
import { compileTemplate } from './template.ts'
import { nodeAt, parseYamlSource, zodDiagnostics, type YamlSource } from './yaml-source.ts'

/** `rules/kubernetes/readiness-probe.yaml` is `kubernetes/readiness-probe`, below whichever folder the rules stand in. */
export const ruleIdOf = (path: string): string =>
  path
    .split('/')
    .slice(-2)
    .join('/')
    .replace(/\.ya?ml$/, '')

/** Ids of rules. */
export const idPattern = /^[a-z][a-z0-9-]*\/[a-z0-9][a-z0-9-]*$/

/** Criteria among the defaults of parameters, which policies replace, have to be some themselves. */
const criteriaDiagnostics = (file: RuleFile, source: YamlSource): Diagnostic[] =>
  Object.entries(file.parameters).flatMap(([name, value]) => {
    const mistake = looksLikeCriteria(value) ? criteriaMistake(value) : undefined
    if (mistake === undefined) return []
    const place = source.at(nodeAt(source, ['parameters', name])?.range?.[0] ?? 0)
    return [{ code: 'rule-invalid', message: `parameters.${name} ${mistake.message}`, path: source.path, ...place }]
  })

const expressionDiagnostics = (file: RuleFile, source: YamlSource): Diagnostic[] => {
  const parameters = celParameters(file.parameters)
  const check = (keys: readonly string[], compile: () => unknown): Diagnostic[] => {
    try {
      compile()
      return []
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error
      const place = source.at(sourceOffset(source, keys, error.offset))
      return [{ code: 'rule-expression', message: `${keys.join('.')}: ${error.message}`, path: source.path, ...place }]
    }
  }
  const bool = (text: string | undefined, ...keys: string[]): Diagnostic[] =>
    text === undefined ? [] : check(keys, () => compileExpression(text, file.for, parameters, 'bool'))
  const template = (text: string | undefined, ...keys: string[]): Diagnostic[] =>
    text === undefined ? [] : check(keys, () => compileTemplate(text, file.for, parameters))
  return [
    ...bool(file.when, 'when'),
    ...bool(file.undecided?.when, 'undecided', 'when'),
    ...template(file.undecided?.because, 'undecided', 'because'),
    ...bool(file.expect, 'expect'),
    ...template(file.message, 'message'),
  ]
}

/** Where in the file the character of a scalar's value stands; exact for plain text and for literal blocks. */
const sourceOffset = (source: YamlSource, keys: readonly string[], offset: number): number => {
  const node = nodeAt(source, keys)
  const start = node?.range?.[0] ?? 0
  if (!isScalar(node) || typeof node.value !== 'string') return start
  if (node.type === 'PLAIN') return start + offset
  if (node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE') return start + 1 + offset
  const before = node.value.slice(0, offset).split('\n')
  const text = source.text.slice(start).split('\n')
  const header = 1
  const indent = /^ */.exec(text[header] ?? '')?.[0].length ?? 0
  const lines = text.slice(0, header + before.length - 1).reduce((sum, line) => sum + line.length + 1, 0)
  return start + lines + indent + (before.at(-1)?.length ?? 0)
}

/**
 * Reads one rule file and type-checks it whole.
 * @returns the rule and its cases, or everything that is wrong with it, each with line and column
 */
export const parseRule = (
  text: string,
  path: string,
): { rule: Rule; cases: RuleFile['cases'] } | { diagnostics: Diagnostic[] } => {
  const parsed = parseYamlSource(text, path, 'rule-syntax')
  if ('diagnostics' in parsed) return parsed
  const { source } = parsed
  const id = ruleIdOf(path)
  if (!idPattern.test(id))
    return { diagnostics: [{ code: 'rule-invalid', message: `"${id}" is not <category>/<name> in lower case`, path }] }
  let data: unknown
  try {
    data = source.document.toJS({ maxAliasCount: 100 })
  } catch (error) {
    return { diagnostics: [{ code: 'rule-syntax', message: error instanceof Error ? error.message : 'aliases', path }] }
  }
  const checked = RuleFile.safeParse(data)
  if (!checked.success) return { diagnostics: zodDiagnostics(checked.error, source, 'rule-invalid') }
  const diagnostics = [...criteriaDiagnostics(checked.data, source), ...expressionDiagnostics(checked.data, source)]
  if (diagnostics.length > 0) return { diagnostics }
  const { cases, effort, ...rest } = checked.data
  return { rule: { ...rest, id, category: id.slice(0, id.indexOf('/')), effortMinutes: effortMinutes(effort) }, cases }
}
