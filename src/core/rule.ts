import { compileExpression, type Expression, type Parameters } from './expression.ts'
import type { RuleFile } from './rule-file.ts'
import { compileTemplate, type Template } from './template.ts'

/** A rule as data, with the id that its path gives it. Built-in rules are compiled into the bundle in this form. */
export type Rule = Omit<RuleFile, 'cases' | 'effort'> & { id: string; category: string; effortMinutes: number }

/** A rule whose expressions are ready to run. */
export interface CompiledRule {
  rule: Rule
  /** Under the names that expressions use. */
  parameters: Parameters
  when?: Expression
  undecided?: { when: Expression; because: Template }
  expect: Expression
  message: Template
}

/** Compiles at the first use: most rules find nothing, and say nothing. */
const late = (source: string, rule: Rule, parameters: Parameters): Template => {
  let template: Template | undefined
  return (scope) => (template ??= compileTemplate(source, rule.for, parameters))(scope)
}

const compile = (rule: Rule): CompiledRule => {
  // `params.minimum-count` is a subtraction in CEL: a parameter's dashes become underscores there.
  const parameters = celParameters(rule.parameters)
  const bool = (source: string): Expression => compileExpression(source, rule.for, parameters, 'bool')
  return {
    rule,
    parameters,
    ...(rule.when === undefined ? {} : { when: bool(rule.when) }),
    ...(rule.undecided === undefined
      ? {}
      : { undecided: { when: bool(rule.undecided.when), because: late(rule.undecided.because, rule, parameters) } }),
    expect: bool(rule.expect),
    message: late(rule.message, rule, parameters),
  }
}

const compiledRules = new WeakMap<Rule, CompiledRule>()

/**
 * Compiles the expressions of a rule, once. Throws `ExpressionError` at the first that is wrong; messages do when they are
 * printed, if they are wrong. Rules are proved before: the built-in ones by the build, custom ones when they are read.
 */
export const compileRule = (rule: Rule): CompiledRule => {
  const compiled = compiledRules.get(rule) ?? compile(rule)
  compiledRules.set(rule, compiled)
  return compiled
}

/** Parameters under the names that expressions use. */
export const celParameters = (parameters: Parameters): Parameters =>
  Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name.replaceAll('-', '_'), value]))
