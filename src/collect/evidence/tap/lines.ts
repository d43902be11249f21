/** One test point, as a line of TAP states it. */
export interface TestPoint {
  ok: boolean
  name: string
  directive?: 'skip' | 'todo'
  /** Whether its subtests follow in braces. */
  braces: boolean
  seconds: number
}

export type TapLine =
  | { kind: 'point'; level: number; point: TestPoint }
  | { kind: 'plan'; level: number; count: number }
  | { kind: 'bail'; reason: string }
  | { kind: 'block'; indent: number }
  | { kind: 'brace'; level: number }
  | { kind: 'other' }

const other: TapLine = { kind: 'other' }
// Directives are words of their own after a #, which stands escaped in names.
const directive = /(?:^|\s)#\s*(skip|todo)(?:\S*)(?:\s|$)/i
const timing = /\s#\s*time=(\d{1,12}(?:\.\d{1,12})?)(ms|s)/

const pointOf = (ok: boolean, text: string): TestPoint => {
  const braces = /\{\s*$/.test(text.slice(-8))
  const rest = text.replace(/^\s*(?:\d{1,12}(?=\s|$))?\s*(?:-\s)?/, '')
  const told = directive.exec(rest)
  const time = timing.exec(rest)
  const ends = [told?.index, time?.index].filter((at) => at !== undefined)
  const named = rest.slice(0, Math.min(rest.length, ...ends))
  const name = (braces && ends.length === 0 ? named.replace(/\{\s*$/, '') : named).trim()
  return {
    ok,
    name: name.replaceAll('\\#', '#'),
    braces,
    seconds: time === null ? 0 : Number(time[1]) / (time[2] === 'ms' ? 1000 : 1),
    ...(told === null ? {} : { directive: told[1]?.toLowerCase() === 'skip' ? ('skip' as const) : ('todo' as const) }),
  }
}

/** Reads one line of TAP 12 to 14. Subtests stand four spaces further to the right; what is no TAP is `other`. */
export const tapLine = (line: string): TapLine => {
  const indent = line.length - line.trimStart().length
  const text = line.slice(indent).trimEnd()
  if (text === '---') return { kind: 'block', indent }
  if (text.startsWith('Bail out!')) return { kind: 'bail', reason: text.slice(9).trim() }
  if (indent % 4 !== 0) return other
  const level = indent / 4
  if (text === '}') return { kind: 'brace', level }
  const plan = /^1\.\.(\d{1,9})(?:\s|$)/.exec(text)
  if (plan !== null) return { kind: 'plan', level, count: Number(plan[1]) }
  const point = /^(not )?ok(?=\s|$)/.exec(text)
  if (point === null) return other
  return { kind: 'point', level, point: pointOf(point[1] === undefined, text.slice(point[0].length)) }
}
