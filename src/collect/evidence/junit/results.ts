import { firstLine, instant } from '../format.ts'
import { addCounts, countCase, noCounts, type Counts } from '../test-results/counts.ts'
import { Told, type CaseResult, type SuiteResult } from '../test-results/notable.ts'
import type { XmlReader } from '../xml.ts'
import { Reruns } from './reruns.ts'

const countOf = (value: string | undefined): number | undefined =>
  value !== undefined && /^\s*\d{1,9}\s*$/.test(value) ? Number(value) : undefined

/** Seconds as tools write them; surefire has thousands' commas in long ones. */
const secondsOf = (value: string | undefined): number => {
  const seconds = Number((value ?? '').replaceAll(',', ''))
  return Number.isFinite(seconds) && seconds > 0 ? seconds : 0
}

const skippedStatus = new Set(['notrun', 'disabled', 'skipped', 'ignored'])
const failedStatus = new Set(['fail', 'failed', 'failure', 'error', 'errored', 'broken'])
const flakyElements = new Set(['flakyFailure', 'flakyError'])
const stackTrace = new Set(['failure', 'error', 'flakyFailure', 'flakyError', 'skipped'])

/** Counts what a JUnit file lists. What suites say of themselves is kept beside the counts, and never used for them. */
export class JunitReader implements XmlReader {
  readonly told = new Told()
  readonly counts: Counts = noCounts()
  /** The earliest time that any suite gives. */
  createdAt: string | undefined
  rootName: string | undefined
  /** Whether the root element is one of JUnit's. */
  rootKnown = false
  #path: string[] = []
  #open: SuiteResult[] = []
  #case: CaseResult | undefined
  /** Whether the case is one that is still to be done: what it does then counts for nothing. */
  #todo = false
  #reruns = new Reruns(this.told)
  #said: string | undefined
  readonly #each: ((result: CaseResult) => void) | undefined

  /** @param each is handed every case that was not only run again; what a rerun changes of it is changed in place */
  constructor(each?: (result: CaseResult) => void) {
    this.#each = each
  }

  open(name: string, attributes: Readonly<Record<string, string>>, line: number, column: number): void {
    const parent = this.#path.at(-1)
    if (parent === undefined) this.rootKnown = name === 'testsuites' || name === 'testsuite'
    this.#path.push(name)
    if (name === 'testsuite' || (name === 'testsuites' && parent === undefined))
      this.#openSuite(name, attributes, line, column)
    else if (name === 'testcase' && (parent === 'testsuite' || parent === 'testsuites'))
      this.#openCase(attributes, line, column)
    else if (name === 'property') this.#reruns.property(attributes['name'])
    else if (parent === 'testcase' || parent === 'testsuite') this.#openOutcome(name, attributes, line, column)
  }

  text(text: string): void {
    if (this.#said !== undefined && this.#said.length < 4096) this.#said += text
  }

  close(name: string): void {
    this.#path.pop()
    const result = this.#case
    if (result !== undefined && stackTrace.has(name) && this.#path.at(-1) === 'testcase') {
      const message = result.message ?? firstLine(this.#said ?? '')
      if (message !== undefined) result.message = message
      this.#said = undefined
    }
    if (name === 'testcase' && this.#path.at(-1) !== 'testcase') this.#closeCase()
    if (name === 'testsuite' || (name === 'testsuites' && this.#path.length === 0)) this.#closeSuite()
  }

  #openSuite(element: string, attributes: Readonly<Record<string, string>>, line: number, column: number): void {
    const claimed = countOf(attributes['tests'])
    const failures = countOf(attributes['failures'])
    const errors = countOf(attributes['errors'])
    this.rootName ??= attributes['name']
    const createdAt = instant(attributes['timestamp'])
    if (createdAt !== undefined && (this.createdAt === undefined || createdAt < this.createdAt))
      this.createdAt = createdAt
    this.#reruns.suite(attributes['name'], this.rootName)
    this.#open.push({
      ...noCounts(),
      name: attributes['name'] ?? this.#open.at(-1)?.name ?? '',
      line,
      column,
      root: element === 'testsuites',
      ...(claimed === undefined ? {} : { claimedTests: claimed }),
      ...(failures === undefined && errors === undefined ? {} : { claimedFailures: (failures ?? 0) + (errors ?? 0) }),
    })
  }

  #openCase(attributes: Readonly<Record<string, string>>, line: number, column: number): void {
    const { name, classname, class: ofClass, file, status, result, time } = attributes
    const fileLine = countOf(attributes['line'])
    const stated = [status, result].map((value) => (value ?? '').toLowerCase())
    const failed = stated.some((value) => failedStatus.has(value))
    const skipped = stated.some((value) => skippedStatus.has(value))
    this.#todo = false
    this.#case = {
      name: firstLine(name ?? '') ?? '(no name)',
      suite: firstLine(classname ?? ofClass ?? this.#open.at(-1)?.name ?? '') ?? '',
      line,
      column,
      outcome: failed ? 'failed' : skipped ? 'skipped' : 'passed',
      flaky: 0,
      seconds: secondsOf(time),
      ...(file === undefined || file === '' ? {} : { file: firstLine(file) ?? file }),
      ...(fileLine === undefined || fileLine === 0 ? {} : { fileLine }),
    }
  }

  #openOutcome(name: string, attributes: Readonly<Record<string, string>>, line: number, column: number): void {
    const broken = name === 'failure' || name === 'error'
    if (this.#todo && broken) return
    if (this.#case === undefined) {
      // A suite that broke as a whole, before it had cases: counted as one case that broke.
      if (!broken) return
      this.#openCase({ name: '(the suite itself)' }, line, column)
      this.#set('error', attributes)
      this.#closeCase()
      return
    }
    if (name === 'error') this.#set('error', attributes)
    else if (name === 'failure') this.#set(this.#case.outcome === 'error' ? 'error' : 'failed', attributes)
    else if (flakyElements.has(name)) {
      this.#case.flaky++
      this.#set(this.#case.outcome, attributes)
    } else if (name === 'skipped' && this.#case.outcome === 'passed') {
      this.#case.outcome = 'skipped'
      this.#todo = attributes['type'] === 'todo'
    } else return
    this.#said = ''
  }

  #set(outcome: CaseResult['outcome'], attributes: Readonly<Record<string, string>>): void {
    if (this.#case === undefined) return
    this.#case.outcome = outcome
    const message = firstLine(attributes['message'] ?? '') ?? firstLine(attributes['type'] ?? '')
    if (message !== undefined) this.#case.message ??= message
  }

  #closeCase(): void {
    const result = this.#case
    this.#case = undefined
    const suite = this.#open.at(-1)
    if (result === undefined || suite === undefined) return
    if (this.#reruns.isRerun(result, this.#open)) return
    countCase(suite, result)
    this.told.case(result)
    this.#each?.(result)
  }

  #closeSuite(): void {
    const suite = this.#open.pop()
    if (suite === undefined) return
    this.told.suite(suite)
    addCounts(this.#open.at(-1) ?? this.counts, suite)
  }
}
