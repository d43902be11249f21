import { plain } from './plain-text.ts'

const joiner = '\u200d'
const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/** Breaks what a forge would turn into a link or a notification: @mentions, #123, GH-123, addresses. */
const inert = (text: string): string =>
  text
    .replaceAll('@', `@${joiner}`)
    .replaceAll(/#(?=\d)/g, `#${joiner}`)
    .replaceAll(/\b(GH)-(?=\d)/gi, `$1-${joiner}`)
    .replaceAll('://', `:${joiner}//`)
    .replaceAll(/\bwww\./gi, (found) => `${found.slice(0, 3)}${joiner}.`)

const escaped = (text: string): string =>
  inert(text)
    .replaceAll(/[\\`*_[\]{}()#~|!$+]/g, String.raw`\$&`)
    .replaceAll(/[&<>]/g, (mark) => entities[mark] ?? '')
    // At the start of a list item these would open another list.
    .replace(/^(\d{0,9})([.)-])/, String.raw`$1\$2`)

/** Text from elsewhere as one line of markdown that shows it literally: no markup, HTML, mention or link of its own works. */
export const markdownPlain = (text: string): string => escaped(plain(text))

/** A code span around text from elsewhere; also inside a table. */
export const markdownCode = (text: string): string => {
  const content = plain(text)
  if (content === '') return ''
  // In a table a pipe ends the cell, also inside a code span, and a backslash before it may be one of the content's.
  if (content.includes('|')) return `<code>${escaped(content).replaceAll(String.raw`\|`, '&vert;')}</code>`
  const runs = content.match(/`+/g) ?? []
  const fence = '`'.repeat(Math.max(0, ...runs.map(({ length }) => length)) + 1)
  const padding = content.startsWith('`') || content.endsWith('`') ? ' ' : ''
  return `${fence}${padding}${inert(content)}${padding}${fence}`
}

/** A rule's own words: literal like `markdownPlain`, except that `code` between two backticks stays code. */
export const markdownText = (text: string): string => {
  const parts = plain(text).split('`')
  // An odd number of backticks has one that opens nothing.
  if (parts.length % 2 === 0) return escaped(parts.join('`'))
  return parts.map((part, index) => (index % 2 === 1 ? markdownCode(part) : escaped(part))).join('')
}
