/** What became of test cases. */
export interface Counts {
  total: number
  passed: number
  failed: number
  errors: number
  skipped: number
  flaky: number
  seconds: number
}

export type Outcome = 'passed' | 'failed' | 'error' | 'skipped'

const keys = ['total', 'passed', 'failed', 'errors', 'skipped', 'flaky', 'seconds'] as const

export const noCounts = (): Counts => ({
  total: 0,
  passed: 0,
  failed: 0,
  errors: 0,
  skipped: 0,
  flaky: 0,
  seconds: 0,
})

export const addCounts = (into: Counts, from: Counts): void => {
  for (const key of keys) into[key] += from[key]
}

/** Counts one case; `times` is -1 where one that was counted turns out to be something else. */
export const countCase = (
  into: Counts,
  { outcome, flaky, seconds }: { outcome: Outcome; flaky: number; seconds: number },
  times: 1 | -1 = 1,
): void => {
  into.total += times
  into.seconds += times * seconds
  if (outcome === 'passed') into.passed += times
  else if (outcome === 'failed') into.failed += times
  else if (outcome === 'error') into.errors += times
  else into.skipped += times
  if (outcome === 'passed' && flaky > 0) into.flaky += times
}
