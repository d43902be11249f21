import { globMatcher } from '../../../core/globs.ts'
import type { JudgedEnvironment } from '../../collector.ts'

/** The words that folders and values files use for the environments that nearly everybody has. */
const trials = ['test', 'tests', 'testing', 'qa', 'ci', 'e2e', 'integration', 'review', 'preview', 'sandbox', 'demo']

const families: readonly (readonly string[])[] = [
  ['production', 'prod', 'prd', 'live'],
  ['staging', 'stage', 'stg', 'preprod', 'preproduction', 'nonprod', 'uat'],
  ['development', 'develop', 'dev', 'local', 'minikube', 'kind', 'k3d', 'docker', 'desktop'],
  trials,
]

/** `prod-eu-1` is prod, eu and 1; a `pre` or `non` before a word makes it another one. */
const wordsOf = (name: string): string[] =>
  name
    .toLowerCase()
    .replaceAll(/\b(pre|non)[-_.]prod(uction)?\b/g, '$1prod')
    .split(/[-_.\s]+/)

const familyOf = (name: string): number => {
  const words = wordsOf(name)
  return families.findIndex((family) => family.some((word) => words.includes(word)))
}

/** Whose a name is: the judged environment's, another's, a trial's, or anybody's. */
export type Belonging = 'ours' | 'another' | 'trial' | 'neutral'

/** Tells whether names (of folders, of values files) stand for the judged environment. */
export const belongingTo = (environment: JudgedEnvironment | undefined): ((name: string) => Belonging) => {
  if (environment === undefined) return () => 'neutral'
  const named = globMatcher([environment.name, ...environment.names])
  const own = familyOf(environment.name)
  return (name) => {
    if (named(name)) return 'ours'
    const family = familyOf(name)
    if (family < 0) return 'neutral'
    if (family === own) return 'ours'
    return families[family] === trials ? 'trial' : 'another'
  }
}

/** Whose a folder is: the deepest part of its path that stands for any environment says so. */
export const belongingOfFolder = (folder: string, of: (name: string) => Belonging): Belonging =>
  folder
    .split('/')
    .map(of)
    .findLast((one) => one !== 'neutral') ?? 'neutral'

/**
 * Of things that belong to environments, those to judge: ours and anybody's. Another environment's where there is none of
 * ours, as nobody can say then what ours gets; a trial's only where there is nothing else.
 */
export const forEnvironment = <T>(things: readonly T[], of: (thing: T) => Belonging): T[] => {
  const kinds = new Set(things.map(of))
  const left = new Set<Belonging>(kinds.has('ours') ? ['another', 'trial'] : kinds.size > 1 ? ['trial'] : [])
  return things.filter((thing) => !left.has(of(thing)))
}
