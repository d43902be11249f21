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
const form = new RegExp(`^ignore\\s+(\\S+)\\s+until\\s+(${datePattern})\\s+because\\s+(\\S.*?)\\s*(?:-->|\\*/)?\\s*$`)

// In Markdown a # is a heading.
const commentIn = (path: string): RegExp => (path.endsWith('.md') ? /^\s*(<!--|$)/ : /^\s*(#|\/\/|--|<!--|\/\*|$)/)

/** Finds the ignores of a text file. One pass, and nothing at all where the word does not occur. */
export const inlineIgnores = (path: string, text: string): { ignores: InlineIgnore[]; broken: BrokenIgnore[] } => {
  const ignores: InlineIgnore[] = []
  const broken: BrokenIgnore[] = []
  if (!text.includes('prodgate:')) return { ignores, broken }
  const anyComment = commentIn(path)
  const lines = text.split(/\r?\n/)
  for (const [index, line] of lines.entries()) {
    if (line.length > maxLine || !line.includes('prodgate:')) continue
    const comment = opening.exec(line)
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
