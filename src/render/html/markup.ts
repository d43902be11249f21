import { plain } from '../plain-text.ts'

/** HTML that is safe to put into a page. Only `markup` and constants of ours make it. */
export class Markup {
  readonly source: string
  constructor(source: string) {
    this.source = source
  }
}

type Value = Markup | string | number | false | undefined | readonly Value[]

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Text from elsewhere for an element or a quoted attribute: no control characters or bidi overrides, and no markup. */
export const escapeHtml = (text: string): string => plain(text).replaceAll(/[&<>"']/g, (mark) => entities[mark] ?? '')

const sourceOf = (value: Value): string => {
  if (value instanceof Markup) return value.source
  if (typeof value === 'string') return escapeHtml(value)
  if (typeof value === 'number') return String(value)
  if (value === false || value === undefined) return ''
  return value.map(sourceOf).join('')
}

/** A template of HTML. Every value that is not markup itself is escaped; put values into elements and quoted attributes only. */
export const markup = (parts: TemplateStringsArray, ...values: Value[]): Markup =>
  new Markup(parts.map((part, index) => (index === 0 ? part : sourceOf(values[index - 1]) + part)).join(''))

/** Nothing. */
export const nothing = new Markup('')
