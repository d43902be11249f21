import type { RenderOptions } from '../renderer.ts'
import { fromRoot, uriOf } from '../sarif-location.ts'
import { spot } from '../words.ts'
import { escapeHtml, Markup, markup } from './markup.ts'

/** A rule's own words: text between two backticks is code. */
export const said = (text: string): Markup => {
  const parts = text.split('`')
  // An odd number of backticks has one that opens nothing.
  if (parts.length % 2 === 0) return markup`${text}`
  return markup`${parts.map((part, index) => (index % 2 === 1 ? markup`<code>${part}</code>` : spaced(part)))}`
}

// Escaping trims, and words have to stay apart from the code beside them.
const spaced = (part: string): Markup =>
  part === ''
    ? markup``
    : markup`${new Markup(/^\s/.test(part) ? ' ' : '')}${part}${new Markup(/\s$/.test(part) ? ' ' : '')}`

// A path may break after a slash; no entity has one.
const breakable = (path: string): Markup => new Markup(escapeHtml(path).replaceAll('/', '/<wbr>'))

/** A place as `path:line`, linked to the file where its address is known. */
export const placeOf = (
  item: { path: string; line: number },
  directory: string,
  { blobUrl }: RenderOptions,
): Markup => {
  if (item.path === '.') return markup`<span class="place">the repository</span>`
  const text = markup`<code class="place">${breakable(spot(item))}</code>`
  if (blobUrl === undefined || !blobUrl.startsWith('https://')) return text
  const target = `${blobUrl}/${uriOf(fromRoot(item.path, directory))}#L${item.line}`
  return markup`<a href="${target}" rel="noreferrer">${text}</a>`
}

/** A severity as a mark with its word. */
export const severityMark = (severity: string): Markup => markup`<span class="mark ${severity}">${severity}</span>`

/** A rule's id. */
export const ruleName = (rule: string): Markup => markup`<code class="rule">${rule}</code>`

/** What a reader unfolds; `kind` may ask that it be folded on paper too. */
export const folded = (summary: Markup, body: Markup, kind: 'paper' | 'screen' = 'paper'): Markup =>
  markup`<details class="${kind}"><summary>${summary}</summary><div class="fold">${body}</div></details>`
