import { startOf } from '../../core/facts/place.ts'
import type { Collector, Sink, TextFile } from '../collector.ts'
import { readGrype, readNsprc, readSnyk, readTrivyYaml } from './documents.ts'
import type { IgnoreEntry } from './entry.ts'
import { readOsvScanner, readTrivyIgnore } from './lines.ts'

const claimed =
  /(?:^|\/)(?:\.trivyignore(?:\.ya?ml)?|\.grype\.ya?ml|\.grype\/config\.ya?ml|\.snyk|osv-scanner\.toml|\.nsprc)$/

/** Longer lists are nobody's decisions. Bytes. */
const maxSize = 1_000_000

/** More entries of one file are not told one by one. */
const maxEntries = 5_000

const readers: readonly [RegExp, (document: ReturnType<TextFile['yaml']>['documents'][number]) => IgnoreEntry[]][] = [
  [/\.trivyignore\.ya?ml$/, readTrivyYaml],
  [/\.grype(?:\/config)?\.ya?ml$/, readGrype],
  [/\.snyk$/, readSnyk],
  [/\.nsprc$/, readNsprc],
]

const entriesOf = (file: TextFile, sink: Sink): IgnoreEntry[] => {
  const { path, text } = file
  if (path.endsWith('.trivyignore')) return readTrivyIgnore(path, text)
  if (path.endsWith('.toml')) return readOsvScanner(path, text)
  const reader = readers.find(([name]) => name.test(path))?.[1]
  const { documents, problems } = file.yaml('1.2')
  for (const { code, reason, place } of problems) sink.unjudged(place, code, reason, { blocks: false })
  return reader === undefined ? [] : documents.flatMap((document) => reader(document))
}

/** What scanners are told to leave out: Trivy, Grype, Snyk, osv-scanner, better-npm-audit. */
export const scanIgnores: Collector = {
  topic: 'repository',
  claims: ({ path, size }) => size <= maxSize && claimed.test(path),
  collect(file, sink) {
    const entries = entriesOf(file, sink)
    if (entries.length > maxEntries)
      sink.unjudged(startOf(file.path), 'too-many', `has more than ${maxEntries} entries`, { blocks: false })
    for (const { place, ...value } of entries.slice(0, maxEntries))
      sink.fact({ kind: 'vulnerabilities.ignored', subject: `${value.tool} ${value.id}`, place, value })
  },
}
