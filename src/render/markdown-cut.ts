import { markdownPlain } from './markdown-text.ts'

/** Lines that belong together; what opens and closes them is kept when lines are cut. */
export interface Block {
  open?: string[]
  lines: string[]
  close?: string[]
}

/** Lines that a reader unfolds; nothing where there are none. */
export const details = (summary: string, lines: string[]): Block[] =>
  lines.length === 0
    ? []
    : [{ open: ['<details>', `<summary>${summary}</summary>`, ''], lines, close: ['', '</details>'] }]

const text = ({ open = [], lines, close = [] }: Block): string => `${[...open, ...lines, ...close].join('\n')}\n`

const pointer = (full: string | undefined): string => {
  const where =
    full === undefined ? 'the JSON report' : /^https:\/\/[^\s()<>]+$/.test(full) ? full : markdownPlain(full)
  return `_Cut here: the whole is in ${where}._\n`
}

/** As many lines of a block as leave the text within `room` characters; undefined where not one fits. */
const fitting = (block: Block, room: number): string | undefined => {
  let used = text({ ...block, lines: [] }).length
  const lines: string[] = []
  for (const line of block.lines) {
    used += line.length + 1
    if (used > room) break
    lines.push(line)
  }
  return lines.length === 0 ? undefined : text({ ...block, lines })
}

/**
 * Joins blocks with an empty line between them and stops at the line with which the text would be longer than `limit`
 * characters. What was cut is said, with a pointer to the whole.
 */
export const cutTo = (blocks: readonly Block[], limit: number, full: string | undefined): string => {
  const whole = blocks.map(text).join('\n')
  if (whole.length <= limit) return whole
  const last = pointer(full)
  let result = ''
  for (const block of blocks) {
    const room = limit - result.length - last.length - 2
    const part = text(block)
    if (part.length <= room) {
      result += `${part}\n`
      continue
    }
    const some = fitting(block, room)
    if (some !== undefined) result += `${some}\n`
    break
  }
  return `${result}${last}`.slice(0, limit)
}
