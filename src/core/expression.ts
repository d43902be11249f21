import { Environment, EvaluationError, ParseError, TypeError as CelTypeError, type ASTNode } from '@marcbachmann/cel-js'
import { RE2JS } from 're2js'
import { hasAbsolute, meets, needsPrevious, type CriteriaText } from './criteria.ts'
import type { Fact, FactKind } from './facts/index.ts'
import { vocabulary } from './facts/vocabulary.ts'

/** The values that a rule's thresholds may have, set in the policy and read as `params.minimum`. */
export type Parameters = Record<string, string | number | boolean | readonly string[]>

/** What an expression sees: one fact, and the rule's parameters. */
export interface Scope {
  fact: Fact
  parameters: Parameters
  /** The day of the judgement, UTC, as `2026-11-21`; dates in facts are of the same form and compare as text. */
  today: string
}

/** A type-checked expression. Throws `ExpressionError` where the fact lacks what it reads. */
export type Expression = (scope: Scope) => unknown

/** What is wrong with an expression, and where: `offset` counts characters from its start. */
export class ExpressionError extends Error {
  readonly offset: number

  constructor(message: string, offset: number) {
    super(message)
    this.name = 'ExpressionError'
    this.offset = offset
  }
}

// The library has no cost budget at run time, so what an expression may be is bounded when it is parsed.
const limits = { maxAstNodes: 500, maxDepth: 32, maxListElements: 200, maxMapEntries: 50, maxCallArguments: 8 }

const patterns = new Map<string, RE2JS>()
const matchesRe2 = (text: string, pattern: string): boolean => {
  let compiled = patterns.get(pattern)
  if (compiled === undefined) {
    if (patterns.size > 500) patterns.clear()
    compiled = RE2JS.compile(pattern)
    patterns.set(pattern, compiled)
  }
  return compiled.matcher(text).find()
}

const meetsAlone = (value: number, criteria: CriteriaText): boolean => meets(value, undefined, criteria)

// What all kinds of fact share is registered once and cloned: every registration is checked against all others.
let root: Environment | undefined
const rootEnvironment = (): Environment =>
  (root ??= new Environment({ limits })
    // Numbers in facts are doubles and literals are ints: `replicas == 2` has to mean what it says.
    .registerOperator('double == int', (a: number, b: bigint) => a === Number(b))
    .registerFunction('string.matchesRe2(string): bool', matchesRe2)
    .registerVariable('today', 'string')
    // Criteria of the policy, `<=+10%`, in one text or as a list of which one has to hold: see criteria.ts.
    .registerFunction('meets(double, double, string): bool', meets)
    .registerFunction('meets(double, double, list<string>): bool', meets)
    .registerFunction('meets(double, string): bool', meetsAlone)
    .registerFunction('meets(double, list<string>): bool', meetsAlone)
    .registerFunction('needsPrevious(double, string): bool', needsPrevious)
    .registerFunction('needsPrevious(double, list<string>): bool', needsPrevious)
    .registerFunction('hasAbsolute(string): bool', hasAbsolute)
    .registerFunction('hasAbsolute(list<string>): bool', hasAbsolute))

const baseEnvironments = new Map<FactKind, Environment>()

const baseEnvironment = (kind: FactKind): Environment => {
  const known = baseEnvironments.get(kind)
  if (known !== undefined) return known
  const { variable, fields, types } = vocabulary[kind]
  const environment = rootEnvironment().clone()
  for (const [name, type] of types) environment.registerType(name, { schema: type })
  environment.registerVariable({ name: variable, schema: fields })
  baseEnvironments.set(kind, environment)
  return environment
}

/** What an expression reads: its fact by its name, the rule's parameters and the day. */
interface Context extends Record<string, unknown> {
  params: Parameters
  today: string
}

const none: Parameters = {}

/**
 * The library's own view of a fact, which it otherwise makes anew for each expression. It stays with the fact until the
 * facts of another kind are asked about: memory for one kind at a time.
 */
let viewsKind: FactKind | undefined
let views = new WeakMap<Fact['value'], Context>()
const viewers = new Map<FactKind, (context: Record<string, unknown>) => unknown>()

const contextOf = (kind: FactKind, value: Fact['value'], today: string): Context => {
  if (kind !== viewsKind) {
    views = new WeakMap()
    viewsKind = kind
  }
  const known = views.get(value)
  if (known?.today === today) return known
  const { variable } = vocabulary[kind]
  let viewer = viewers.get(kind)
  if (viewer === undefined) {
    const parsed = baseEnvironment(kind).parse(variable)
    parsed.check()
    viewers.set(kind, (viewer = parsed))
  }
  const context: Context = { [variable]: viewer({ [variable]: value }), params: none, today }
  views.set(value, context)
  return context
}

const parameterType = (value: Parameters[string]): string => {
  if (typeof value === 'string') return 'string'
  if (typeof value === 'number') return 'double'
  return typeof value === 'boolean' ? 'bool' : 'list<string>'
}

const environmentFor = (kind: FactKind, parameters: Parameters): Environment => {
  const base = baseEnvironment(kind)
  if (Object.keys(parameters).length === 0) return base
  const schema = Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, parameterType(value)]))
  return base.clone().registerVariable({ name: 'params', schema })
}

// The library's own `matches` is a backtracking RegExp: seconds on `^(a+)+$`. Every call is sent to the linear one.
const routeMatches = (node: unknown): void => {
  if (Array.isArray(node)) return node.forEach(routeMatches)
  if (typeof node !== 'object' || node === null || !('op' in node)) return
  const { op, args } = node as ASTNode
  if (op === 'rcall' && args[0] === 'matches') args[0] = 'matchesRe2'
  routeMatches(args)
}

const asExpressionError = (error: unknown): ExpressionError => {
  if (error instanceof ParseError || error instanceof CelTypeError || error instanceof EvaluationError)
    return new ExpressionError(error.summary ?? error.message, error.range?.start ?? 0)
  return new ExpressionError(error instanceof Error ? error.message : String(error), 0)
}

/**
 * Parses and type-checks a CEL expression about facts of one kind.
 * @param wanted the type that it must have; `any` in messages, where every value can be printed
 * @throws ExpressionError with the offset of the mistake
 */
export const compileExpression = (
  source: string,
  kind: FactKind,
  parameters: Parameters,
  wanted: 'bool' | 'any',
): Expression => {
  let run: (context: Record<string, unknown>) => unknown
  let type: string
  try {
    const parsed = environmentFor(kind, parameters).parse(source)
    routeMatches(parsed.ast)
    const check = parsed.check()
    if (!check.valid) throw check.error ?? new Error('not well typed')
    type = String(check.type)
    run = parsed
  } catch (error) {
    throw asExpressionError(error)
  }
  if (wanted === 'bool' && type !== 'bool') throw new ExpressionError(`expected a bool, this is a ${type}`, 0)
  const bare = Object.keys(parameters).length === 0
  return ({ fact, parameters: params, today }) => {
    try {
      const context = contextOf(kind, fact.value, today)
      return run(bare ? context : { ...context, params })
    } catch (error) {
      throw asExpressionError(error)
    }
  }
}
