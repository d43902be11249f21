/** A code block, fenced so that nothing in it ends it. */
export const codeBlock = (text: string, language: string): string => {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  // Control characters of a case's file are shown as a picture of them.
  // oxlint-disable-next-line no-control-regex -- they are what it is about
  const shown = text.replaceAll(/[\u0000-\u0008\u000b-\u001f]/g, (mark) => String.fromCharCode(0x2400 + mark.charCodeAt(0)))
  return `${fence}${language}\n${shown.replace(/\n$/, '')}\n${fence}`
}

/** A row of a table; pipes in the cells are escaped. */
export const row = (cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll('|', String.raw`\|`).replaceAll('\n', ' ')).join(' | ')} |`

/** A table with its heading. */
export const table = (heading: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(heading), `|${heading.map(() => '---').join('|')}|`, ...rows.map(row)].join('\n')
