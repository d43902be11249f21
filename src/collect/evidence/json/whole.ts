import type { Refusal } from '../format.ts'

/** Nesting that no report comes near; Trivy's own have ten or so. */
const maxDepth = 100

/** Where the values of a JSON text start, by their path; keys and indexes are joined with `/`. Lines count from 1. */
export type JsonPlaces = ReadonlyMap<string, { line: number; column: number }>

export type ParsedJson = { value: unknown; places: JsonPlaces } | { refused: Refusal }

/** Places that are kept: more than the findings of any report that a person could act on. */
const maxPlaces = 500_000

const code = { quote: 34, escape: 92, comma: 44, colon: 58, newline: 10 }
const opening = new Set([123, 91])
const closing = new Set([125, 93])

interface Level {
  list: boolean
  path: string
  index: number
  key: string
}

const endOfString = (text: string, start: number): number => {
  for (let at = start + 1; at < text.length; at++) {
    const char = text.charCodeAt(at)
    if (char === code.escape) at++
    else if (char === code.quote) return at
  }
  return text.length
}

/** One pass over the text: the places of objects down to `depth` levels, or that it is nested too deeply or cut off. */
const scan = (text: string, depth: number): { places: JsonPlaces } | { refused: Refusal } => {
  const places = new Map<string, { line: number; column: number }>()
  const open: Level[] = []
  let line = 1
  let lineStart = 0
  const refuse = (kind: string, reason: string, at: number): { refused: Refusal } => ({
    refused: { code: kind, reason, line, column: at - lineStart + 1 },
  })
  for (let at = 0; at < text.length; at++) {
    const char = text.charCodeAt(at)
    const level = open.at(-1)
    if (char === code.newline) {
      line++
      lineStart = at + 1
    } else if (char === code.quote) {
      const end = endOfString(text, at)
      // What a string at this depth says is only of interest when it is a key on the way to a place.
      if (level !== undefined && !level.list && open.length < depth) level.key = text.slice(at + 1, end)
      at = end
    } else if (opening.has(char)) {
      const step = level === undefined ? '' : level.list ? String(level.index) : level.key
      const path = open.length >= depth ? '' : level === undefined || level.path === '' ? step : `${level.path}/${step}`
      if (places.size >= maxPlaces) return refuse('too-many', `has more than ${maxPlaces} entries`, at)
      if (open.length < depth) places.set(path, { line, column: at - lineStart + 1 })
      open.push({ list: char === 91, path, index: 0, key: '' })
      if (open.length > maxDepth) return refuse('too-deep', `is nested deeper than ${maxDepth} levels`, at)
    } else if (closing.has(char)) {
      if (level === undefined || level.list !== (char === 93)) return refuse('syntax', 'is not valid JSON', at)
      open.pop()
    } else if (char === code.comma && level !== undefined) level.index++
  }
  return open.length > 0 ? refuse('truncated', 'is cut off before its end', text.length) : { places }
}

/** Parses JSON, and says where its objects and lists stand down to a depth. Never throws. */
export const parseJson = (text: string, depth: number): ParsedJson => {
  const scanned = scan(text, depth)
  if ('refused' in scanned) return scanned
  try {
    return { value: JSON.parse(text) as unknown, places: scanned.places }
  } catch {
    // The engine's message quotes the text, which may hold a secret.
    return { refused: { code: 'syntax', reason: 'is not valid JSON', line: 1, column: 1 } }
  }
}
