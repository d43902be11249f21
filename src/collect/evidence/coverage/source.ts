/** Lines of a source file beyond this number are no line that a person or a generator wrote. */
const maxLine = 1_048_575
const maxColumn = 4095
/** Branches of one line, and statements of one block, beyond which more are not told apart. */
const maxCount = 32_767

/** The units of an entry: its key stands above all that is known of it. Together they have the 53 bits of a number. */
const lineUnit = 2 ** 32
const blockUnit = 2 ** 20
const ran = 2 ** 31
const listed = 2 ** 30
const blockRan = 2 ** 19

export interface CoverageCounts {
  covered: number
  total: number
  branchesCovered: number
  branchesTotal: number
}

const noEntries = new Float64Array()

/** Whether a number is one that a line of a source file can have. */
export const isLine = (line: number | undefined): line is number =>
  line !== undefined && Number.isInteger(line) && line > 0 && line <= maxLine

const joinLines = (a: number, b: number): number => {
  const [flagsA, flagsB] = [Math.floor(a / listed), Math.floor(b / listed)]
  const [restA, restB] = [a % listed, b % listed]
  const covered = Math.max(Math.floor(restA / 32_768), Math.floor(restB / 32_768))
  return (flagsA | flagsB) * listed + covered * 32_768 + Math.max(restA % 32_768, restB % 32_768)
}

const joinBlocks = (a: number, b: number): number => {
  const weight = Math.max(a % blockRan, b % blockRan)
  return weight + (a >= blockRan || b >= blockRan ? blockRan : 0)
}

/**
 * What is known of one source file: its lines that can run, those that did, and their branches. Eight bytes a line,
 * since a report may list ten million of them. What is said of a line twice is joined: it ran if it ran in either, and of
 * its branches the larger number ran, which the union of both cannot be below.
 */
export class SourceCoverage {
  /** Room that one source gave back and the next one takes: reports have their sources one after the other. */
  static #spare: Float64Array<ArrayBuffer> | undefined
  readonly path: string
  /** What a report says of the file where it lists no lines. */
  stated: CoverageCounts | undefined
  #blocks = false
  #entries: Float64Array<ArrayBuffer> = noEntries
  /** Lines without branches of a source that was read: two bits for each, listed and ran, as most lines are such. */
  #bits: Uint32Array | undefined
  #trimmed = false
  #length = 0

  constructor(path: string) {
    this.path = path
  }

  line(line: number, covered: boolean): void {
    this.#add(line * lineUnit + listed + (covered ? ran : 0))
  }

  branches(line: number, covered: number, total: number): void {
    const bound = Math.min(total, maxCount)
    this.#add(line * lineUnit + Math.min(covered, bound) * 32_768 + bound)
  }

  /** A block of statements, known by where it begins. A source file has either lines or blocks. */
  block(line: number, column: number, statements: number, covered: boolean): void {
    this.#blocks = true
    const key = line * (maxColumn + 1) + Math.min(column, maxColumn)
    this.#add(key * blockUnit + Math.min(statements, maxCount) + (covered ? blockRan : 0))
  }

  get isEmpty(): boolean {
    return this.#length === 0 && this.#bits === undefined
  }

