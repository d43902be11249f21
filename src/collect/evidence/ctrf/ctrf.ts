import { asMapping, asNumber, asString, asStrings, defined } from '../../shape.ts'
import { firstLine, instant, type EvidenceFormat, type Likeness, type Refusal } from '../format.ts'
import { readJson, type JsonValue } from '../json/stream.ts'
import { testEvidence } from '../test-results/facts.ts'
import { addCounts, countCase, noCounts, type Counts, type Outcome } from '../test-results/counts.ts'
import { Told } from '../test-results/notable.ts'

const outcomes = new Map<unknown, Outcome>([
  ['passed', 'passed'],
  ['failed', 'failed'],
  ['skipped', 'skipped'],
  ['pending', 'skipped'],
])

/** What runners call a case that was not to run, where CTRF has no word for it and the status is `other`. */
const notRun = new Set(['todo', 'pending', 'skipped', 'skip', 'disabled', 'ignored'])

const count = (value: unknown): number | undefined => {
  const number = asNumber(value)
  return number !== undefined && Number.isInteger(number) && number >= 0 ? number : undefined
}

/** Counts what a CTRF report lists; its summary is only compared with that. */
class CtrfReader {
  readonly told = new Told()
  readonly counts: Counts = noCounts()
  tool: string | undefined
  createdAt: string | undefined
  sha: string | undefined
  #summary: { tests?: number; failed?: number; line: number; column: number } | undefined
  /** Whether anything was there that CTRF has. */
  known = false

  take({ value, path, line, column }: JsonValue): Refusal | undefined {
    const [first, part] = path
    if (first !== 'results') {
      this.createdAt ??= first === 'timestamp' ? instant(asString(value)) : undefined
      return undefined
    }
    this.known = true
    if (part === 'tests') {
      const listed = typeof path[2] === 'number'
      return listed
        ? this.#test(value, line, column)
        : { code: 'schema', reason: 'has tests that are no list', line, column }
    }
    const about = asMapping(value) ?? {}
    if (part === 'tool') this.tool = firstLine(asString(about['name']) ?? '')
    else if (part === 'environment') {
      const commit = asString(about['commit'])
      if (commit !== undefined && /^[0-9a-f]{40}$/i.test(commit)) this.sha = commit
    } else if (part === 'summary') {
      const stop = asNumber(about['stop'])
      if (stop !== undefined && stop > 1e12 && stop < 1e14) this.createdAt ??= new Date(stop).toISOString()
      this.#summary = { ...defined({ tests: count(about['tests']), failed: count(about['failed']) }), line, column }
    }
    return undefined
  }

  #test(value: unknown, line: number, column: number): Refusal | undefined {
    const test = asMapping(value)
    const name = asString(test?.['name'])
    if (test === undefined || name === undefined)
      return { code: 'schema', reason: 'has a test without a name', line, column }
    const status = asString(test['status'])
    const raw = asString(test['rawStatus'])?.toLowerCase() ?? ''
    const outcome = outcomes.get(status) ?? (status === 'other' && notRun.has(raw) ? 'skipped' : 'error')
    const said = asString(test['message']) ?? (outcomes.has(status) ? '' : `its status is ${status ?? 'not stated'}`)
    const retries = count(test['retries']) ?? 0
    const flaky = outcome === 'passed' && (test['flaky'] === true || retries > 0) ? Math.max(1, retries) : 0
    const duration = asNumber(test['duration']) ?? 0
    const file = asString(test['filePath'])
    const result = {
      name: firstLine(name) ?? '(no name)',
      suite: firstLine(asStrings(test['suite']).join(' ')) ?? '',
      line,
      column,
      outcome,
      flaky,
      seconds: Number.isFinite(duration) && duration > 0 ? duration / 1000 : 0,
      ...defined({
        message: firstLine(said),
        file: file === undefined ? undefined : firstLine(file),
        fileLine: count(test['line']),
      }),
    }
    countCase(this.counts, result)
    this.told.case(result)
    return undefined
  }

  end(): Refusal | undefined {
    if (!this.known) return { code: 'format', reason: 'is JSON, and not of CTRF’s form', line: 1, column: 1 }
    if (this.#summary === undefined) return undefined
    const { tests, failed, line, column } = this.#summary
    const suite = { ...noCounts(), name: this.tool ?? '', line, column, root: true }
    addCounts(suite, this.counts)
    this.told.suite({ ...suite, ...defined({ claimedTests: tests, claimedFailures: failed }) })
    return undefined
  }
}

/** CTRF, the common format of many runners' JSON reporters. A status that it does not know counts as an error. */
export const ctrf: EvidenceFormat = {
  kind: 'tests',
  name: 'ctrf',
  recognise: (head): Likeness => {
    if (/^\s*$/.test(head)) return 'unclear'
    if (!/^\s*\{/.test(head)) return 'other'
    if (/"reportFormat"\s*:\s*"CTRF"/.test(head)) return 'this'
    // The first reporters wrote no name of the format.
    return /^\s*\{\s*"results"\s*:\s*\{\s*"tool"\s*:\s*\{\s*"name"/.test(head) ? 'this' : 'other'
  },
  parse: async (text) => {
    const reader = new CtrfReader()
    const refused = await readJson(text, {
      paths: ['$.timestamp', '$.results.tool', '$.results.environment', '$.results.summary', '$.results.tests.*'],
      each: (value) => reader.take(value),
    })
    const wrong = refused ?? reader.end()
    if (wrong !== undefined) return { refused: wrong }
    const { tool: name, createdAt, sha } = reader
    return testEvidence(text.path, reader.told, reader.counts, { name, createdAt, sha })
  },
}
