import type { Place } from '../../core/facts/place.ts'
import type { FactValue } from '../../core/facts/index.ts'
import type { Collected, Sink } from '../collector.ts'
import { jobsOf } from '../workflows/job.ts'
import { programWords } from '../workflows/shell.ts'
import { envOver } from '../workflows/step-facts.ts'
import type { Step } from '../workflows/step.ts'
import { inputOf, usesAction } from '../workflows/uses.ts'
import { combinationsOf } from './matrix.ts'
import { splitTag, type Pushes } from './pushes.ts'
import { resolveExpressions, resolveWord, type Scope } from './resolve.ts'
import { scriptWords } from './script-words.ts'
import { tagState } from './tag-match.ts'

type Reference = FactValue<'images.reference'>

interface Used {
  use: Reference['use']
  image: string
  place: Place
}

const actions: readonly [string, string, Reference['use']][] = [
  ['aquasecurity/trivy-action', 'image-ref', 'scan'],
  ['anchore/scan-action', 'image', 'scan'],
  ['anchore/sbom-action', 'image', 'scan'],
  ['docker/scout-action', 'image', 'scan'],
  ['snyk/actions/docker', 'image', 'scan'],
  ['google-github-actions/deploy-cloudrun', 'image', 'deploy'],
  ['azure/k8s-deploy', 'images', 'deploy'],
  ['azure/webapps-deploy', 'images', 'deploy'],
  ['azure/container-apps-deploy-action', 'imagetodeploy', 'deploy'],
]

const fromAction = (step: Step, scope: Scope): Used[] =>
  actions.flatMap(([action, input, use]) => {
    const text = usesAction(step.uses, action) ? inputOf(step.inputs, input) : undefined
    if (text === undefined) return []
    return text
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => ({ use, image: resolveExpressions(line.trim(), scope), place: step.atInput(input) }))
  })

/** The images that a command names, in which the tag alone is `:tag`. */
const fromWords = (words: readonly string[]): { use: Reference['use']; image: string }[] => {
  const [program, verb, object] = words
  const rest = words.slice(2)
  if (program === 'kubectl' && verb === 'set' && object === 'image')
    return rest.flatMap((word) => {
      const image = /^[\w.*-]+=(.+)$/s.exec(word)?.[1]
      return image === undefined || word.startsWith('-') ? [] : [{ use: 'deploy' as const, image }]
    })
  if (program === 'kustomize' && verb === 'edit' && object === 'set')
    return words.slice(4).flatMap((word) => {
      const image = /^[^=]+=(.+)$/s.exec(word)?.[1]
      return image === undefined ? [] : [{ use: 'deploy' as const, image }]
    })
  if (program === 'helm' && words.some((word) => word === 'upgrade' || word === 'install'))
    return words.flatMap((word) => {
      const tag = /(?:^|[=,])(?:[\w-]+\.)*image\.tag=([^,]+)/i.exec(word)?.[1]
      return tag === undefined ? [] : [{ use: 'deploy' as const, image: `:${tag}` }]
    })
  if ((program === 'trivy' && verb === 'image') || program === 'grype') {
    const image = words.slice(1).findLast((word) => /[/:]/.test(word) && !word.startsWith('-'))
    return image === undefined ? [] : [{ use: 'scan', image }]
  }
  if (program === 'gcloud') {
    const image = words.find((word) => word.startsWith('--image='))?.slice(8)
    return image === undefined ? [] : [{ use: 'deploy', image }]
  }
  return []
}

const fromScript = (step: Step, scope: Scope): Used[] => {
  if (!/\b(?:kubectl|kustomize|helm|trivy|grype|gcloud)\b/.test(step.run ?? '')) return []
  return scriptWords(step, scope).flatMap(({ words, line, shell }) =>
    fromWords(programWords(words).map((word) => resolveWord(word, { ...scope, shell }))).map(({ use, image }) => ({
      use,
      image,
      place: step.atLine(line, words[0] ?? ''),
    })),
  )
}

/** The images that a step scans, runs or deploys, with what the workflow says filled in. */
export const usedImages = (step: Step, scope: Scope): Used[] => [...fromAction(step, scope), ...fromScript(step, scope)]

const judge = (image: string, { list, unread }: Pushes): Omit<Reference, 'use' | 'image'> | undefined => {
  const { repository, tag } = splitTag(image)
  const pushed = repository === '' ? list : list.filter((one) => one.repository === repository)
  if (pushed.length === 0) {
    // Another repository's image is not ours to know; this repository's own name is.
    if (!repository.includes('${{github.repository}}') || list.length === 0) return undefined
    const state = unread === '' ? 'name-missing' : 'unknown'
    const because = unread === '' ? '' : `${unread} may push it`
    return { state, pushed: [...new Set(list.map((one) => one.repository))].slice(0, 6), because }
  }
  const tags = [...new Set(pushed.map((one) => one.tag))]
  const byDigest = image.includes('@')
  const state = byDigest ? 'pushed' : tagState(tag === '' ? 'latest' : tag, tags)
  if (state === 'tag-missing' && unread !== '')
    return { state: 'unknown', pushed: tags.slice(0, 8), because: `${unread} may push it` }
  return { state, pushed: tags.slice(0, 8), because: state === 'unknown' ? 'the run alone knows the tag' : '' }
}

const rank = { 'name-missing': 0, 'tag-missing': 1, unknown: 2, pushed: 3 }

/** Says of each image that workflows scan or deploy whether one of them pushes it. One fact for each place. */
export const emitReferences = (collected: Collected, pushes: Pushes, sink: Sink): void => {
  for (const job of jobsOf(collected.tree)) {
    const found = new Map<string, { subject: string; place: Place; value: Reference }>()
    for (const matrix of combinationsOf(job.value))
      for (const step of job.steps) {
        const scope = { env: envOver(job.env, step.env), matrix }
        for (const { use, image, place } of usedImages(step, scope)) {
          const judged = judge(image, pushes)
          if (judged === undefined) continue
          const key = `${place.line}:${place.column}`
          const known = found.get(key)
          if (known !== undefined && rank[known.value.state] <= rank[judged.state]) continue
          found.set(key, { subject: step.subject, place, value: { use, image: readable(image), ...judged } })
        }
      }
    for (const fact of found.values())
      sink.fact({
        kind: 'images.reference',
        ...fact,
        value: { ...fact.value, pushed: fact.value.pushed.map(readable) },
      })
  }
}

const words: readonly [RegExp, string][] = [
  [/\$\{\{github\.sha\}\}/g, '<full sha>'],
  [/\$\{\{github\.sha:7\}\}/g, '<short sha>'],
  [/\$\{\{(?:github\.)?([^}]*)\}\}/g, '<$1>'],
]

/** A name with its symbols as people read them. */
export const readable = (text: string): string =>
  words.reduce((result, [pattern, word]) => result.replace(pattern, word), text)
