import { marked } from 'marked'
import type { CheckRun } from '../../test/simulator/state/entities.ts'
import { look } from './look.ts'

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

const page = (body: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>GitHub</title><style>${look}</style></head><body>${body}</body></html>`

const rendered = (markdown: string): string =>
  `<div class="markdown">${marked.parse(markdown, { gfm: true, async: false })}</div>`

const box = (title: string, body: string): string => `<section class="box"><h2>${title}</h2>${body}</section>`

/** A comment as the conversation of a pull request shows it. */
export const commentPage = (markdown: string, author: string): string =>
  page(
    `<article class="comment"><header><b>${escaped(author)}</b> <span class="label">bot</span> commented now</header>${rendered(markdown)}</article>`,
  )

/** A check run as its page shows it. */
export const checkPage = ({ name, conclusion, output, actions }: CheckRun): string => {
  const buttons = actions.map(
    ({ label, description }) => `<button title="${escaped(description)}">${escaped(label)}</button>`,
  )
  const annotations = output.annotations.map(
    ({ annotation_level: level, path, start_line: start, end_line: end, title = '', message }) =>
      `<div class="annotation ${level}"><div class="place">${escaped(level)} · ${escaped(path)}#L${start}${end > start ? `-L${end}` : ''}</div>
      <h3>${escaped(title)}</h3><pre>${escaped(message)}</pre></div>`,
  )
  return page(`<main class="check"><div class="buttons">${buttons.join('')}</div>
    <h1>${escaped(output.title ?? '')}</h1><p>${escaped(name)} · ${escaped(conclusion ?? 'in progress')}</p>
    ${box('Summary', rendered(output.summary ?? ''))}
    ${annotations.length === 0 ? '' : box(`Annotations: ${annotations.length}`, annotations.join(''))}
    ${output.text === null ? '' : box('Details', rendered(output.text))}</main>`)
}
