/** One statement of a script, or one command of psql. */
export interface Piece {
  text: string
  /** Where it starts in the whole text. */
  offset: number
  /** What psql was told to do with it: `gexec`, `g`, `gset`; or the command itself, where there is no statement. */
  meta: string | undefined
}

const space = /\s/
const wordStart = /[A-Za-z0-9_\u0080-\uffff]/

/** The end of a comment, a quoted text or a dollar-quoted body that starts at `at`; `at` itself where none does. */
const skipQuoted = (text: string, at: number, end: number): number => {
  const char = text[at]
  const upTo = (found: number, length: number): number => (found < 0 || found + length > end ? end : found + length)
  if (char === '-' && text[at + 1] === '-') return upTo(text.indexOf('\n', at), 0)
  if (char === '/' && text[at + 1] === '*') return skipComment(text, at, end)
  if (char === '"') return upTo(text.indexOf('"', at + 1), 1)
  if (char === "'") return skipString(text, at, end)
  if (char === '$' && !wordStart.test(text[at - 1] ?? ' ')) {
    const tag = dollarTag(text, at)
    if (tag !== undefined) return upTo(text.indexOf(tag, at + tag.length), tag.length)
  }
  return at
}

/** Comments nest in PostgreSQL. */
const skipComment = (text: string, start: number, end: number): number => {
  let depth = 0
  for (let at = start; at < end; at++) {
    if (text[at] === '/' && text[at + 1] === '*') {
      depth++
      at++
    } else if (text[at] === '*' && text[at + 1] === '/') {
      depth--
      at++
      if (depth === 0) return at + 1
    }
  }
  return end
}

const skipString = (text: string, start: number, end: number): number => {
  const before = text[start - 1]
  const escapes = (before === 'E' || before === 'e') && !wordStart.test(text[start - 2] ?? ' ')
  for (let at = start + 1; at < end; at++) {
    if (escapes && text[at] === '\\') at++
    else if (text[at] === "'") {
      if (text[at + 1] !== "'") return at + 1
      at++
    }
  }
  return end
}

/** A tag is a name, or nothing; `$1` is a parameter. Names longer than PostgreSQL's 63 bytes are none. */
const dollarTag = (text: string, at: number): string | undefined =>
  /^\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]{0,62})?\$/.exec(text.slice(at, at + 66))?.[0]

const lineEnd = (text: string, at: number, end: number): number => {
  const found = text.indexOf('\n', at)
  return found < 0 || found > end ? end : found
}

/** After `COPY … FROM STDIN;` come rows, up to a line with `\.`. */
const skipRows = (text: string, at: number, end: number): number => {
  const found = text.indexOf('\n\\.', at)
  return found < 0 || found > end ? end : lineEnd(text, found + 1, end)
}

const readsRows = (statement: string): boolean =>
  /^copy\s/i.test(statement) && /\bfrom\s+stdin\b/i.test(statement.slice(0, 4000))

/** Splits a script into its statements, as psql does; linear in the text. Comments before a statement are left out. */
export const splitSql = (text: string, from = 0, end = text.length): Piece[] => {
  const pieces: Piece[] = []
  let start = -1
  const push = (to: number, meta?: string): void => {
    if (start >= 0) pieces.push({ text: text.slice(start, to).trimEnd(), offset: start, meta })
    start = -1
  }
  let at = from
  while (at < end) {
    const char = text[at] ?? ''
    if (char === '\\') {
      const stop = lineEnd(text, at, end)
      const command = text.slice(at + 1, Math.min(stop, at + 200)).trim()
      if (start >= 0) push(at, /^\w*/.exec(command)?.[0])
      else pieces.push({ text: '', offset: at, meta: command })
      at = stop + 1
      continue
    }
    if (char === ';') {
      const rows = start >= 0 && readsRows(text.slice(start, Math.min(at, start + 4100)))
      push(at)
      at = rows ? skipRows(text, at, end) : at + 1
      continue
    }
    const next = skipQuoted(text, at, end)
    const comment = next > at && (char === '-' || char === '/')
    if (start < 0 && !comment && !space.test(char)) start = at
    at = Math.max(next, at + 1)
  }
  push(end)
  return pieces
}

/** A script without what is quoted and without comments, up to a length that shows what it is written for. */
export const bareSql = (text: string, limit = 200_000): string => {
  const end = Math.min(text.length, limit)
  let bare = ''
  let from = 0
  let at = 0
  while (at < end) {
    const next = skipQuoted(text, at, end)
    if (next > at) {
      bare += `${text.slice(from, at)} `
      from = next
      at = next
    } else at++
  }
  return bare + text.slice(from, end)
}
