import { Markup, markup } from './markup.ts'

/** A part of the page with its heading. */
export interface Section {
  id: string
  title: string
  body: Markup
}

export const sectionMarkup = ({ id, title, body }: Section): Markup =>
  markup`<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2>${body}</section>`

export interface Column {
  name: string
  /** Numbers stand at the right. */
  number?: boolean
  /** Paths stand in it. */
  wide?: boolean
}

/**
 * A table that becomes a list of cards on a narrow screen. The first cell of each row is its heading.
 * The roles keep it a table for screen readers where the style sheet lays it out differently.
 */
export const table = (
  caption: string,
  columns: readonly Column[],
  rows: readonly (readonly (Markup | string | number)[])[],
): Markup => {
  const kind = (index: number): string => {
    const column = columns[index]
    if (column?.number === true) return 'number'
    return column?.wide === true ? 'wide' : 'text'
  }
  return markup`<table role="table"><caption>${caption}</caption><thead role="rowgroup"><tr role="row">${columns.map(
    ({ name }, index) => markup`<th role="columnheader" scope="col" class="${kind(index)}">${name}</th>`,
  )}</tr></thead><tbody role="rowgroup">${rows.map(
    (cells) =>
      markup`<tr role="row">${cells.map((cell, index) =>
        index === 0
          ? markup`<th role="rowheader" scope="row" class="${kind(index)}">${cell}</th>`
          : markup`<td role="cell" class="${kind(index)}" data-name="${columns[index]?.name ?? ''}"><div>${cell}</div></td>`,
      )}</tr>`,
  )}</tbody></table>`
}
