import type { TextFile } from '../collector.ts'
import type { Reading } from './reading.ts'

const sourceFile = /\.(?:java|kt|kts|scala|groovy|go|[cm]?[jt]sx?|py|rb|cs|rs|php|ex|exs|properties)$/i
const test = /(?:^|[/._-])(?:tests?|specs?|__tests__|mocks?)(?:[/._-]|$)|Tests?\.\w+$|Spec\.\w+$|\.min\.js$/
const libraryList =
  /(?:^|\/)(?:build\.gradle(?:\.kts)?|[\w.-]*\.versions\.toml|pom\.xml|package\.json|go\.mod|requirements[\w.-]*\.txt|pyproject\.toml|Gemfile|application[\w-]*\.(?:ya?ml|properties))$/

/** Whether a file declares libraries, or configures a framework that has metrics of its own. */
export const isLibraryList = (path: string): boolean => libraryList.test(path)

export const isSource = (path: string): boolean => sourceFile.test(path) && !test.test(path)

const aboutMetrics = /prometheus|micrometer|meter_?registry|opentelemetry|metric|statsd|counter|gauge|histogram/i
const quoted = /["'`]([A-Za-z_][\w.:-]{2,80})["'`]/g
/** More words than this say nothing any more of which metric is whose. */
const maxWords = 200_000

/** Notes the words in quotes of a source that deals with metrics: one of them is a metric's name where it is emitted. */
export const readWords = ({ text }: TextFile, reading: Reading): void => {
  reading.sources++
  if (!aboutMetrics.test(text)) return
  for (const match of text.matchAll(quoted)) {
    if (reading.words.size >= maxWords) return
    reading.words.add((match[1] ?? '').replaceAll(/[.-]/g, '_').toLowerCase())
  }
}
