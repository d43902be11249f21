import { wrapped } from './wrapped.ts'

const inline = (text: string): string =>
  text
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/(?<!\\)[*`]/g, '')
    .replace(/<\/?(?:sub|b|strong|em|code|br)\s*\/?>/g, '')
    .replace(/\\([^a-z0-9\s])/gi, '$1')
    .replace(/&vert;/g, '|')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
    .replace(/\u200D/g, '')

const isRule = (row: string): boolean => /^\|[\s|:-]+\|$/.test(row)

/** Tables in columns. */
const table = (rows: readonly string[]): string[] => {
  const cells = rows
    .filter((row) => !isRule(row))
    .map((row) =>
      row
        .split('|')
        .slice(1, -1)
        .map((cell) => inline(cell.trim())),
    )
  const widths = (cells[0] ?? []).map((_, column) => Math.max(...cells.map((row) => (row[column] ?? '').length)))
  return cells.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('   ')
      .trimEnd(),
  )
}

const fold = /<details>\s*<summary>((?:(?!<details>)[^])*?)<\/summary>(?:(?!<details>)[^])*?<\/details>/g

/** What is folded is its title alone; the innermost first. */
const folded = (markdown: string): string => {
  const once = markdown.replace(fold, (_, title: string) => `▸ ${inline(title)}`)
  return once === markdown ? once : folded(once)
}

/** A comment for a terminal: without links and hidden parts, and what GitHub folds is one line. */
export const terminalMarkdown = (markdown: string, width: number): string[] => {
  const open = folded(markdown.replace(/<!--[^]*?-->\n?/g, ''))
  const lines: string[] = []
  let rows: string[] = []
  for (const line of [...open.split('\n'), '']) {
    if (line.startsWith('|')) {
      rows.push(line)
      continue
    }
    lines.push(...table(rows))
    rows = []
    const text = inline(line.replace(/^#+ /, '').replace(/^> ?/, ''))
    if (text !== '' || lines.at(-1) !== '') lines.push(...wrapped(text, width))
  }
  while (lines.at(-1) === '') lines.pop()
  return lines[0] === '' ? lines.slice(1) : lines
}
