import { asList, asMapping, asNumber } from '../../shape.ts'
import { ReportSources } from '../coverage/report.ts'
import { isLine } from '../coverage/source.ts'
import type { EvidenceFormat, Likeness, Refusal } from '../format.ts'
import { readJson, type JsonValue } from '../json/stream.ts'

const lineOf = (value: unknown): number | undefined => asNumber(asMapping(asMapping(value)?.['start'])?.['line'])

/**
 * Joins the maps of statements and branches with their counters, file by file. A line ran when any statement that begins
 * on it did, as Istanbul's own reports have it.
 */
class IstanbulReader {
  readonly sources = new ReportSources()
  #file: string | undefined
  #statements = new Map<string, number>()
  #branchLines = new Map<string, number>()
  #branches = new Map<number, { covered: number; total: number }>()

  take({ value, path, line, column }: JsonValue): Refusal | undefined {
    const [file, part, id] = path.map(String)
    if (file === undefined) return undefined
    const schema = (reason: string): Refusal => ({ code: 'schema', reason, line, column })
    if (file !== this.#file) this.end()
    this.#file = file
    if (id === undefined) return undefined
    if (part === 'statementMap') {
      const at = lineOf(value)
      if (!isLine(at)) return schema('has a statement without a line')
      this.#statements.set(id, at)
    } else if (part === 's') {
      const at = this.#statements.get(id)
      const hits = asNumber(value)
      if (at === undefined || hits === undefined) return schema('counts a statement that it does not list')
      this.sources.at(file).line(at, hits > 0)
      this.#statements.delete(id)
    } else if (part === 'branchMap') {
      const about = asMapping(value)
      const at = lineOf(about?.['loc']) ?? asNumber(about?.['line'])
      if (isLine(at)) this.#branchLines.set(id, at)
    } else if (part === 'b') {
      const hits = asList(value)?.map(asNumber) ?? []
      const at = this.#branchLines.get(id)
      if (at === undefined) return undefined
      const known = this.#branches.get(at) ?? { covered: 0, total: 0 }
      known.total += hits.length
      known.covered += hits.filter((count) => count !== undefined && count > 0).length
      this.#branches.set(at, known)
    }
    return undefined
  }

  /** The file that is read is over. */
  end(): void {
    if (this.#file === undefined) return
    const source = this.sources.at(this.#file)
    // A statement without a counter was not seen to run.
    for (const line of this.#statements.values()) source.line(line, false)
    for (const [line, { covered, total }] of this.#branches) source.branches(line, covered, total)
    for (const map of [this.#statements, this.#branchLines, this.#branches]) map.clear()
    source.trim()
  }
}

/** Istanbul's `coverage-final.json`, of nyc, c8, jest and vitest. */
export const istanbul: EvidenceFormat = {
  kind: 'coverage',
  name: 'istanbul',
  recognise: (head): Likeness => {
    if (/^\s*(?:\{\s*\}\s*)?$/.test(head)) return 'unclear'
    return /^\s*\{\s*"(?:[^"\\]|\\.)*"\s*:\s*\{\s*(?:"path"\s*:\s*"(?:[^"\\]|\\.)*"\s*,\s*)?(?:"all"\s*:\s*(?:true|false)\s*,\s*)?"statementMap"/.test(
      head,
    )
      ? 'this'
      : 'other'
  },
  parse: async (text) => {
    const reader = new IstanbulReader()
    const refused = await readJson(text, {
      paths: ['$.*.statementMap.*', '$.*.branchMap.*', '$.*.s.*', '$.*.b.*'],
      each: (value) => reader.take(value) ?? reader.sources.refusal(value.line),
    })
    reader.end()
    const wrong = refused ?? reader.sources.refusal(1)
    return wrong === undefined ? reader.sources.evidence(text.path) : { refused: wrong }
  },
}
