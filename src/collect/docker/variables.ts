/** A text with its variables filled in, and whether one was left that only the build knows. */
export interface Resolved {
  text: string
  computed: boolean
}

/** Longer values grow by substitution alone: `ENV A=$A$A` doubles every time. Characters. */
const maxLength = 8_000

/** `${a:-${b}}` and the like nest; nobody nests deeper. */
const maxPasses = 4

const reference = /\\\$|\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)(?:(:?[-+])([^{}]*))?\})/g

/** Fills in `$NAME`, `${NAME}`, `${NAME:-default}` and `${NAME:+other}` as the builder does. */
export const substitute = (text: string, scope: ReadonlyMap<string, string>): Resolved => {
  let result = text
  for (let pass = 0; pass < maxPasses && result.includes('$'); pass++) {
    const before = result
    result = result.replace(reference, (whole, bare?: string, braced?: string, operator?: string, word = '') => {
      if (whole.startsWith('\\')) return whole
      const value = scope.get(bare ?? braced ?? '')
      if (operator?.endsWith('-') === true) return value === undefined || value === '' ? word : value
      if (operator?.endsWith('+') === true) return value === undefined ? '' : word
      return value ?? whole
    })
    if (result.length > maxLength) return { text: text.slice(0, maxLength), computed: true }
    if (result === before) break
  }
  return { text: result, computed: /(?<!\\)\$[\w{(]/.test(result) }
}

/** One `NAME=value` of an ENV, ARG or LABEL, with the offset of its name in the instruction's text. */
export interface Assignment {
  name: string
  /** Undefined for an ARG without a default. */
  value: string | undefined
  offset: number
}

const assignment = /([A-Za-z_][\w.-]*)(?:=((?:"(?:[^"\\]|\\.)*"|'[^']*'|\\.|[^\s"'\\])*))?/y

/** Reads `A=1 B="two words"`, the old `A some value`, and ARG names without a value. */
export const readAssignments = (text: string, keyword: string): Assignment[] => {
  const old = /^([A-Za-z_]\w*)\s+(?=[^=\s])/.exec(text)
  if (keyword === 'ENV' && old !== null)
    return [{ name: old[1] ?? '', value: unquote(text.slice(old[0].length).trim()), offset: 0 }]
  const found: Assignment[] = []
  for (let at = 0; at < text.length;) {
    assignment.lastIndex = at
    const match = assignment.exec(text)
    if (match === null) at++
    else {
      const [whole, name = '', value] = match
      found.push({ name, value: value === undefined ? undefined : unquote(value), offset: at })
      at += whole.length
    }
  }
  return found
}

const unquote = (value: string): string =>
  value.replace(/"((?:[^"\\]|\\.)*)"|'([^']*)'|\\(["' ])/g, (_, double?: string, single?: string, escaped?: string) =>
    double === undefined ? (single ?? escaped ?? '') : double.replace(/\\(["\\])/g, '$1'),
  )
