import { firstLine } from '../format.ts'
import type { CaseResult } from '../test-results/notable.ts'

const duration = /^\s*duration_ms:\s*(\d{1,12}(?:\.\d{1,12})?)\s*$/
const said = /^\s*(?:error|message):\s*(.*)$/

/** The YAML block after a test point: told apart from TAP, and read for why the point failed. */
export class TapBlock {
  #indent: number
  #result: CaseResult | undefined
  #wanted = false
  /** How long the point took, where the block says so. */
  seconds = 0

  constructor(indent: number, result: CaseResult | undefined) {
    this.#indent = indent
    this.#result = result
  }

  /** Whether a line ends the block. */
  ends(line: string): boolean {
    if (line.trim() === '...' && line.length - line.trimStart().length <= this.#indent) return true
    const result = this.#result
    const [, took] = (line.length < 200 ? duration.exec(line) : null) ?? []
    if (took !== undefined) this.seconds = Number(took) / 1000
    if (result === undefined || result.message !== undefined || line.length > 4096) return false
    const value = this.#wanted ? line : said.exec(line)?.[1]
    if (value === undefined) return false
    const message = firstLine(value.trim().replace(/^(['"])(.*)\1$/, '$2'))
    this.#wanted = message === undefined || /^[|>][+-]?$/.test(message)
    if (!this.#wanted && message !== undefined) result.message = message
    return false
  }
}
