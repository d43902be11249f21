import { asText } from '../../shape.ts'
import { identityOf, type Step } from './steps.ts'

/** A line of a template that has a key or is an item of a list. */
interface Line {
  number: number
  /** Where its first character that is no space stands. */
  indent: number
  item: boolean
  /** Where its key stands: after the dashes. */
  keyIndent: number
  key: string | undefined
  value: string
}

/** Longer lines are no manifest's. Characters. */
const maxLine = 2000

const keyed = /^( *)((?:- +)*)(?:"([^"]*)"|'([^']*)'|([\w./-]+)):(?:\s+(.*))?$/
const plainItem = /^( *)-(?: +(.*))?$/

const lineOf = (text: string, number: number): Line | undefined => {
  if (text.length > maxLine || /^\s*(#|\{\{)/.test(text)) return undefined
  const [, spaces, dashes = '', double, single, plain, value = ''] = keyed.exec(text) ?? []
  if (spaces !== undefined) {
    const indent = spaces.length
    const key = double ?? single ?? plain
    return { number, indent, item: dashes !== '', keyIndent: indent + dashes.length, key, value: value.trim() }
  }
  const item = plainItem.exec(text)
  if (item === null) return undefined
  const indent = item[1]?.length ?? 0
  return { number, indent, item: true, keyIndent: indent + 2, key: undefined, value: item[2]?.trim() ?? '' }
}

const unquoted = (value: string): string => value.replace(/\s+#.*$/, '').replace(/^(["'])(.*)\1$/, '$2')

const says = (line: Line, text: string): boolean => unquoted(line.value) === text

/** The lines of one object in a template, which is read as text: what it becomes nobody knows before it is rendered. */
export class TemplateObject {
  readonly #lines: readonly Line[]
  /** The line that says the kind, or else the first. */
  readonly start: number

  constructor(lines: readonly Line[], start: number) {
    this.#lines = lines
    this.start = start
  }

  /** The line of the last step that the template has in so many words, the object's own line where it has none. */
  find(steps: readonly Step[]): number {
    let inside = this.#lines
    let line = this.start
    for (const { key, value } of steps) {
      const next = typeof key === 'number' ? itemIn(inside, key, value) : valueIn(inside, key)
      if (next === undefined) return line
      line = next.line
      inside = next.inside
    }
    return line
  }
}

interface Part {
  line: number
  inside: readonly Line[]
}

const valueIn = (lines: readonly Line[], key: string): Part | undefined => {
  const indent = lines[0]?.keyIndent
  const at = lines.findIndex((line) => line.key === key && line.keyIndent === indent)
  const found = lines[at]
  if (found === undefined) return undefined
  const end = lines.findIndex(
    (line, index) => index > at && (line.indent < found.keyIndent || (line.indent === found.keyIndent && !line.item)),
  )
  // An item of the list that holds this map ends it too.
  return { line: found.number, inside: lines.slice(at + 1, end < 0 ? undefined : end) }
}

const itemIn = (lines: readonly Line[], index: number, value: unknown): Part | undefined => {
  const indent = lines[0]?.indent
  const starts = lines.flatMap((line, at) => (line.item && line.indent === indent ? [at] : []))
  const items = starts.map((from, position) => lines.slice(from, starts[position + 1]))
  const identity = identityOf(value)
  const text = asText(value)
  const named = items.find((item) =>
    identity === undefined
      ? text !== undefined && item[0] !== undefined && says(item[0], text)
      : item.some(
          (line) => line.key === identity.key && line.keyIndent === item[0]?.keyIndent && says(line, identity.text),
        ),
  )
  // What is computed has no name to go by: the only item there is, or the one of the same place.
  const computed = items.filter((item) => item.some(({ value: said }) => said.includes('{{')))
  const found =
    named ?? (items.length === 1 ? items[0] : computed.includes(items[index] ?? []) ? items[index] : undefined)
  const [first] = found ?? []
  if (found === undefined || first === undefined) return undefined
  // The dash's own line counts as the item's first key, and not as an item.
  return { line: first.number, inside: [{ ...first, indent: first.keyIndent, item: false }, ...found.slice(1)] }
}

/** The objects of each kind that a template's text has, in order. */
export const templateObjects = (text: string): ((kind: string, index: number) => TemplateObject) => {
  const lines: Line[] = []
  const breaks: number[] = []
  for (const [index, line] of text.split('\n').entries()) {
    if (line.startsWith('---')) breaks.push(index + 1)
    const read = lineOf(line.trimEnd(), index + 1)
    if (read !== undefined) lines.push(read)
  }
  const within = (start: number): readonly Line[] => {
    const from = breaks.findLast((number) => number < start) ?? 0
    const to = breaks.find((number) => number > start) ?? Number.MAX_SAFE_INTEGER
    return lines.filter(({ number }) => number > from && number < to)
  }
  return (kind, index) => {
    const kinds = lines.filter((line) => line.key === 'kind' && line.keyIndent === 0)
    const named = kinds.filter((line) => says(line, kind))
    const candidates = named.length > 0 ? named : kinds.filter(({ value }) => value.includes('{{'))
    // A template in a loop gives more objects than it has places.
    const start = candidates[Math.min(index, candidates.length - 1)]?.number ?? 1
    return new TemplateObject(candidates.length === 0 ? [] : within(start), start)
  }
}
