import type { Fact } from '../../core/facts/index.ts'
import type { EvidenceKind } from '../../core/evidence-kinds.ts'
import type { Evidence } from './format.ts'

const count = (number: number, one: string, many = `${one}s`): string => `${number} ${number === 1 ? one : many}`

const some = (parts: readonly (readonly [number, string])[]): string[] =>
  parts.filter(([number]) => number > 0).map(([number, word]) => `${number} ${word}`)

/** What one fact says of its whole file, where it is one that does. */
const ofFact = (fact: Fact): string | undefined => {
  if (fact.kind === 'tests.run') {
    const { total, failed, errors, skipped, flaky } = fact.value as Fact<'tests.run'>['value']
    const bad = some([
      [failed, 'failed'],
      [errors, 'broke'],
      [skipped, 'skipped'],
      [flaky, 'flaky'],
    ])
    return [count(total, 'test'), ...bad].join(', ')
  }
  if (fact.kind === 'vulnerabilities.scan') {
    const { artifact, critical, high, medium, low } = fact.value as Fact<'vulnerabilities.scan'>['value']
    const graded = some([
      [critical, 'critical'],
      [high, 'high'],
      [medium, 'medium'],
      [low, 'low'],
    ])
    return `${artifact}: ${graded.length === 0 ? 'no vulnerabilities' : graded.join(', ')}`
  }
  return undefined
}

/** What a file of evidence says, in a few words: the format's own, or what its facts tell. */
export const sayingOf = ({ says, facts }: Evidence, kind: EvidenceKind): string => {
  if (says !== undefined) return says
  const whole = facts.flatMap((fact) => ofFact(fact) ?? [])
  if (whole.length === 1) return whole[0] ?? ''
  if (whole.length > 1) return `${whole[0] ?? ''} and ${whole.length - 1} more`
  return facts.length === 0 ? `no ${kind} results` : count(facts.length, 'result')
}
