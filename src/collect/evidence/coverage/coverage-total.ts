import type { Fact } from '../../../core/facts/index.ts'
import { globMatcher } from '../../../core/globs.ts'
import { mergeSources, type MergedSource } from './merge.ts'
import { measured, sourcesOf, sumOf } from './report.ts'

/** A service that the policy knows, and the globs of its files. */
export interface ServicePaths {
  name: string
  paths: readonly string[]
}

/** Folders that a path in a report may have before the part that the repository knows: `/builds/shop/till/src/a.ts`. */
const maxFolders = 12

const endsOf = (path: string): string[] => {
  const parts = path.split('/').filter((part) => part !== '')
  return parts.slice(0, maxFolders).map((_, index) => parts.slice(index).join('/'))
}

const serviceFacts = (merged: readonly MergedSource[], services: readonly ServicePaths[], first: Fact): Fact[] =>
  services.flatMap(({ name, paths }): Fact[] => {
    const matches = globMatcher(paths)
    const own = merged.filter(
      ({ coverage, reports }) => endsOf(coverage.path).some(matches) || reports.some((path) => matches(path)),
    )
    const counts = sumOf(own.map(({ coverage }) => coverage))
    if (counts.total === 0) return []
    const path = own[0]?.reports[0] ?? first.place.path
    return [
      {
        kind: 'coverage.service',
        subject: `service ${name}`,
        place: { path, line: 1, column: 1 },
        value: { ...measured(counts), name, sources: own.length },
      },
    ]
  })

/** One fact for all coverage reports together, and one for each service; nothing where no report lists a line. */
export const coverageTotal = (
  facts: readonly Fact[],
  { services = [] }: { services?: readonly ServicePaths[] } = {},
): Fact[] => {
  const reports = facts.filter((fact): fact is Fact<'coverage.report'> => fact.kind === 'coverage.report')
  const first = reports.find(({ value }) => value.linesTotal > 0)
  if (first === undefined) return []
  const merged = mergeSources(reports.map((fact) => ({ path: fact.place.path, sources: sourcesOf(fact) })))
  return [
    {
      kind: 'coverage.total',
      subject: 'all coverage',
      place: first.place,
      value: {
        ...measured(sumOf(merged.map(({ coverage }) => coverage))),
        sources: merged.length,
        reports: reports.length,
        shared: merged.filter(({ reports: listed }) => listed.length > 1).length,
      },
    },
    ...serviceFacts(merged, services, first),
  ]
}
