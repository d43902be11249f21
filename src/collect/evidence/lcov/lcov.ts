import { ReportSources } from '../coverage/report.ts'
import { isLine, type SourceCoverage } from '../coverage/source.ts'
import type { EvidenceFormat, Likeness, Refusal } from '../format.ts'
import { readLines, type TextLine } from '../text-lines.ts'

// Hits may have a checksum behind them; versions of lcov wrote negative hits for counters that overflowed.
const lineData = /^DA:(\d{1,15}),(-?\d{1,19})(?:[,.]|$)/
const branchData = /^BRDA:(\d{1,15}),.*,(-|-?\d{1,19})$/
const numbers = /^(LF|LH|BRF|BRH):(\d{1,15})$/

/** Reads the sections of a tracefile, one source file each. */
class LcovReader {
  readonly sources = new ReportSources()
  #current: SourceCoverage | undefined
  /** Branches of the line that is read; they stand one after the other. */
  #branch = { line: 0, covered: 0, total: 0 }
  #stated = new Map<string, number>()
  #line = 1

  take({ text, line, ended }: TextLine): Refusal | undefined {
    this.#line = line
    const record = text.trimEnd()
    if (record === 'end_of_record') return this.#end()
    if (!ended) return this.#refuse('truncated', 'is cut off before its end')
    if (record.startsWith('SF:')) {
      if (this.#current !== undefined) return this.#refuse('syntax', 'has a source file inside another one')
      this.#current = this.sources.at(record.slice(3))
    } else if (record.startsWith('DA:')) return this.#data(record)
    else if (record.startsWith('BRDA:')) return this.#branches(record)
    else {
      const [, name, count] = numbers.exec(record) ?? []
      if (name !== undefined) this.#stated.set(name, Number(count))
    }
    return undefined
  }

  end(): Refusal | undefined {
    if (this.#current !== undefined) return this.#refuse('truncated', 'is cut off inside a source file')
    return this.sources.refusal(this.#line)
  }

  #refuse(code: string, reason: string): Refusal {
    return { code, reason, line: this.#line, column: 1 }
  }

  #data(record: string): Refusal | undefined {
    const [, line, hits] = lineData.exec(record) ?? []
    const number = Number(line)
    if (hits === undefined || !isLine(number))
      return this.#refuse('syntax', 'has a line of data that lcov does not write')
    this.#current?.line(number, Number(hits) > 0)
    return undefined
  }

  #branches(record: string): Refusal | undefined {
    const [, line, taken] = branchData.exec(record) ?? []
    const number = Number(line)
    if (taken === undefined || !isLine(number)) return this.#refuse('syntax', 'has a branch that lcov does not write')
    if (this.#branch.line !== number) this.#flush()
    this.#branch.line = number
    this.#branch.total++
    if (Number(taken) > 0) this.#branch.covered++
    return undefined
  }

  #flush(): void {
    const { line, covered, total } = this.#branch
    if (total > 0) this.#current?.branches(line, covered, total)
    this.#branch = { line: 0, covered: 0, total: 0 }
  }

  #end(): Refusal | undefined {
    this.#flush()
    const current = this.#current
    this.#current = undefined
    const stated = (name: string): number => this.#stated.get(name) ?? 0
    if (current?.isEmpty === true && stated('LF') > 0)
      current.stated = {
        covered: Math.min(stated('LH'), stated('LF')),
        total: stated('LF'),
        branchesCovered: Math.min(stated('BRH'), stated('BRF')),
        branchesTotal: stated('BRF'),
      }
    this.#stated.clear()
    current?.trim()
    return this.sources.refusal(this.#line)
  }
}

/**
 * lcov's tracefiles. A cut inside a source file is seen; one between two of them cannot be, and what is left is judged by
 * the lines that it lists.
 */
export const lcov: EvidenceFormat = {
  kind: 'coverage',
  name: 'lcov',
  recognise: (head): Likeness => {
    if (head.trim() === '') return 'unclear'
    return /^(?:\s*|#[^\n]*\n)*(?:TN:|SF:)/.test(head.slice(0, 4096)) ? 'this' : 'other'
  },
  parse: async (text) => {
    const reader = new LcovReader()
    const refused = (await readLines(text, (line) => reader.take(line))) ?? reader.end()
    return refused === undefined ? reader.sources.evidence(text.path) : { refused }
  },
}
