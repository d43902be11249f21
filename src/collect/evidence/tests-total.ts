import type { Fact } from '../../core/facts/index.ts'

const percent = (part: number, whole: number): number => (whole === 0 ? 0 : Number(((100 * part) / whole).toFixed(2)))

/** One fact for all files of test results together; nothing where they list no case at all. */
export const testsTotal = (facts: readonly Fact[]): Fact[] => {
  const runs = facts.filter((fact): fact is Fact<'tests.run'> => fact.kind === 'tests.run')
  const sum = (key: 'total' | 'passed' | 'failed' | 'errors' | 'skipped' | 'flaky' | 'seconds'): number =>
    runs.reduce((total, { value }) => total + value[key], 0)
  const first = runs.find(({ value }) => value.total > 0)
  if (first === undefined) return []
  const [total, passed, failed, errors, skipped] = [
    sum('total'),
    sum('passed'),
    sum('failed'),
    sum('errors'),
    sum('skipped'),
  ] as const
  return [
    {
      kind: 'tests.total',
      subject: 'all tests',
      place: first.place,
      value: {
        total,
        passed,
        failed,
        errors,
        skipped,
        flaky: sum('flaky'),
        files: runs.length,
        seconds: Number(sum('seconds').toFixed(3)),
        passRate: percent(passed, total - skipped),
        skippedShare: percent(skipped, total),
      },
    },
  ]
}
