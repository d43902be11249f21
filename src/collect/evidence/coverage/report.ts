import type { Fact } from '../../../core/facts/index.ts'
import { startOf } from '../../../core/facts/place.ts'
import { defined } from '../../shape.ts'
import { ownText, type Evidence, type Refusal } from '../format.ts'
import { SourceCoverage, type CoverageCounts } from './source.ts'

/** Source files of one report; Linux has 60,000. */
const maxSources = 100_000

/** The lines behind the report of one file: too many for facts, and needed once, for what all reports say together. */
const details = new WeakMap<object, readonly SourceCoverage[]>()

export const sourcesOf = (fact: Fact<'coverage.report'>): readonly SourceCoverage[] => details.get(fact.value) ?? []

const percent = (part: number, whole: number): number => (whole === 0 ? 0 : Number(((100 * part) / whole).toFixed(2)))

/** The numbers of a fact about coverage. */
export const measured = ({ covered, total, branchesCovered, branchesTotal }: CoverageCounts) => ({
  linesCovered: covered,
  linesTotal: total,
  linesPercent: percent(covered, total),
  ...(branchesTotal === 0
    ? {}
    : { branchesCovered, branchesTotal, branchesPercent: percent(branchesCovered, branchesTotal) }),
})

export const sumOf = (sources: readonly SourceCoverage[]): CoverageCounts => {
  const sum = { covered: 0, total: 0, branchesCovered: 0, branchesTotal: 0 }
  for (const source of sources) {
    const counts = source.counts()
    sum.covered += counts.covered
    sum.total += counts.total
    sum.branchesCovered += counts.branchesCovered
    sum.branchesTotal += counts.branchesTotal
  }
  return sum
}

/** What one report says of source files, while it is read. */
export class ReportSources {
  #sources = new Map<string, SourceCoverage>()
  #tooMany = false

  /** The source file with a path as the report writes it. */
  at(path: string): SourceCoverage {
    const plain = path.replaceAll('\\', '/').replace(/^(?:\.\/)+/, '')
    const known = this.#sources.get(plain)
    if (known !== undefined) return known
    const own = ownText(plain)
    const added = new SourceCoverage(own)
    if (this.#sources.size < maxSources) this.#sources.set(own, added)
    else this.#tooMany = true
    return added
  }

  /** Why the report cannot be taken, as long as it is read. */
  refusal(line: number): Refusal | undefined {
    if (!this.#tooMany) return undefined
    return { code: 'too-many', reason: `has more than ${maxSources} source files`, line, column: 1 }
  }

  /** The report as evidence. It answers for no kind of fact: without a line there is no total, and nothing is known. */
  evidence(
    path: string,
    about: { unit?: 'lines' | 'statements'; createdAt?: string | undefined; sha?: string | undefined } = {},
  ): Evidence {
    const sources = [...this.#sources.values()]
    for (const source of sources) source.trim(true)
    const fact: Fact<'coverage.report'> = {
      kind: 'coverage.report',
      subject: 'coverage report',
      place: startOf(path),
      value: { ...measured(sumOf(sources)), sources: sources.length, unit: about.unit ?? 'lines' },
    }
    details.set(fact.value, sources)
    return { facts: [fact], answers: [], ...defined({ createdAt: about.createdAt, sha: about.sha }) }
  }
}
