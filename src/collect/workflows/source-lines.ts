import type { Place } from '../../core/facts/place.ts'

const known = new WeakMap<object, readonly string[]>()

/** The lines of a file, split once however many jobs ask. */
export const linesOf = (file: { text: string }): readonly string[] => {
  const lines = known.get(file) ?? file.text.split('\n')
  known.set(file, lines)
  return lines
}

const indentOf = (line: string): number => line.length - line.trimStart().length

/** How far a block is searched for a fragment, in lines. */
const maxSearch = 2000

/**
 * Finds where a line of a multi-line value stands in its file. A literal block keeps its lines; in a folded or a quoted
 * one the fragment itself is looked for, and the key's place is what is left.
 */
export const placeInValue = (
  lines: readonly string[],
  key: Place,
  value: readonly string[],
  index: number,
  fragment: string,
): Place => {
  const wanted = (value[index] ?? '').trim()
  const direct = key.line + 1 + index
  const there = (line: number, text: string): Place => ({
    path: key.path,
    line,
    column: Math.max(0, lines[line - 1]?.indexOf(text) ?? 0) + 1,
  })
  if (wanted !== '' && lines[direct - 1]?.trim() === wanted) return there(direct, fragment)
  const needle = fragment === '' ? wanted : fragment
  if (needle === '') return key
  const header = lines[key.line - 1] ?? ''
  if (header.includes(needle)) return there(key.line, needle)
  for (let line = key.line + 1; line <= Math.min(lines.length, key.line + maxSearch); line++) {
    const text = lines[line - 1] ?? ''
    if (text.trim() !== '' && indentOf(text) < key.column) break
    if (text.includes(needle)) return there(line, needle)
  }
  return key
}
