import type { Fact } from '../../../core/facts/index.ts'

/** One fact for all smoke tests together; nothing where none was run. */
export const smokeTotal = (facts: readonly Fact[]): Fact[] => {
  const checks = facts.filter((fact): fact is Fact<'smoke.check'> => fact.kind === 'smoke.check')
  const having = (outcome: string): Fact<'smoke.check'>[] => checks.filter(({ value }) => value.outcome === outcome)
  const [passed, failed, skipped] = [having('passed'), having('failed'), having('skipped')] as const
  const first = [...passed, ...failed][0]
  if (first === undefined) return []
  return [
    {
      kind: 'smoke.total',
      subject: 'all smoke tests',
      place: { path: first.place.path, line: 1, column: 1 },
      value: {
        total: checks.length,
        passed: passed.length,
        failed: failed.length,
        skipped: skipped.length,
        files: new Set(checks.map(({ place }) => place.path)).size,
        areas: [...new Set(passed.flatMap(({ value }) => value.areas))].sort(),
      },
    },
  ]
}
