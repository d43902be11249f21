import type { Fact } from './facts/index.ts'
import type { Values } from './history.ts'

/** The facts whose numbers a history keeps, and under which names the last ones are put beside the new ones. */
const compared: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'tests.total': { total: 'previousTotal' },
  'coverage.total': { lines: 'previousLines', branches: 'previousBranches' },
  'load.total': { p95: 'previousP95', errorRate: 'previousErrorRate', throughput: 'previousThroughput' },
}

const isKept = (name: string, value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value) && !name.startsWith('previous')

/** The numbers that a history keeps of a run. */
export const valuesOf = (facts: readonly Fact[]): Values => {
  const values: Values = {}
  for (const { kind, value } of facts) {
    if (!Object.hasOwn(compared, kind) || Object.hasOwn(values, kind)) continue
    values[kind] = Object.fromEntries(
      Object.entries(value).filter(([name, part]) => isKept(name, part)) as [string, number][],
    )
  }
  return values
}

/**
 * The facts with the values of the last deployment that passed beside their own.
 * @param previous undefined where nothing passed before
 */
export const withPrevious = (facts: readonly Fact[], previous: Values | undefined): Fact[] =>
  facts.map((fact) => {
    const names = Object.hasOwn(compared, fact.kind) ? compared[fact.kind] : undefined
    if (names === undefined) return fact
    const last = previous !== undefined && Object.hasOwn(previous, fact.kind) ? previous[fact.kind] : undefined
    const added = Object.entries(names).flatMap(([name, as]) =>
      last !== undefined && Object.hasOwn(last, name) ? [[as, last[name]] as const] : [],
    )
    const kept = fact.kind === 'load.total' ? { historyKept: true } : {}
    return { ...fact, value: { ...fact.value, ...kept, ...Object.fromEntries(added) } }
  })
