import { expressionsIn, splitExpression } from '../workflows/expressions.ts'

/** What a text of a workflow can take its values from. Names are in lower case. */
export interface Scope {
  env: Readonly<Record<string, string>>
  matrix: Readonly<Record<string, string>>
  /** Variables of the script, as far as they are literal. */
  shell?: Readonly<Record<string, string>>
}

/** Stands for every value that only a run knows; what is between the braces says which. */
const symbol = (name: string): string => `\${{${name.trim()}}}`

export const sha = symbol('github.sha')
export const shortSha = symbol('github.sha:7')

/** `env` may name `env`; nobody nests deeper. */
const maxDepth = 5

/** A longer text is no image's name. Characters. */
const maxText = 2_000

export const isKnown = (text: string): boolean => !text.includes('${{')

const comparison = (left: string, right: string, equal: boolean): string | undefined =>
  isKnown(left) && isKnown(right) ? String((left.toLowerCase() === right.toLowerCase()) === equal) : undefined

const isFalsy = (value: string): boolean => value === '' || value === 'false' || value === '0'

const lookUp = (name: string, scope: Scope, depth: number): string => {
  const [context = '', ...rest] = name.toLowerCase().split('.')
  const key = rest.join('.')
  const found = context === 'env' ? scope.env[key] : context === 'matrix' ? scope.matrix[key] : undefined
  return found === undefined ? symbol(name.toLowerCase()) : resolveExpressions(found, scope, depth + 1)
}

const evaluate = (source: string, scope: Scope, depth: number): string => {
  const text = source.trim()
  if (depth > maxDepth) return symbol(text)
  const either = splitExpression(text, '||')
  if (either.length > 1) {
    for (const part of either) {
      const value = evaluate(part, scope, depth + 1)
      if (!isKnown(value)) return symbol(text)
      if (!isFalsy(value)) return value
    }
    return ''
  }
  const both = splitExpression(text, '&&')
  if (both.length > 1) {
    let value = ''
    for (const part of both) {
      value = evaluate(part, scope, depth + 1)
      if (!isKnown(value)) return symbol(text)
      if (isFalsy(value)) return value
    }
    return value
  }
  for (const operator of ['==', '!=']) {
    const [left, right, more] = splitExpression(text, operator)
    if (left === undefined || right === undefined || more !== undefined) continue
    return (
      comparison(evaluate(left, scope, depth + 1), evaluate(right, scope, depth + 1), operator === '==') ?? symbol(text)
    )
  }
  if (/^'[^']*'$/.test(text)) return text.slice(1, -1)
  if (/^(?:true|false|\d+)$/.test(text)) return text
  return /^[A-Za-z_][\w-]*(?:\.[\w-]+)+$/.test(text) ? lookUp(text, scope, depth) : symbol(text)
}

/** Fills in what the workflow itself says; every other `${{ }}` stays, as a symbol that equals itself alone. */
export const resolveExpressions = (text: string, scope: Scope, depth = 0): string => {
  const found = expressionsIn(text.slice(0, maxText))
  if (found.length === 0) return text
  let result = ''
  let at = 0
  for (const expression of found) {
    const close = text.indexOf('}}', expression.offset)
    result += text.slice(at, expression.offset) + evaluate(expression.text, scope, depth)
    at = close + 2
  }
  return (result + text.slice(at)).slice(0, maxText)
}

/** Variables that the runner sets, by what they are in an expression. */
const runner: Readonly<Record<string, string>> = {
  github_sha: sha,
  github_ref_name: symbol('github.ref_name'),
  github_repository: symbol('github.repository'),
  github_repository_owner: symbol('github.repository_owner'),
  github_run_number: symbol('github.run_number'),
  github_run_id: symbol('github.run_id'),
}

const variable = /\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)([^{}]{0,60})\})/g

/** The value of a word of a script: expressions first, as the runner does it, then the shell's own variables. */
export const resolveWord = (word: string, scope: Scope): string => {
  const text = resolveExpressions(word, scope)
    .replace(/\$\(git rev-parse --short(?:=7)? (?:HEAD|"?\$\{?GITHUB_SHA\}?"?)\)/g, shortSha)
    .replace(/\$\(git rev-parse HEAD\)/g, sha)
    .replace(/\$\([^()]{0,300}\)|`[^`]{0,300}`/g, (command) => symbol(command.replaceAll(/[{}]/g, '')))
  return text.replace(variable, (whole, bare?: string, braced?: string, change = '') => {
    const name = (bare ?? braced ?? '').toLowerCase()
    const value = scope.shell?.[name] ?? scope.env[name] ?? runner[name]
    const resolved = value === undefined ? symbol(`$${name}`) : resolveExpressions(value, scope)
    if (change === '') return resolved
    if (/^:0?:7$/.test(change) && resolved === sha) return shortSha
    if (change === ',,') return resolved.toLowerCase()
    return symbol(whole.replaceAll(/[${}]/g, ''))
  })
}
