import type { Fact } from '../../../core/facts/index.ts'
import { firstLine } from '../format.ts'
import { AnalysisReport } from '../scans/analysis-report.ts'
import { maxListed, ScanReport } from '../scans/scan-report.ts'
import type { Result, Rule } from './entries.ts'
import { isSecurity, severityOf, trivyKind, weaknessesOf } from './grades.ts'
import { isPackageScanner, packageOf } from './packages.ts'

interface Kept {
  result: Result
  line: number
  column: number
  count: number
}

const baselines = { new: 'new', unchanged: 'unchanged', updated: 'updated' } as const
const isBaseline = (text: string | undefined): text is keyof typeof baselines =>
  text !== undefined && Object.hasOwn(baselines, text)

/** One run of a SARIF log. Its rules may stand after its results, so that results are kept, in bounded memory, to its end. */
export class SarifRun {
  tool = ''
  version: string | undefined
  category: string | undefined
  image: { name: string; digest: string | undefined } | undefined
  readonly rules = new Map<string, Rule>()
  readonly #ids: string[] = []
  readonly #kept: Kept[] = []
  /** Results beyond the limit, of which those alike are counted. */
  readonly #beyond = new Map<string, Kept>()
  readonly #suppressed: Kept[] = []
  #suppressions = 0

  /** @param own whether the rule is of the driver, to which indexes point */
  addRule(rule: Rule, own: boolean): void {
    if (own) this.#ids.push(rule.id)
    if (!this.rules.has(rule.id)) this.rules.set(rule.id, rule)
  }

  add(result: Result, at: { line: number; column: number }): void {
    // What passed, what does not apply and what is gone since the base is no result.
    if (!['fail', 'open', 'review', undefined].includes(result.kind) || result.baselineState === 'absent') return
    const kept = { result, line: at.line, column: at.column, count: 1 }
    if (result.suppressions.some(({ status }) => status === undefined || status === 'accepted')) {
      this.#suppressions++
      if (this.#suppressed.length < maxListed) this.#suppressed.push(kept)
      return
    }
    if (this.#kept.length < maxListed) {
      this.#kept.push(kept)
      return
    }
    const { ruleId, ruleIndex, level, properties } = result
    const alike = JSON.stringify([
      ruleId,
      ruleIndex,
      level,
      properties?.issue_severity,
      properties?.['security-severity'],
    ])
    const known = this.#beyond.get(alike)
    if (known !== undefined) known.count++
    else if (this.#beyond.size < maxListed) this.#beyond.set(alike, kept)
    // Of what is too manifold to tell apart, the last kind stands for the others.
    else for (const last of [...this.#beyond.values()].slice(-1)) last.count++
  }

  #ruleOf({ ruleId, rule, ruleIndex }: Result): { id: string; rule: Rule | undefined } {
    const index = rule?.index ?? ruleIndex ?? -1
    const id = ruleId ?? rule?.id ?? this.#ids[index] ?? '(no rule)'
    // `CA1000/1` is a part of the rule CA1000.
    return { id, rule: this.rules.get(id) ?? this.rules.get(id.split('/')[0] ?? '') }
  }

  /** Whether this run is of packages. */
  get packages(): boolean {
    const [first] = this.#kept
    return isPackageScanner(this.tool, first === undefined ? this.#ids[0] : this.#ruleOf(first.result).id)
  }

  facts(path: string): Fact[] {
    return this.packages ? this.#vulnerabilities(path) : this.#results(path)
  }

  #where({ locations: [location] }: Result): { file: string | undefined; fileLine: number | undefined } {
    const physical = location?.physicalLocation
    return { file: physical?.artifactLocation?.uri, fileLine: physical?.region?.startLine }
  }

  #results(path: string): Fact[] {
    const { tool, version: toolVersion, category } = this
    const report = new AnalysisReport(path, { tool, toolVersion, category })
    for (let count = 0; count < this.#suppressions; count++) report.suppress()
    for (const { result, line, column, count } of [...this.#kept, ...this.#beyond.values()]) {
      const { id, rule } = this.#ruleOf(result)
      const { baselineState } = result
      report.add(
        {
          rule: firstLine(id) ?? '(no rule)',
          title: firstLine(rule?.shortDescription ?? '') ?? rule?.name,
          severity: severityOf(rule, result),
          security: isSecurity(tool, rule, result),
          weaknesses: weaknessesOf(rule, result),
          baseline: isBaseline(baselineState) ? baselines[baselineState] : 'unknown',
          ...this.#where(result),
          line,
          column,
        },
        count,
      )
    }
    return report.facts()
  }

  #vulnerabilities(path: string): Fact[] {
    const { tool, version: toolVersion, image } = this
    const artifactType = image !== undefined || /container|docker/i.test(tool) ? 'container_image' : 'unknown'
    const about = { artifact: image?.name ?? '.', artifactType, digest: image?.digest, toolVersion }
    const report = new ScanReport(path, { tool: tool.toLowerCase(), ...about })
    const extra: Fact[] = []
    const counts = { misconfigurations: 0, secrets: 0, licenses: 0 }
    for (const { result, line, column, count } of [...this.#kept, ...this.#beyond.values()]) {
      const { id, rule } = this.#ruleOf(result)
      const { file = '', fileLine } = this.#where(result)
      const severity = severityOf(rule, result)
      const other = trivyKind(rule)
      const place = { path, line, column }
      const lined = fileLine === undefined ? {} : { targetLine: fileLine }
      const where = { artifact: about.artifact, artifactType, target: file, severity }
      if (other === 'secret') {
        counts.secrets += count
        const value = { ...where, kind: id, ...lined }
        extra.push({ kind: 'vulnerabilities.secret', subject: `file ${file} ${id}`, place, value })
      } else if (other === 'misconfiguration') {
        counts.misconfigurations += count
        const value = { ...where, id, title: firstLine(rule?.shortDescription ?? '') ?? id, ...lined }
        extra.push({ kind: 'vulnerabilities.misconfiguration', subject: `file ${file} ${id}`, place, value })
      } else if (other === 'license') counts.licenses += count
      else {
        const title = firstLine(rule?.shortDescription ?? '')
        report.add(
          { ...this.#graded(id, severity, result), ...packageOf(rule, result), title, target: file, line, column },
          count,
        )
      }
    }
    for (const { result, line, column } of this.#suppressed) {
      const { id, rule } = this.#ruleOf(result)
      const { packageName, installed } = packageOf(rule, result)
      const because = result.suppressions[0]?.justification
      const what = { id, packageName, installed, severity: severityOf(rule, result), line, column }
      report.suppress({ ...what, target: undefined, because, until: undefined, source: undefined })
    }
    return [...report.facts(counts), ...extra]
  }

  /** govulncheck says by the level how near the service comes to the hole, and nothing of how grave it is. */
  #graded(id: string, severity: Fact<'vulnerabilities.vulnerability'>['value']['severity'], { level }: Result) {
    if (!/^govulncheck$/i.test(this.tool)) return { id, severity }
    const reach =
      level === 'error' ? ('called' as const) : level === 'warning' ? ('imported' as const) : ('required' as const)
    return { id, reach, severity: reach === 'called' ? ('high' as const) : ('low' as const) }
  }
}
