/** Who chooses the text that an expression gives. */
export type Origin = 'trusted' | 'outsider' | 'writer'

export interface Expression {
  /** Without the braces. */
  text: string
  /** Index of its first character in the script. */
  offset: number
}

/** Every `${{ }}` of a text, in order. */
export const expressionsIn = (text: string): Expression[] => {
  const found: Expression[] = []
  for (let open = text.indexOf('${{'); open >= 0;) {
    const close = text.indexOf('}}', open)
    if (close < 0) break
    found.push({ text: text.slice(open + 3, close).trim(), offset: open })
    open = text.indexOf('${{', close)
  }
  return found
}

/** GitHub's list of untrusted input, and zizmor's additions to it: what anybody who opens an issue or a fork can write. */
const outsider =
  /^github\.(head_ref$|event$|event\.(issue|pull_request|discussion)\.(title|body)$|event\.(issue|pull_request|discussion|comment|review|review_comment)$|event\.(comment|review|review_comment)\.body$|event\.pull_request\.head(\.ref|\.label|\.repo\.(default_branch|description|homepage))?$|event\.(pages|commits|authors?|head_commit|workflow)$|event\.pages\..*(page_name|title)$|event\.(commits\..*|head_commit\.|workflow_run\.head_commit\.)(message|(author|committer)(\.(email|name))?)$|event\.workflow_run$|event\.workflow_run\.(head_branch|display_title|head_commit|head_repository\.description|pull_requests.*head\.ref)$|event\.workflow\.path$|event\.authors?\.name$)/

/** What only people with write access, or who start the workflow, can choose. */
const writer =
  /^(inputs\.|github\.event\.(inputs\.|client_payload|release\.(tag_name|name|body|target_commitish)$|label\.name$|milestone\.title$|ref$)|github\.(ref|ref_name)$)/

/** Splits at an operator outside strings and parentheses. */
export const splitExpression = (text: string, operator: string): string[] => {
  const parts: string[] = []
  let depth = 0
  let quoted = false
  let start = 0
  for (let at = 0; at < text.length; at++) {
    const char = text[at]
    if (char === "'") quoted = !quoted
    else if (quoted) continue
    else if (char === '(' || char === '[') depth++
    else if (char === ')' || char === ']') depth--
    else if (depth === 0 && text.startsWith(operator, at)) {
      parts.push(text.slice(start, at))
      at += operator.length - 1
      start = at + 1
    }
  }
  return [...parts, text.slice(start)]
}

const answersOnly = /^(contains|startsWith|endsWith|hashFiles|always|success|failure|cancelled|fromJSON)\s*\(/i

/** The parts of an expression whose own text can come out of it: `a && b || c` gives b or c; a comparison gives neither. */
const outcomes = (text: string, depth: number): string[] => {
  const whole = text.trim()
  if (depth > 20) return [whole]
  const either = splitExpression(whole, '||')
  if (either.length > 1) return either.flatMap((part) => outcomes(part, depth + 1))
  const both = splitExpression(whole, '&&')
  if (both.length > 1) return outcomes(both.at(-1) ?? '', depth + 1)
  if (whole.startsWith('!') || answersOnly.test(whole)) return []
  if (['==', '!=', '<', '>'].some((operator) => splitExpression(whole, operator).length > 1)) return []
  if (whole.startsWith('(') && whole.endsWith(')')) return outcomes(whole.slice(1, -1), depth + 1)
  return [whole]
}

const withoutStrings = (text: string): string => text.replace(/'[^']*'/g, "''")

const contextsIn = (text: string): string[] =>
  text
    .replace(/\[\s*'([\w-]{1,100})'\s*\]/g, '.$1')
    .replace(/\[[^\]]{0,100}\]/g, '.*')
    .match(/[A-Za-z_][\w-]*(\.[\w*-]+)*/g)
    ?.map((context) => context.toLowerCase()) ?? []

export interface Trust {
  origin: Origin
  context: string
}

/**
 * Who can choose what an expression gives.
 * @param env the literal values of `env` in force, since `env.TITLE` is what was put into it
 */
export const trustOf = (text: string, env: Readonly<Record<string, string>>): Trust => {
  let found: Trust = { origin: 'trusted', context: '' }
  const whole = /^tojson\(\s*github\s*\)$/i.test(text.trim())
  if (whole) return { origin: 'outsider', context: 'github' }
  for (const outcome of outcomes(text, 0))
    for (const context of contextsIn(outcome.includes('[') ? outcome : withoutStrings(outcome))) {
      if (outsider.test(context)) return { origin: 'outsider', context }
      const behind = context.startsWith('env.') ? env[context.slice(4)] : undefined
      if (behind !== undefined)
        for (const inner of expressionsIn(behind)) {
          const trust = trustOf(inner.text, {})
          if (trust.origin === 'outsider') return { origin: 'outsider', context: `${context} (${trust.context})` }
        }
      if (writer.test(context)) found = { origin: 'writer', context }
    }
  return found
}

/** Whether an `if` has text outside its braces, which makes a string that is always true. */
export const isAlwaysTrue = (condition: string): boolean => {
  const found = expressionsIn(condition)
  const [first] = found
  if (first === undefined) return false
  const trimmed = condition.endsWith('\n') ? condition : condition.trim()
  return !(found.length === 1 && first.offset === 0 && trimmed.endsWith('}}'))
}
