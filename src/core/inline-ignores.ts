import { datePattern, isDate } from './policy-file.ts'

/** `# prodgate: ignore <rule> until <date> because <reason>`, in a comment of any language. */
export interface InlineIgnore {
  path: string
  /** The line of the comment, from 1. */
  line: number
  /** The line that it is about: its own where something stands before the comment, else the next line that is no comment. */
  target: number
  rule: string
  until: string
  reason: string
}

/** A comment that wants to be one and is not, and why. */
export interface BrokenIgnore {
  path: string
  line: number
  reason: string
}

/** Longer lines are not comments that a person wrote. Characters. */
const maxLine = 1000

/** Further comment lines between an ignore and what it is about. */
const maxCommentLines = 20

const opening = /(?<![^\s])(?:#|\/\/|--|<!--|\/\*)\s*prodgate:\s*(.*)$/
const markdownOpening = /(?<![^\s])<!--\s*prodgate:\s*(.*)$/
const form = new RegExp(`^ignore\\s+(\\S+)\\s+until\\s+(${datePattern})\\s+because\\s+(\\S.*?)\\s*(?:-->|\\*/)?\\s*$`)

const markdown = /\.(?:md|mdx|markdown)$/i
const fence = /^\s{0,3}(`{3,}|~{3,})/

/** The lines of a Markdown text that are in a fenced block: examples, and no comments of the document. */
const fenced = (lines: readonly string[]): Set<number> => {
  const inside = new Set<number>()
  let open: string | undefined
  for (const [index, line] of lines.entries()) {
    const mark = fence.exec(line)?.[1]
    if (open !== undefined) inside.add(index)
    if (open === undefined) open = mark
    else if (mark?.startsWith(open) === true && line.trim() === mark) open = undefined
  }
  return inside
}

/** Finds the ignores of a text file. One pass, and nothing at all where the word does not occur. */
export const inlineIgnores = (path: string, text: string): { ignores: InlineIgnore[]; broken: BrokenIgnore[] } => {
  const ignores: InlineIgnore[] = []
  const broken: BrokenIgnore[] = []
  if (!text.includes('prodgate:')) return { ignores, broken }
  // In Markdown a # is a heading.
  const isMarkdown = markdown.test(path)
  const anyComment = isMarkdown ? /^\s*(<!--|$)/ : /^\s*(#|\/\/|--|<!--|\/\*|$)/
  const lines = text.split(/\r?\n/)
  const examples = isMarkdown ? fenced(lines) : undefined
  for (const [index, line] of lines.entries()) {
    if (line.length > maxLine || !line.includes('prodgate:') || examples?.has(index) === true) continue
    const comment = (isMarkdown ? markdownOpening : opening).exec(line)
    if (comment === null) continue
    const match = form.exec(comment[1] ?? '')
    const [, rule, until, reason] = match ?? []
    if (rule === undefined || until === undefined || reason === undefined || !isDate(until)) {
      broken.push({ path, line: index + 1, reason: 'is not `prodgate: ignore <rule> until <date> because <reason>`' })
      continue
    }
    const alone = line.slice(0, comment.index).trim() === ''
    let target = index
    const last = Math.min(lines.length - 1, index + maxCommentLines)
    if (alone) while (target < last && anyComment.test(lines[target] ?? '')) target++
    ignores.push({ path, line: index + 1, target: target + 1, rule, until, reason })
  }
  return { ignores, broken }
}
