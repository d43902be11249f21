import type { Collected } from '../collector.ts'
import { jobsOf } from '../workflows/job.ts'
import { programWords } from '../workflows/shell.ts'
import { envOver } from '../workflows/step-facts.ts'
import { splitTag } from './pushes.ts'
import { resolveWord } from './resolve.ts'
import { scriptWords } from './script-words.ts'

/** The names of the images that a command gives a tag in a kustomization: `NAME=other:tag` and `NAME:tag`. */
const namesSet = (words: readonly string[]): string[] => {
  const at = words.indexOf('kustomize')
  if (at < 0 || words[at + 1] !== 'edit' || words[at + 2] !== 'set' || words[at + 3] !== 'image') return []
  return words.slice(at + 4).flatMap((word) => {
    const equals = word.indexOf('=')
    const { repository, tag } = splitTag(equals < 0 ? word : word.slice(equals + 1))
    // `latest` is no version, whoever writes it.
    if (tag === 'latest' || (tag === '' && !word.includes('@'))) return []
    const name = equals < 0 ? repository : word.slice(0, equals)
    return /[${]/.test(name) ? [] : [name]
  })
}

/**
 * Notes at containers that a workflow writes the tag of their image into a kustomization before it applies it, so that what
 * stands in the manifest is not what runs.
 */
export const relateSetImages = (collected: Collected): void => {
  const names = new Set<string>()
  for (const job of jobsOf(collected.tree))
    for (const step of job.steps) {
      if (!/\bkustomize\b/.test(step.run ?? '')) continue
      const scope = { env: envOver(job.env, step.env), matrix: {} }
      for (const { words, shell } of scriptWords(step, scope))
        for (const name of namesSet(programWords(words).map((word) => resolveWord(word, { ...scope, shell }))))
          names.add(name)
    }
  if (names.size === 0) return
  for (const { value } of collected.of('kubernetes.container'))
    if (names.has(value.imageName)) value.imageSetElsewhere = true
}
