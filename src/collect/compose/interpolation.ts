/** A piece of a value as Compose reads it: text, or a variable with what is used when it is not set. */
export type Part = { text: string } | { variable: string; fallback?: Part[] }

/** A value after the variables that have a default took it. */
export interface Resolved {
  text: string
  /** Some variable has no default: `text` lacks its value. */
  computed: boolean
  /** Some of the text is a variable's default. */
  fallback: boolean
}

const maxNesting = 10
const nameStart = /[A-Za-z_]/
const nameRest = /[A-Za-z0-9_]/

class Reader {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  read(depth: number): Part[] {
    const parts: Part[] = []
    let text = ''
    const push = (part: Part): void => {
      if (text !== '') parts.push({ text })
      text = ''
      parts.push(part)
    }
    while (this.#at < this.#text.length) {
      const char = this.#text[this.#at] ?? ''
      if (depth > 0 && char === '}') break
      this.#at++
      if (char !== '$') text += char
      else if (this.#text[this.#at] === '$') {
        text += '$'
        this.#at++
      } else if (this.#text[this.#at] === '{') {
        this.#at++
        push(this.#braced(depth))
      } else if (nameStart.test(this.#text[this.#at] ?? '')) push({ variable: this.#name() })
      else text += char
    }
    if (text !== '') parts.push({ text })
    return parts
  }

  #name(): string {
    const start = this.#at
    while (nameRest.test(this.#text[this.#at] ?? '')) this.#at++
    return this.#text.slice(start, this.#at)
  }

  /** After `${`: a name, then `-x` or `:-x` (a default), `?x` (an error), `+x` (used when it is set), up to `}`. */
  #braced(depth: number): Part {
    const variable = this.#name()
    if (this.#text[this.#at] === ':') this.#at++
    const operator = this.#text[this.#at]
    if (operator === '}' || operator === undefined) {
      this.#at++
      return { variable }
    }
    this.#at++
    if (depth >= maxNesting) {
      this.#at = this.#text.length
      return { variable }
    }
    const rest = this.read(depth + 1)
    this.#at++
    return operator === '-' ? { variable, fallback: rest } : { variable }
  }
}

/** Parses `${X}`, `$X`, `${X:-default}`, `${X-default}`, `${X:?error}`, `${X:+value}` and `$$`; linear in the text. */
export const parseInterpolation = (text: string): Part[] => new Reader(text).read(0)

const resolveParts = (parts: readonly Part[]): Resolved => {
  const result: Resolved = { text: '', computed: false, fallback: false }
  for (const part of parts) {
    if ('text' in part) result.text += part.text
    else if (part.fallback === undefined) result.computed = true
    else {
      const inner = resolveParts(part.fallback)
      result.text += inner.text
      result.computed ||= inner.computed
      result.fallback = true
    }
  }
  return result
}

/** The value when no variable is set from outside. */
export const resolve = (text: string): Resolved => resolveParts(parseInterpolation(text))

/** Splits at a character that stands outside `${…}`. */
export const splitOutside = (text: string, separator: string): string[] => {
  const parts: string[] = []
  let depth = 0
  let start = 0
  for (let at = 0; at < text.length; at++) {
    if (text.startsWith('${', at)) depth++
    else if (text[at] === '}' && depth > 0) depth--
    else if (text[at] === separator && depth === 0) {
      parts.push(text.slice(start, at))
      start = at + 1
    }
  }
  parts.push(text.slice(start))
  return parts
}
