import { ReportSources } from '../coverage/report.ts'
import { isLine } from '../coverage/source.ts'
import type { EvidenceFormat, Likeness, Refusal } from '../format.ts'
import { readLines, type TextLine } from '../text-lines.ts'

const mode = /^mode: (?:set|count|atomic)$/
const block = /:(\d{1,9})\.(\d{1,9}),(\d{1,9})\.(\d{1,9}) (\d{1,9}) (\d{1,20})$/

const refuse = (code: string, reason: string, line: number): Refusal => ({ code, reason, line, column: 1 })

const take = (sources: ReportSources, { text, line, ended }: TextLine): Refusal | undefined => {
  if (!ended) return refuse('truncated', 'is cut off before its end', line)
  // Profiles of several packages are often put behind each other, each with its mode.
  if (text === '' || mode.test(text)) return undefined
  const found = block.exec(text)
  const [, from, column, , , statements, count] = found ?? []
  const start = Number(from)
  if (found === null || found.index === 0 || !isLine(start))
    return refuse('syntax', 'has a line that is no block of a cover profile', line)
  sources.at(text.slice(0, found.index)).block(start, Number(column), Number(statements), !/^0+$/.test(count ?? '0'))
  return sources.refusal(line)
}

/**
 * Go's cover profiles. Statements are counted, as Go's own tools do; a block that several packages' tests report, as with
 * `-coverpkg`, counts once. A cut is seen inside a line; one between two lines cannot be.
 */
export const goCover: EvidenceFormat = {
  kind: 'coverage',
  name: 'go-cover',
  recognise: (head): Likeness => {
    if (head.trim() === '') return 'unclear'
    return /^mode: (?:set|count|atomic)\s*(?:\n|$)/.test(head) ? 'this' : 'other'
  },
  parse: async (text) => {
    const sources = new ReportSources()
    const refused = await readLines(text, (line) => take(sources, line))
    return refused === undefined ? sources.evidence(text.path, { unit: 'statements' }) : { refused }
  },
}
