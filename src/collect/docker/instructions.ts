import { DockerfileParser, type Copy, type Instruction as ParsedInstruction, type Run } from 'dockerfile-ast'
import { maskFalseHeredocs } from './heredocs.ts'

/** One instruction, its continuation lines joined and the comments between them taken out. */
export interface Instruction {
  /** In capitals. */
  keyword: string
  flags: ReadonlyMap<string, readonly string[]>
  /** What follows the keyword and the flags. */
  text: string
  /** The strings of the exec form, where the text is one. */
  exec: readonly string[] | undefined
  heredocs: readonly Heredoc[]
  /** From 1, as all lines here. */
  line: number
  column: number
  endLine: number
  /** The line that a character of `text` stands on. */
  lineAt: (offset: number) => number
}

/** A here-document's body, and the line that it starts on. */
export interface Heredoc {
  text: string
  line: number
}

/** Where a run of characters of the joined text stands in the file. */
interface Piece {
  offset: number
  line: number
}

/** More options than any instruction has. */
const maxFlags = 50

const flagPattern = /^--([a-z][a-z-]*)(?:=(\S*))?(?:\s+|$)/

const execForm = (text: string): string[] | undefined => {
  if (!text.startsWith('[') || !text.endsWith(']')) return undefined
  try {
    const list: unknown = JSON.parse(text)
    return Array.isArray(list) && list.every((item) => typeof item === 'string') ? list : undefined
  } catch {
    return undefined
  }
}

const joinLines = (lines: readonly string[], first: number, last: number, column: number, escape: string) => {
  const pieces: Piece[] = []
  let text = ''
  for (let index = first; index <= last; index++) {
    const whole = (lines[index] ?? '').replace(/\r$/, '')
    const line = index === first ? whole.slice(column) : whole
    const trimmed = line.trimEnd()
    if (index > first && (trimmed === '' || trimmed.trimStart().startsWith('#'))) continue
    const continued = trimmed.endsWith(escape)
    pieces.push({ offset: text.length, line: index + 1 })
    text += continued ? trimmed.slice(0, -1) : line
    if (!continued) break
  }
  return { text, pieces }
}

const lineFinder = (pieces: readonly Piece[], skipped: number, first: number) => (offset: number) => {
  let low = 0
  let high = pieces.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((pieces[middle]?.offset ?? 0) <= offset + skipped) low = middle
    else high = middle - 1
  }
  return pieces[low]?.line ?? first
}

const heredocsOf = (parsed: ParsedInstruction, lines: readonly string[]): Heredoc[] => {
  if (!['RUN', 'COPY'].includes(parsed.getKeyword())) return []
  return (parsed as Run | Copy).getHeredocs().flatMap((heredoc) => {
    const range = heredoc.getContentRange()
    if (range === null) return []
    const text = lines.slice(range.start.line, range.end.line + (range.end.character > 0 ? 1 : 0)).join('\n')
    return [{ text, line: range.start.line + 1 }]
  })
}

const readInstruction = (parsed: ParsedInstruction, lines: readonly string[], escape: string): Instruction => {
  const range = parsed.getRange()
  const head = parsed.getInstructionRange().end
  const { text, pieces } = joinLines(lines, head.line, range.end.line, head.character, escape)
  let rest = text.trimStart()
  const flags = new Map<string, string[]>()
  for (
    let flag = flagPattern.exec(rest), count = 0;
    flag !== null && count < maxFlags;
    flag = flagPattern.exec(rest), count++
  ) {
    const [whole, name = '', value = ''] = flag
    flags.set(name, [...(flags.get(name) ?? []), value])
    rest = rest.slice(whole.length)
  }
  const skipped = text.length - rest.length
  const line = range.start.line + 1
  return {
    keyword: parsed.getKeyword(),
    flags,
    text: rest.trimEnd(),
    exec: execForm(rest.trim()),
    heredocs: heredocsOf(parsed, lines),
    line,
    column: range.start.character + 1,
    endLine: range.end.line + 1,
    lineAt: lineFinder(pieces, skipped, line),
  }
}

/** The instructions of a Dockerfile in their order. Bodies of here-documents are no instructions. */
export const parseInstructions = (text: string): Instruction[] => {
  const lines = text.split('\n')
  // The library says where each instruction ends; its words lose quotes and escapes, so they are read from the text.
  const dockerfile = DockerfileParser.parse(maskFalseHeredocs(text))
  const escape = dockerfile.getEscapeCharacter()
  return dockerfile.getInstructions().map((parsed) => readInstruction(parsed, lines, escape))
}
