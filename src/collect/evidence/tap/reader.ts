import { firstLine, type Refusal } from '../format.ts'
import { addCounts, countCase, noCounts, type Counts } from '../test-results/counts.ts'
import { isNotable, maxTold, plainCase, Told, type CaseResult } from '../test-results/notable.ts'
import type { TextLine } from '../text-lines.ts'
import { TapBlock } from './block.ts'
import { tapLine, type TestPoint } from './lines.ts'

/** Subtests inside subtests; suites that people write have five or so. */
const maxLevel = 100

/** The test points of one level since the last one that stands outside of them. */
interface Level {
  counts: Counts
  /** Those that did not simply pass; kept here, since a `todo` further out takes them back. */
  notable: CaseResult[]
  moreFailed: number
  points: number
  planned?: number
  suite?: TestPoint
  line: number
}

const newLevel = (line: number): Level => ({ counts: noCounts(), notable: [], moreFailed: 0, points: 0, line })

/** Counts the test points of a TAP stream that have no subtests; one that has them is a suite. */
export class TapReader {
  readonly told = new Told()
  #levels: Level[] = [newLevel(1)]
  #block: TapBlock | undefined
  /** The case that was read last, as long as nothing but its block can follow, and the level that counts it. */
  #last: CaseResult | undefined
  #holder: Level | undefined
  #timed: Level | undefined
  #bailed = false
  #unended = false
  #line = 1

  get counts(): Counts {
    return this.#root.counts
  }

  get #root(): Level {
    const [root] = this.#levels
    if (root === undefined) throw new Error('the outermost level is always there')
    return root
  }

  /** Takes the next line; the refusal of a stream that goes on in no way that TAP knows. */
  line({ text, line, ended }: TextLine): Refusal | undefined {
    this.#line = line
    if (this.#block !== undefined) {
      if (!this.#block.ends(text)) return undefined
      // What a suite took is the sum of its cases already.
      if (this.#timed !== undefined) this.#timed.counts.seconds += this.#block.seconds
      this.#block = undefined
      return undefined
    }
    const read = tapLine(text)
    const last = this.#last
    const holder = this.#holder
    if (read.kind !== 'other') this.#last = this.#holder = undefined
    if (read.kind === 'block') {
      this.#block = new TapBlock(read.indent, last)
      this.#timed = holder
    } else if (read.kind === 'bail') this.#bail(read.reason)
    else if (read.kind === 'brace') this.#close(read.level + 1, undefined)
    else if (read.kind === 'plan' || read.kind === 'point') {
      if (read.level > maxLevel) return this.#refuse('too-deep', `is nested deeper than ${maxLevel} levels`)
      if (read.kind === 'point') {
        this.#unended = !ended
        this.#point(read.level, read.point)
      } else return this.#plan(read.level, read.count)
    }
    return undefined
  }

  /** What is wrong with the stream as a whole, once it is over. */
  end(): Refusal | undefined {
    if (this.#bailed) {
      while (this.#levels.length > 1) this.#merge()
      return this.#finish()
    }
    const { planned, points } = this.#root
    if (this.#block !== undefined || this.#levels.length > 1 || this.#unended)
      return this.#refuse('truncated', 'is cut off before its end')
    if (planned === undefined) return this.#refuse('truncated', 'is cut off before its end: it has no plan')
    if (points < planned)
      return this.#refuse('truncated', `is cut off before its end: it has ${points} of ${planned} test points`)
    if (points > planned) this.#unplanned(this.#root)
    return this.#finish()
  }

  #refuse(code: string, reason: string): Refusal {
    return { code, reason, line: this.#line, column: 1 }
  }

  #finish(): undefined {
    for (const result of this.#root.notable) this.told.case(result)
    this.told.moreFailed += this.#root.moreFailed
    return undefined
  }

  #at(level: number): Level {
    while (this.#levels.length <= level) this.#levels.push(newLevel(this.#line))
    return this.#levels[level] ?? this.#root
  }

  #plan(level: number, count: number): Refusal | undefined {
    const holder = this.#at(level)
    if (holder.planned !== undefined && level === 0) return this.#refuse('syntax', 'has two plans')
    holder.planned = count
    return undefined
  }

  #bail(reason: string): void {
    this.#bailed = true
    const message = firstLine(reason)
    this.#count(this.#root, this.#case('(the run itself)', 'error', message ?? 'the run was given up'))
  }

  #point(level: number, point: TestPoint): void {
    this.#at(level).points++
    if (point.braces) {
      this.#close(level + 1, undefined)
      this.#at(level + 1).suite = point
    } else this.#close(level + 1, point)
  }

  /** Closes what stands further in, and counts the point that it belongs to: as a suite, or as a case where nothing does. */
  #close(inner: number, point: TestPoint | undefined): void {
    while (this.#levels.length > inner + 1) this.#merge()
    const [holder, inside] = [this.#levels[inner - 1], this.#levels[inner]]
    if (holder === undefined) return
    const suite = inside?.suite ?? point
    if (inside !== undefined) {
      if (inside.planned !== undefined && inside.planned !== inside.points) this.#unplanned(inside)
      this.#merge(suite)
    }
    if (suite === undefined) return
    const broken = !suite.ok && suite.directive === undefined
    const result = this.#case(suite.name, suite.directive === undefined ? (suite.ok ? 'passed' : 'failed') : 'skipped')
    result.seconds = suite.seconds
    if (inside === undefined || inside.counts.total === 0) this.#count(holder, result)
    else if (broken && inside.counts.failed + inside.counts.errors === 0)
      this.#count(holder, { ...result, outcome: 'error' })
    else return
    this.#last = result
    this.#holder = result.seconds === 0 ? holder : undefined
  }

  #merge(suite?: TestPoint): void {
    const inside = this.#levels.pop()
    const holder = this.#levels.at(-1)
    if (inside === undefined || holder === undefined) return
    const { counts } = inside
    if (suite !== undefined && counts.total > 0)
      this.told.suite({ ...counts, name: firstLine(suite.name) ?? '', line: inside.line, column: 1, root: false })
    if (suite?.directive !== undefined) {
      // What is still to be done may fail; it does not count as done either.
      addCounts(holder.counts, { ...noCounts(), total: counts.total, skipped: counts.total, seconds: counts.seconds })
      return
    }
    addCounts(holder.counts, counts)
    holder.moreFailed += inside.moreFailed
    for (const result of inside.notable) this.#keep(holder, result)
  }

  #unplanned(level: Level): void {
    const message = `${level.points} test points are there, and ${level.planned ?? 0} are planned`
    this.#count(level, this.#case('(the plan)', 'error', message))
  }

  #case(name: string, outcome: CaseResult['outcome'], message?: string): CaseResult {
    return plainCase({ name, suite: '', line: this.#line, outcome, message })
  }

  #count(level: Level, result: CaseResult): void {
    countCase(level.counts, result)
    this.#keep(level, result)
  }

  #keep(level: Level, result: CaseResult): void {
    if (!isNotable(result)) return
    if (level.notable.length < maxTold) level.notable.push(result)
    else level.moreFailed++
  }
}
