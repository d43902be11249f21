import { isOpenBox, isTicked, plainText, type MarkdownLine } from './markdown.ts'

const name =
  /readiness|production[-_ ]ready|production[-_ ](?:check-?list|report|review)|go[-_ ]?live|(?:pre[-_ ]?)?launch[-_ ]?(?:check-?list|report|plan)|(?:pre[-_ ]?(?:production|deploy(?:ment)?|release)|deploy(?:ment)?|release)[-_ ]?(?:check-?list|report)|security[-_ ]check-?list/i
const templates = /template|(?:^|\/)\.github\/|(?:^|\/)node_modules\//i

/** Whether a document judges readiness: its name or title says so, and it has marks or scores to judge by. */
export const isReport = (path: string, lines: readonly MarkdownLine[]): boolean => {
  if (templates.test(path)) return false
  const named = name.test(path.slice(path.lastIndexOf('/') + 1)) || name.test(titleOf(lines))
  if (!named && !declaresReady(lines)) return false
  let marks = 0
  let ticks = 0
  for (const { text, code } of lines) {
    if (code) continue
    if (isTicked(text)) ticks++
    if (isTicked(text) || isOpenBox(text) || /\d\s?\/\s?100\b/.test(text)) marks++
  }
  // A guide that says "production ready" at its top and lists open boxes for its reader judges nothing.
  return named ? marks >= 3 : ticks >= 5
}

/** The first heading's words. */
export const titleOf = (lines: readonly MarkdownLine[]): string => lines.find(({ heading }) => heading)?.section ?? ''

const statusLabel =
  /^(?:[-*>|]\s*)*(?:(?:overall|final|release|deployment|production[- ]ready|production|current)\s+)?(?:status|decision|verdict|recommendation|go\s*\/\s*no-?go(?:\s+decision)?)\s*[:|]\s*(.+)$/i
const positive = /^(?:we are |is |fully |now )?(?:production[- ]?ready|ready\b|go\b(?!\s*\/|-)|approved\b)/i
const reserved =
  /no-?\s?go|\bnot\b|staging|beta|caveat|condition|\bonce\b|\bafter\b|pending|almost|partial|review|\d\s?%|\?|\/\s*(?:not|blocked|draft)/i

/** The words by which a line declares readiness, or undefined. */
export const readyWords = ({ text, heading, code }: MarkdownLine): string | undefined => {
  if (code || text.length > 300) return undefined
  const words = plainText(text)
  const label = statusLabel.exec(words)?.[1]
  const said =
    label ??
    (heading && /\b(?:go|approved|ready) for production\b/i.test(words) && /✅|🟢|🚀/.test(text) ? words : undefined)
  return said !== undefined && positive.test(said.replace(/^[^A-Za-z]+/, '')) && !reserved.test(said)
    ? words
    : undefined
}

const declaresReady = (lines: readonly MarkdownLine[]): boolean =>
  lines.slice(0, 12).some((line) => /production/i.test(readyWords(line) ?? ''))

const approval = /approval|sign[- ]?offs?\b|approved by|approvers/i
const blank = /(?:sign|approv|date|name|by|lead|manager|owner|officer)[^:|\n]{0,60}[:|]\W{0,6}_{3,}/i
const before =
  /before\s+(?:the\s+)?(?:deploy|launch|production|release|go)|pre[- ]?(?:deploy|production|launch|release)|required (?:before|for production)|must be done before|\bblockers\b/i
const required = /requirements|required|must/i
const notBefore = /optional|post[- ]|after|recommended|nice to have|future|procedure|template/i

/** An open box before the deployment; under "pre-production requirements" every item that nobody ticked. */
const isOpenBefore = (line: MarkdownLine, open: boolean): boolean => {
  if (!before.test(line.path) || notBefore.test(line.section) || notBefore.test(line.text)) return false
  const item =
    required.test(line.section) && before.test(line.section) && /^\s{0,3}(?:[-*+]|\d+[.)])\s+\S/.test(line.text)
  return open || (item && !isTicked(line.text) && !/done|complete/i.test(line.text))
}

export interface Marks {
  ticked: number
  open: number
  approvals: number[]
  beforeDeploy: number[]
  status: { line: number; words: string } | undefined
}

/** Counts the marks of a report, with the lines of those that are open where they should not be. */
export const readMarks = (lines: readonly MarkdownLine[]): Marks => {
  const marks: Marks = { ticked: 0, open: 0, approvals: [], beforeDeploy: [], status: undefined }
  for (const line of lines) {
    if (line.code) continue
    const words = readyWords(line)
    if (words !== undefined) marks.status ??= { line: line.number, words }
    const open = isOpenBox(line.text)
    if (open) marks.open++
    else if (isTicked(line.text)) marks.ticked++
    if (
      (open && approval.test(line.section)) ||
      (blank.test(line.text) && (approval.test(line.path) || approval.test(line.text)))
    )
      marks.approvals.push(line.number)
    else if (isOpenBefore(line, open)) marks.beforeDeploy.push(line.number)
  }
  return marks
}
