import type { Paint } from './paint.ts'

/** Lines of a terminal in the making. */
export interface Page {
  paint: Paint
  /** One line that is not wrapped, after so many blanks. */
  line: (indent: number, text: string) => void
  /** A paragraph, wrapped to the width; its further lines stand under the first word after the mark, or as far in as said. */
  wrapped: (indent: number, mark: string, text: string, hanging?: number) => void
  /** An empty line, unless there is one already. */
  gap: () => void
  /** An empty line and a heading. */
  heading: (text: string) => void
  text: () => string
}

// Our own colours take no room.
// oxlint-disable-next-line no-control-regex -- they begin with ESC
const colours = /\u001b\[\d{1,3}m/g

const columns = (text: string): number => text.replace(colours, '').length

const wrap = (text: string, room: number): string[] => {
  const lines: string[] = []
  let current = ''
  for (const word of text.split(' ')) {
    if (current !== '' && columns(current) + 1 + columns(word) > room) {
      lines.push(current)
      current = word
    } else current = current === '' ? word : `${current} ${word}`
  }
  return [...lines, current].map((one) => one.trimEnd())
}

/** An empty page of a width in columns. */
export const pageOf = (paint: Paint, width: number): Page => {
  const lines: string[] = []
  const line = (indent: number, text: string): void => void lines.push(`${' '.repeat(indent)}${text}`)
  const gap = (): void => {
    if (lines.length > 0 && lines.at(-1) !== '') lines.push('')
  }
  return {
    paint,
    line,
    gap,
    wrapped: (indent, mark, text, hanging = columns(mark)) => {
      const room = Math.max(20, width - indent - columns(mark))
      for (const [index, part] of wrap(text, room).entries())
        line(indent, index === 0 ? `${mark}${part}` : `${' '.repeat(hanging)}${part}`)
    },
    heading: (text) => {
      gap()
      line(0, paint.bold(text))
    },
    text: () => `${lines.join('\n')}\n`,
  }
}