  /**
   * Gives back what room is not needed, once the source was read. A report that comes back to a source has it trimmed again
   * only at its end: what comes back a million times would be sorted as often.
   */
  trim(atEnd = false): void {
    if (this.#bits !== undefined || this.#length === 0 || (this.#trimmed && !atEnd)) return
    this.#trimmed = true
    this.#open()
    const last = Math.floor((this.#entries[this.#length - 1] ?? 0) / lineUnit)
    const words = Math.floor(last / 16) + 1
    if (this.#blocks || 4 * words > 8 * this.#length) {
      this.#entries = this.#entries.slice(0, this.#length)
      return
    }
    const room = this.#entries
    const bits = new Uint32Array(words)
    let kept = 0
    for (let at = 0; at < this.#length; at++) {
      const entry = this.#entries[at] ?? 0
      const known = entry % lineUnit
      const line = Math.floor(entry / lineUnit)
      if (known % listed === 0) bits[line >> 4] = (bits[line >> 4] ?? 0) | ((known >= ran ? 3 : 1) << (2 * (line & 15)))
      else this.#entries[kept++] = entry
    }
    this.#bits = bits
    this.#length = kept
    this.#entries = kept === 0 ? noEntries : room.slice(0, kept)
    if (room.length > 0 && room.length <= 65_536) SourceCoverage.#spare = room
  }

  /** Brings all lines back into entries, in order. */
  #open(): void {
    const bits = this.#bits
    this.#bits = undefined
    if (bits !== undefined) {
      const room = new Float64Array(16 * bits.length + this.#length + 1)
      room.set(this.#entries.subarray(0, this.#length))
      this.#entries = room
      for (const [word, packed] of bits.entries())
        for (let [line, pairs] = [16 * word, packed]; pairs !== 0; line++, pairs >>>= 2)
          if ((pairs & 1) === 1) this.line(line, (pairs & 2) === 2)
    }
    this.#compact()
  }

  counts(): CoverageCounts {
    const counts = { covered: 0, total: 0, branchesCovered: 0, branchesTotal: 0 }
    if (this.isEmpty) return this.stated ?? counts
    if (this.#bits === undefined) this.#compact()
    for (const word of this.#bits ?? []) {
      for (let pairs = word; pairs !== 0; pairs >>>= 2) {
        counts.total += pairs & 1
        counts.covered += (pairs >> 1) & 1
      }
    }
    for (let at = 0; at < this.#length; at++) {
      const entry = this.#entries[at] ?? 0
      if (this.#blocks) {
        const known = entry % blockUnit
        counts.total += known % blockRan
        if (known >= blockRan) counts.covered += known % blockRan
        continue
      }
      const known = entry % lineUnit
      if (known % ran >= listed) counts.total++
      if (known >= ran) counts.covered++
      counts.branchesCovered += Math.floor((known % listed) / 32_768)
      counts.branchesTotal += known % 32_768
    }
    return counts
  }

  /** Whether both list nearly the same lines, so that they are about one file: nine in ten of the lines of either. */
  agrees(other: SourceCoverage): boolean {
    if (this.isEmpty || other.isEmpty) {
      const [a, b] = [this.counts().total, other.counts().total]
      return 10 * Math.min(a, b) >= 9 * Math.max(a, b)
    }
    if (this.#blocks !== other.#blocks) return false
    this.#open()
    other.#open()
    const unit = this.#blocks ? blockUnit : lineUnit
    let [both, at] = [0, 0]
    for (let index = 0; index < this.#length; index++) {
      const key = Math.floor((this.#entries[index] ?? 0) / unit)
      while (at < other.#length && Math.floor((other.#entries[at] ?? 0) / unit) < key) at++
      if (at < other.#length && Math.floor((other.#entries[at] ?? 0) / unit) === key) both++
    }
    const lines = this.#length + other.#length - both
    this.trim(true)
    other.trim(true)
    return 10 * both >= 9 * lines
  }

  /** A source of its own with what both know. */
  joined(other: SourceCoverage): SourceCoverage {
    const all = new SourceCoverage(this.path.length >= other.path.length ? this.path : other.path)
    if (this.isEmpty || other.isEmpty) {
      const [a, b] = [this.counts(), other.counts()]
      // Of a report without lines nobody knows which ran: the one that lists them is believed, else the better one.
      if (!this.isEmpty) return this
      if (!other.isEmpty) return other
      all.stated = a.covered >= b.covered ? a : b
      return all
    }
    all.#blocks = this.#blocks
    this.#open()
    other.#open()
    all.#entries = new Float64Array(this.#length + other.#length)
    all.#entries.set(this.#entries.subarray(0, this.#length))
    all.#entries.set(other.#entries.subarray(0, other.#length), this.#length)
    all.#length = this.#length + other.#length
    all.trim(true)
    return all
  }

  #add(entry: number): void {
    if (this.#bits !== undefined) this.#open()
    if (this.#entries.length === 0 && SourceCoverage.#spare !== undefined) {
      this.#entries = SourceCoverage.#spare
      SourceCoverage.#spare = undefined
    }
    if (this.#length === this.#entries.length) {
      this.#compact()
      // Room only for what is new: sorting is then paid for by as many additions as there are entries.
      if (2 * this.#length >= this.#entries.length) {
        const larger = new Float64Array(Math.max(8, 2 * this.#entries.length))
        larger.set(this.#entries.subarray(0, this.#length))
        this.#entries = larger
      }
    }
    this.#entries[this.#length++] = entry
  }

  #compact(): void {
    const entries = this.#entries.subarray(0, this.#length).sort()
    const unit = this.#blocks ? blockUnit : lineUnit
    const join = this.#blocks ? joinBlocks : joinLines
    let kept = 0
    for (let at = 1; at < this.#length; at++) {
      const [last, entry] = [entries[kept] ?? 0, entries[at] ?? 0]
      const key = Math.floor(entry / unit)
      if (Math.floor(last / unit) === key) entries[kept] = key * unit + join(last % unit, entry % unit)
      else entries[++kept] = entry
    }
    this.#length = Math.min(this.#length, kept + 1)
  }
}
