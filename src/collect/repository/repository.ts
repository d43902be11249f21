import { startOf } from '../../core/facts/place.ts'
import type { Collector } from '../collector.ts'
import { collectManifest, isManifest, relateManifests } from './manifests.ts'
import { surveyPresence } from './presence.ts'
import { surveyStrayFiles } from './stray-files.ts'

const isIgnoreList = (path: string): boolean => path === '.gitignore' || path.endsWith('/.gitignore')

/** More patterns than any list that a person keeps; each is asked of every path. */
const maxPatterns = 2_000

/** A pattern becomes a regular expression that backtracks at each `*`: three in one name are more than people write. */
const isTame = (pattern: string): boolean =>
  pattern.length <= 300 && pattern.split('/').every((part) => part === '**' || part.split('*').length <= 4)

/** The tree as a whole: what is missing, what does not belong, and what .gitignore says. */
export const repository: Collector = {
  topic: 'repository',
  claims: ({ path }) => isIgnoreList(path) || isManifest(path),
  collect: (file, sink) => {
    if (!isIgnoreList(file.path)) return collectManifest(file, sink)
    const patterns = file.text
      .split(/\r?\n/)
      .filter((line) => line.trim() !== '' && !line.startsWith('#') && isTame(line))
    sink.fact({
      kind: 'repository.ignore-list',
      subject: `list ${file.path}`,
      place: startOf(file.path),
      value: { folder: file.path.slice(0, -'.gitignore'.length), patterns: patterns.slice(0, maxPatterns) },
    })
  },
  relate: (collected, sink) => {
    if (collected.tree.files.length === 0) return
    relateManifests(collected)
    surveyStrayFiles(collected, sink)
    sink.fact({
      kind: 'repository',
      subject: 'repository',
      place: startOf('.'),
      value: { ...surveyPresence(collected), manifests: collected.of('repository.manifest').length },
    })
  },
}
