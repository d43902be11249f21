import type { SourceCoverage } from './source.ts'

/** Sources of one name that one is compared with; beyond them it counts as another file, which only lowers the share. */
const maxCompared = 200

/** One source file, as all reports together know it. */
export interface MergedSource {
  coverage: SourceCoverage
  /** The reports that list it. */
  reports: string[]
}

const isEndOf = (whole: string, end: string): boolean => whole === end || whole.endsWith(`/${end}`)

/** Whether two paths can be those of one file: one is the end of the other, as of a relative and an absolute path. */
const mayBeOne = (a: string, b: string): boolean => isEndOf(a, b) || isEndOf(b, a)

/**
 * The source files of several reports, each once. Two entries are one file when one path is the end of the other and they
 * list nearly the same lines: `src/index.ts` of two services is two files. In doubt they are two, and none is counted as
 * covered that is not.
 */
export const mergeSources = (
  reports: readonly { path: string; sources: readonly SourceCoverage[] }[],
): MergedSource[] => {
  const merged: MergedSource[] = []
  const byName = new Map<string, MergedSource[]>()
  for (const { path, sources } of reports) {
    for (const source of sources) {
      const name = source.path.slice(source.path.lastIndexOf('/') + 1)
      const named = byName.get(name) ?? []
      const known = named
        .slice(0, maxCompared)
        .find(
          ({ coverage, reports: in_ }) =>
            !in_.includes(path) && mayBeOne(coverage.path, source.path) && coverage.agrees(source),
        )
      if (known !== undefined) {
        known.coverage = known.coverage.joined(source)
        known.reports.push(path)
        continue
      }
      const added = { coverage: source, reports: [path] }
      merged.push(added)
      named.push(added)
      byName.set(name, named)
    }
  }
  return merged
}
