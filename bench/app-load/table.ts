/** One number that was measured. */
export interface Row {
  what: string
  value: string
  target?: string
  /** Undefined where there is no target. */
  met?: boolean
}

/** The value below which that part of the values lies, by the nearest rank. 0 where there are none. */
export const percentile = (values: readonly number[], part: number): number =>
  [...values].sort((a, b) => a - b)[Math.max(0, Math.ceil(values.length * part) - 1)] ?? 0

/** Rows in columns, for a terminal. */
export const table = (rows: readonly Row[]): string => {
  const cells = rows.map(({ what, value, target = '', met }) => {
    const verdict = met === true ? 'met' : 'MISSED'
    return [what, value, target, met === undefined ? '' : verdict]
  })
  const all = [['', 'measured', 'target', ''], ...cells]
  const width = (column: number): number => Math.max(...all.map((row) => row[column]?.length ?? 0))
  const widths = [0, 1, 2].map(width)
  const line = (row: readonly string[]): string =>
    `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd()
  return `${all.map(line).join('\n')}\n`
}
