import type { Fact } from '../../core/facts/index.ts'
import type { EvidenceKind } from '../../core/evidence-kinds.ts'
import type { Evidence } from './format.ts'

const count = (number: number, one: string, many = `${one}s`): string => `${number} ${number === 1 ? one : many}`

const some = (parts: readonly (readonly [number, string])[]): string[] =>
  parts.filter(([number]) => number > 0).map(([number, word]) => `${number} ${word}`)

const valueOf = <Kind extends Fact['kind']>(fact: Fact, _kind: Kind): Fact<Kind>['value'] =>
  fact.value as Fact<Kind>['value']

/** What a fact says of its whole file, for the kinds of fact that do. */
const sayings: { [Kind in Fact['kind']]?: (fact: Fact) => string } = {
  'tests.run': (fact) => {
    const { total, failed, errors, skipped, flaky } = valueOf(fact, 'tests.run')
    const bad = some([
      [failed, 'failed'],
      [errors, 'broke'],
      [skipped, 'skipped'],
      [flaky, 'flaky'],
    ])
    return [count(total, 'test'), ...bad].join(', ')
  },
  'coverage.report': (fact) => {
    const { linesPercent, unit } = valueOf(fact, 'coverage.report')
    return `${linesPercent} % of ${unit}`
  },
  'vulnerabilities.scan': (fact) => {
    const { artifact, critical, high, medium, low } = valueOf(fact, 'vulnerabilities.scan')
    const graded = some([
      [critical, 'critical'],
      [high, 'high'],
      [medium, 'medium'],
      [low, 'low'],
    ])
    return `${artifact}: ${graded.length === 0 ? 'no vulnerabilities' : graded.join(', ')}`
  },
  'load.run': (fact) => {
    const { p95, errorRate, users } = valueOf(fact, 'load.run')
    const parts = [
      ...(p95 === undefined ? [] : [`95 % within ${p95} ms`]),
      ...(errorRate === undefined ? [] : [`${errorRate} % errors`]),
      ...(users === undefined ? [] : [count(users, 'user')]),
    ]
    return parts.length === 0 ? 'a load test' : parts.join(', ')
  },
  'sbom.document': (fact) => count(valueOf(fact, 'sbom.document').components, 'component'),
  'analysis.run': (fact) => {
    const { tool, results } = valueOf(fact, 'analysis.run')
    return `${tool}: ${results === 0 ? 'nothing found' : count(results, 'result')}`
  },
}

const smokeSays = (facts: readonly Fact[]): string | undefined => {
  const checks = facts.filter((fact): fact is Fact<'smoke.check'> => fact.kind === 'smoke.check')
  if (checks.length === 0) return undefined
  const failed = checks.filter(({ value }) => value.outcome === 'failed').length
  return [count(checks.length, 'check'), ...some([[failed, 'failed']])].join(', ')
}

/** What a file of evidence says, in a few words: the format's own, or what its facts tell. */
export const sayingOf = ({ says, facts }: Evidence, kind: EvidenceKind): string => {
  if (says !== undefined) return says
  const whole = facts.flatMap((fact) => sayings[fact.kind]?.(fact) ?? [])
  if (whole.length === 1) return whole[0] ?? ''
  if (whole.length > 1) return `${whole[0] ?? ''} and ${whole.length - 1} more`
  return smokeSays(facts) ?? (facts.length === 0 ? `no ${kind} results` : count(facts.length, 'result'))
}
