import { range } from '../words.ts'
import { Markup, markup } from './markup.ts'

/** What all charts share: the hatching of what is not known. */
export const chartParts = new Markup(
  '<svg class="parts" width="0" height="0" aria-hidden="true" focusable="false"><defs>' +
    '<pattern id="open" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">' +
    '<rect class="open-ground" width="6" height="6"/><rect class="open-line" width="2.5" height="6"/></pattern></defs></svg>',
)

interface Bar {
  /** What it is the score of. */
  name: string
  low: number
  high: number
  minimum: number | null
}

const percent = (number: number): string => `${Math.round(number * 100) / 100}%`

/** A score as a bar from 0 to 100: what is certain, what is not known hatched, and a line at the minimum. */
export const scoreBar = ({ name, low, high, minimum }: Bar): Markup => {
  const met = minimum === null || low >= minimum
  const words = `${name}: ${range(low, high)} of 100${minimum === null ? '' : `, minimum ${minimum}`}`
  return markup`<svg class="bar ${met ? 'met' : 'unmet'}" role="img" aria-label="${words}" width="100%" height="14"><rect class="track" width="100%" height="14" rx="3"/>${
    high > low &&
    markup`<rect class="open" x="${percent(low)}" width="${percent(high - low)}" height="14" fill="url(#open)"/>`
  }${low > 0 && markup`<rect class="earned" width="${percent(low)}" height="14" rx="3"/>`}${
    minimum !== null &&
    minimum > 0 &&
    markup`<rect class="minimum" x="${percent(Math.min(minimum, 99.4))}" y="0" width="2" height="14"/>`
  }</svg>`
}

/** A share of 100 as a ring. */
export const ring = (name: string, share: number): Markup =>
  markup`<svg class="ring" role="img" aria-label="${`${name}: ${share} of 100`}" viewBox="0 0 40 40" width="64" height="64"><circle class="track" cx="20" cy="20" r="16" pathLength="100"/>${
    share > 0 &&
    markup`<circle class="share" cx="20" cy="20" r="16" pathLength="100" stroke-dasharray="${share} 100" transform="rotate(-90 20 20)"/>`
  }</svg>`

const shapes = {
  go: '<circle cx="12" cy="12" r="11"/><path d="M6.5 12.5l3.6 3.6 7.4-8"/>',
  conditional: '<path class="ground" d="M12 1.6 23 21.4H1z"/><path d="M12 8.6v6M12 17.4v.9"/>',
  'no-go': '<path class="ground" d="M7.4 1h9.2L23 7.4v9.2L16.6 23H7.4L1 16.6V7.4z"/><path d="M8 8l8 8M16 8l-8 8"/>',
}

/** The sign beside the verdict: a tick in a circle, a mark in a triangle, a cross in an octagon. */
export const sign = (decision: keyof typeof shapes): Markup =>
  new Markup(`<svg class="sign" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${shapes[decision]}</svg>`)
