import { asList, asMapping, asNumber, asString } from '../../shape.ts'
import { ReportSources } from '../coverage/report.ts'
import { isLine } from '../coverage/source.ts'
import { instant, type EvidenceFormat, type Likeness, type Refusal } from '../format.ts'
import { readJson, type JsonValue } from '../json/stream.ts'

/** Counts the lines and the branches that files list; percentages, and functions and classes with the same lines, are not looked at. */
class CoveragePyReader {
  readonly sources = new ReportSources()
  createdAt: string | undefined
  known = false
  #file: string | number | undefined
  /** Branches of the file that is read, by the line that they leave from. */
  #branches = new Map<number, { covered: number; total: number }>()

  take({ value, path, line, column }: JsonValue): Refusal | undefined {
    const [first, file, part] = path
    if (first === 'meta') {
      this.known = true
      this.createdAt = instant(asString(asMapping(value)?.['timestamp']))
      return undefined
    }
    if (file !== this.#file) this.end()
    this.#file = file
    if (part === 'executed_lines' || part === 'missing_lines') {
      const lines = asList(value)
      if (lines === undefined || !lines.every((item) => isLine(asNumber(item))))
        return { code: 'schema', reason: `has ${part} that are no lines`, line, column }
      const source = this.sources.at(String(file))
      for (const item of lines) source.line(item as number, part === 'executed_lines')
    } else if (part === 'executed_branches' || part === 'missing_branches') {
      const from = Math.abs(asNumber(asList(value)?.[0]) ?? 0)
      if (!isLine(from)) return { code: 'schema', reason: `has ${part} without a line`, line, column }
      const known = this.#branches.get(from) ?? { covered: 0, total: 0 }
      known.total++
      if (part === 'executed_branches') known.covered++
      this.#branches.set(from, known)
    }
    return this.sources.refusal(line)
  }

  /** The file that is read is over. */
  end(): void {
    if (this.#file === undefined) return
    const source = this.sources.at(String(this.#file))
    for (const [line, { covered, total }] of this.#branches) source.branches(line, covered, total)
    this.#branches.clear()
    source.trim()
  }
}

/** What `coverage json` writes. */
export const coveragePy: EvidenceFormat = {
  kind: 'coverage',
  name: 'coverage.py',
  recognise: (head): Likeness => {
    if (head.trim() === '') return 'unclear'
    return /^\s*\{\s*"meta"\s*:\s*\{[^}]*"(?:branch_coverage|show_contexts)"/.test(head) ? 'this' : 'other'
  },
  parse: async (text) => {
    const reader = new CoveragePyReader()
    const refused = await readJson(text, {
      paths: [
        '$.meta',
        '$.files.*.executed_lines',
        '$.files.*.missing_lines',
        '$.files.*.executed_branches.*',
        '$.files.*.missing_branches.*',
      ],
      each: (value) => reader.take(value),
    })
    if (refused !== undefined) return { refused }
    if (!reader.known)
      return { refused: { code: 'format', reason: 'is JSON, and not of coverage.py’s form', line: 1, column: 1 } }
    reader.end()
    const tooMany = reader.sources.refusal(1)
    if (tooMany !== undefined) return { refused: tooMany }
    return reader.sources.evidence(text.path, { createdAt: reader.createdAt })
  },
}
