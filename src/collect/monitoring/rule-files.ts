import picomatch from 'picomatch'
import type { Collected, Sink } from '../collector.ts'
import { asList, asString } from '../shape.ts'
import { resolveLink } from '../documents/references.ts'
import type { Source } from './reading.ts'

const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

/** The path in the repository of what a container has at `target`, by the mounts of the compose files. */
export const mountedFrom = (target: string, collected: Collected): string | undefined => {
  for (const { value, place } of collected.of('compose.mount')) {
    const end = value.target.replace(/\/$/, '')
    if (value.kind !== 'bind' || value.absolute || value.computed || value.source === undefined) continue
    if (target !== end && !target.startsWith(`${end}/`)) continue
    return resolveLink(place.path, value.source + target.slice(end.length))
  }
  return undefined
}

const isGlob = (pattern: string): boolean => /[*?[{]/.test(pattern)

/** Files that an entry of rule_files can mean: beside the configuration, where it is mounted from, or by its last folder. */
const candidates = (pattern: string, source: Source, collected: Collected): string[] => {
  const paths = collected.tree.files.map(({ path }) => path)
  const absolute = pattern.startsWith('/')
  const exact = absolute ? mountedFrom(pattern, collected) : resolveLink(source.path, pattern)
  const match = exact === undefined ? () => false : picomatch(exact, { dot: true })
  const found = paths.filter((path) => match(path))
  if (found.length > 0) return found
  const tail = pattern
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .slice(absolute ? -2 : -1)
    .join('/')
  const byTail = picomatch(isGlob(tail) && !tail.includes('/') ? `**/prometheus/**/${tail}` : `**/${tail}`, {
    dot: true,
  })
  const near = paths.filter((path) => byTail(path))
  return near.length > 0 || isGlob(pattern) ? near : paths.filter((path) => baseName(path) === baseName(pattern))
}

/** Emits the entries of rule_files, and gives the files that they load. */
export const loadedFiles = (source: Source, collected: Collected, sink: Sink): Set<string> => {
  const loaded = new Set<string>()
  const entries = asList(source.root['rule_files']) ?? []
  for (const [index, entry] of entries.entries()) {
    const pattern = asString(entry)
    if (pattern === undefined) continue
    const computed = /\$\{|\{\{/.test(pattern)
    const files = computed ? [] : candidates(pattern, source, collected)
    for (const file of files) loaded.add(file)
    const state = files.length > 0 ? 'found' : computed || isGlob(pattern) ? 'unknown' : 'missing'
    const because =
      state !== 'unknown' ? '' : computed ? 'it is computed' : 'a pattern may match what is put there later'
    sink.fact({
      kind: 'monitoring.rule-file',
      subject: `rule file ${pattern}`,
      place: source.document.at(entries, index),
      value: { pattern, state, because },
    })
  }
  return loaded
}
