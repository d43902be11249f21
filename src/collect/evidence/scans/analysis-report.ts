import type { Fact, FactValue } from '../../../core/facts/index.ts'
import { startOf } from '../../../core/facts/place.ts'
import { defined } from '../../shape.ts'
import { maxListed } from './scan-report.ts'
import { severities } from './severity.ts'

type Result = FactValue<'analysis.result'>

/** One result as a format reads it. */
export type FoundResult = Omit<Result, 'tool' | 'title' | 'file' | 'fileLine'> & {
  title?: string | undefined
  file?: string | undefined
  fileLine?: number | undefined
  line: number
  column: number
}

export interface AboutRun {
  tool: string
  toolVersion?: string | undefined
  category?: string | undefined
  files?: number | undefined
}

/** Gathers the results of one run, in bounded memory. Of what is beyond the limit, one of each severity stays. */
export class AnalysisReport {
  readonly about: AboutRun
  readonly #path: string
  readonly #results: Fact<'analysis.result'>[] = []
  readonly #beyond = new Map<string, { fact: Fact<'analysis.result'>; count: number }>()
  readonly #counts = new Map<string, number>()
  #others = 0
  #suppressed = 0

  constructor(path: string, about: AboutRun) {
    this.#path = path
    this.about = about
  }

  suppress(): void {
    this.#suppressed++
  }

  /** @param count how many are alike, of which this is the first */
  add({ line, column, title, file, fileLine, ...found }: FoundResult, count = 1): void {
    const { severity, security, rule } = found
    if (security) this.#counts.set(severity, (this.#counts.get(severity) ?? 0) + count)
    else this.#others += count
    const kind = `${severity} ${security}`
    const beyond = this.#beyond.get(kind)
    if (beyond !== undefined) {
      beyond.count += count
      return
    }
    const fact: Fact<'analysis.result'> = {
      kind: 'analysis.result',
      subject: `result ${rule} ${file ?? ''}${fileLine === undefined ? '' : `:${fileLine}`}`.trim(),
      place: { path: this.#path, line, column },
      value: { tool: this.about.tool, ...found, ...defined({ title, file, fileLine }) },
    }
    if (this.#results.length < maxListed) this.#results.push(fact)
    else this.#beyond.set(kind, { fact, count })
  }

  facts(): Fact[] {
    const { tool } = this.about
    const others = [...this.#beyond.values()].map(({ fact, count }) => {
      fact.value.title = `one of ${count} more of its severity`
      return fact
    })
    // The tool's name may stand at the end of a file.
    for (const { value } of [...this.#results, ...others]) value.tool = tool
    const [critical = 0, high = 0, medium = 0, low = 0, unknown = 0] = severities.map(
      (severity) => this.#counts.get(severity) ?? 0,
    )
    return [
      {
        kind: 'analysis.run',
        subject: `run of ${tool}`,
        place: startOf(this.#path),
        value: {
          ...defined(this.about),
          results: critical + high + medium + low + unknown + this.#others,
          critical,
          high,
          medium,
          low,
          unknown,
          others: this.#others,
          suppressed: this.#suppressed,
          unlisted: [...this.#beyond.values()].reduce((sum, { count }) => sum + count, 0),
        },
      },
      ...this.#results,
      ...others,
    ]
  }
}
