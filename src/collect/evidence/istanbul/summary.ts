import { asMapping, asNumber } from '../../shape.ts'
import { ReportSources } from '../coverage/report.ts'
import type { EvidenceFormat, Likeness, Refusal } from '../format.ts'
import { readJson, type JsonValue } from '../json/stream.ts'

/** What a summary counts of one kind of thing; undefined for what nobody could have counted. */
const pairOf = (value: unknown): { covered: number; total: number } | undefined => {
  const pair = asMapping(value)
  const [covered, total] = [asNumber(pair?.['covered']), asNumber(pair?.['total'])]
  if (covered === undefined || total === undefined || covered < 0 || covered > total || total > 1e9) return undefined
  return { covered, total }
}

const take = (sources: ReportSources, { value, path, line, column }: JsonValue): Refusal | undefined => {
  const [file] = path
  if (file === 'total' || file === undefined) return undefined
  const about = asMapping(value)
  const [lines, branches] = [pairOf(about?.['lines']), pairOf(about?.['branches'])]
  if (lines === undefined)
    return { code: 'schema', reason: 'has a source file without its number of lines', line, column }
  sources.at(String(file)).stated = {
    ...lines,
    branchesCovered: branches?.covered ?? 0,
    branchesTotal: branches?.total ?? 0,
  }
  return sources.refusal(line)
}

/** Istanbul's `coverage-summary.json`: numbers for each source file. The total that it states is not looked at. */
export const istanbulSummary: EvidenceFormat = {
  kind: 'coverage',
  name: 'istanbul-summary',
  recognise: (head): Likeness => {
    if (/^\s*(?:\{\s*\}\s*)?$/.test(head)) return 'unclear'
    return /^\s*\{\s*"total"\s*:\s*\{\s*"(?:lines|statements|functions|branches)"\s*:\s*\{/.test(head)
      ? 'this'
      : 'other'
  },
  parse: async (text) => {
    const sources = new ReportSources()
    const refused = await readJson(text, { paths: ['$.*'], each: (value) => take(sources, value) })
    return refused === undefined ? sources.evidence(text.path) : { refused }
  },
}
