import { firstLine, instant, type Refusal } from '../format.ts'
import { addCounts, countCase, noCounts, type Counts } from '../test-results/counts.ts'
import { maxTold, plainCase, Told, type CaseResult, type SuiteResult } from '../test-results/notable.ts'
import type { GoEvent } from './events.ts'

/** Packages in a run, and tests that run at a time: more than any module has. */
const maxOpen = 100_000

/** The name of what fails when a package does and none of its tests did. */
const itself = '(the package itself)'

interface Package {
  suite: SuiteResult
  /** Tests that were started, and the first thing that each said. */
  running: Map<string, string | undefined>
  /** Tests that failed and were not seen to pass since, up to those that are told of. */
  failed: Map<string, { result: CaseResult; round: number }>
  /** Runs of the package that are over: gotestsum runs it again for the tests that failed. */
  round: number
  open: boolean
  failures: number
  said?: string
}

/** Counts what `go test -json` and gotestsum's `--jsonfile` list; subtests and the tests that hold them, as Go does. */
export class GoTestReader {
  readonly told = new Told()
  readonly counts: Counts = noCounts()
  createdAt: string | undefined
  #packages = new Map<string, Package>()
  #builds = new Map<string, string>()
  #open = 0
  #line = 1

  event(event: GoEvent, line: number): Refusal | undefined {
    this.#line = line
    this.createdAt ??= instant(event.time)
    const { action, test } = event
    if (action === 'build-output') this.#build(event)
    if (action.startsWith('build-')) return undefined
    const known = this.#package(event.package)
    if (action === 'start' || action === 'run') this.#start(known, test)
    else if (action === 'output') this.#output(known, event)
    else if (action === 'pass' || action === 'fail' || action === 'skip') {
      if (test === undefined) this.#verdict(known, event)
      else this.#ended(known, test, action)
    }
    if (this.#packages.size <= maxOpen && this.#open <= maxOpen) return undefined
    return { code: 'too-many', reason: `has more than ${maxOpen} packages or open tests`, line, column: 1 }
  }

  /** Go before 1.20 tells of a package that cannot be built in words of its own, between the events. */
  unbuilt(name: string, line: number): void {
    this.#line = line
    const known = this.#package(name)
    if (known.failures === 0) this.#fail(known, itself, 'error', 'the package cannot be built')
    known.open = false
  }

  end(): Refusal | undefined {
    for (const [name, { open, suite }] of this.#packages) {
      if (!open) continue
      const what = name === '' ? 'the tests' : `package ${firstLine(name) ?? ''}`
      return { code: 'truncated', reason: `is cut off before ${what} ended`, line: suite.line, column: 1 }
    }
    for (const { suite } of this.#packages.values()) {
      if (suite.total === 0) continue
      this.told.suite(suite)
      addCounts(this.counts, suite)
    }
    return undefined
  }

  #package(name: string): Package {
    const known = this.#packages.get(name)
    if (known !== undefined) return known
    const suite = { ...noCounts(), name: firstLine(name) ?? '', line: this.#line, column: 1, root: false }
    const added = { suite, running: new Map(), failed: new Map(), round: 0, open: false, failures: 0 }
    this.#packages.set(name, added)
    return added
  }

  #build({ importPath = '', output = '' }: GoEvent): void {
    const said = output.startsWith('#') ? undefined : firstLine(output)
    if (said !== undefined && this.#builds.size < maxTold && !this.#builds.has(importPath))
      this.#builds.set(importPath, said)
  }

  #start(known: Package, test: string | undefined): void {
    known.open = true
    if (test === undefined || known.running.has(test)) return
    known.running.set(test, undefined)
    this.#open++
  }

  #output(known: Package, { test, output = '' }: GoEvent): void {
    if (/^\s*(?:===|---)/.test(output)) return
    const said = firstLine(output)
    if (test === undefined) {
      if (said !== undefined && !/^(?:PASS|FAIL|ok|coverage)\b/.test(said)) known.said ??= said
    } else if (known.running.has(test) && known.running.get(test) === undefined) known.running.set(test, said)
  }

  #ended(known: Package, test: string, action: 'pass' | 'fail' | 'skip'): void {
    const said = known.running.get(test)
    if (known.running.delete(test)) this.#open--
    known.open = true
    if (action === 'fail') this.#fail(known, test, 'failed', said)
    else if (!this.#passedAgain(known, test, action) && known.round === 0)
      countCase(known.suite, { outcome: action === 'pass' ? 'passed' : 'skipped', flaky: 0, seconds: 0 })
  }

  #fail(known: Package, test: string, outcome: 'failed' | 'error', message: string | undefined): void {
    known.failures++
    const earlier = known.failed.get(test)
    if (earlier !== undefined && earlier.round < known.round) {
      earlier.result.flaky++
      earlier.round = known.round
      return
    }
    const result = plainCase({ name: test, suite: known.suite.name, line: this.#line, outcome, message })
    countCase(known.suite, result)
    this.told.case(result)
    if (this.told.cases.has(result) && earlier === undefined) known.failed.set(test, { result, round: known.round })
  }

  /** Whether a test failed in an earlier run of its package and passed now. Within one run, as of `-count`, it is a failure. */
  #passedAgain(known: Package, test: string, action: 'pass' | 'skip'): boolean {
    const earlier = known.failed.get(test)
    if (earlier === undefined || earlier.round === known.round || action === 'skip') return false
    const { result } = earlier
    countCase(known.suite, result, -1)
    Object.assign(result, { outcome: 'passed', flaky: result.flaky + 1 })
    countCase(known.suite, result)
    known.failed.delete(test)
    return true
  }

  #verdict(known: Package, { action, elapsed = 0, failedBuild }: GoEvent): void {
    known.suite.seconds += Number.isFinite(elapsed) && elapsed > 0 ? elapsed : 0
    for (const [test, said] of known.running) this.#fail(known, test, 'error', said ?? 'the test did not end')
    this.#open -= known.running.size
    known.running.clear()
    const built =
      failedBuild === undefined ? undefined : (this.#builds.get(failedBuild) ?? 'the package cannot be built')
    if (action === 'fail' && known.failures === 0) this.#fail(known, itself, 'error', built ?? known.said)
    else if (action === 'pass') this.#passedAgain(known, itself, 'pass')
    known.open = false
    known.failures = 0
    known.round++
    delete known.said
  }
}
