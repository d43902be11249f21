/** Measures what the parts of a judgement cost. There is none unless a benchmark brings one: the core has no clock. */
export interface Meter {
  /** Milliseconds. */
  clock: () => number
  spent: (part: 'rule' | 'collector', name: string, milliseconds: number) => void
}

/** Does some work, and tells the meter, where there is one, how long it took. */
export const metered = <T>(meter: Meter | undefined, part: 'rule' | 'collector', name: string, work: () => T): T => {
  if (meter === undefined) return work()
  const start = meter.clock()
  try {
    return work()
  } finally {
    meter.spent(part, name, meter.clock() - start)
  }
}
