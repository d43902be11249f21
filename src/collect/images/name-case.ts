import type { Place } from '../../core/facts/place.ts'
import type { FactValue } from '../../core/facts/index.ts'
import type { Collected, Sink } from '../collector.ts'
import type { Step } from '../workflows/step.ts'
import { jobsOf } from '../workflows/job.ts'
import { programWords } from '../workflows/shell.ts'
import { envOver } from '../workflows/step-facts.ts'
import { inputOf, usesAction } from '../workflows/uses.ts'
import { combinationsOf } from './matrix.ts'
import { ownerOf, type Owner } from './owner.ts'
import { readable, usedImages } from './references.ts'
import { resolveExpressions, resolveWord, type Scope } from './resolve.ts'
import { scriptWords } from './script-words.ts'
import { readDockerBuild } from './workflow-builds.ts'

type Name = FactValue<'images.name'>

interface Named {
  image: string
  place: Place
}

const lines = (text: string): string[] =>
  text
    .split(/[\n,]/)
    .map((line) => line.trim())
    .filter((line) => line !== '')

/** Names that docker/build-push-action is given as they are; docker/metadata-action writes its own in lower case. */
const fromBuild = (step: Step, scope: Scope): Named[] =>
  usesAction(step.uses, 'docker/build-push-action')
    ? lines(resolveExpressions(inputOf(step.inputs, 'tags') ?? '', scope)).map((image) => ({
        image,
        place: step.atInput('tags'),
      }))
    : []

const docker = /^(?:docker|podman|nerdctl)$/

const namesIn = (words: readonly string[]): string[] => {
  const build = readDockerBuild(words)
  if (build !== undefined) return [...(build.options.get('--tag') ?? [])]
  const [program = '', first, second] = words
  const verb = first === 'image' ? second : first
  if (!docker.test(program) || !/^(?:push|pull|tag)$/.test(verb ?? '')) return []
  return words.slice(first === 'image' ? 3 : 2).filter((word) => !word.startsWith('-'))
}

/** A script that turns names into lower case is trusted to do so with the right ones. */
const lowers = /,,\}|\btr\b[^\n|]{0,40}(?:upper|A-Z)|tolower|toLowerCase|\.lower\(\)|lowercase/

const fromScript = (step: Step, scope: Scope): Named[] =>
  lowers.test(step.run ?? '') || !/\b(?:docker|podman|nerdctl)\b/.test(step.run ?? '')
    ? []
    : scriptWords(step, scope).flatMap(({ words, line, shell }) =>
        namesIn(programWords(words)).map((word) => ({
          image: resolveWord(word, { ...scope, shell }),
          place: step.atLine(line, words[0] ?? ''),
        })),
      )

/** The name without the host, the tag and the digest. A symbol may hold a colon. */
const pathOf = (image: string): string => {
  const symbols: string[] = []
  const masked = image.replaceAll(/\$\{\{[^}]*\}\}/g, (found) => `\uE000${symbols.push(found) - 1}\uE000`)
  const bare = masked.replace(/@.*$/, '').replace(/:[^/]*$/, '')
  const [host = '', ...rest] = bare.split('/')
  const path = rest.length > 0 && /[.:]|^localhost$/.test(host) ? rest.join('/') : bare
  return path.replaceAll(/\uE000(\d+)\uE000/g, (_, at: string) => symbols[Number(at)] ?? '')
}

const symbol = /\$\{\{[^}]*\}\}/g
const placeholder = /(?:^|\/)[A-Z][A-Z\d_-]*(?:\/|$)|__/
const owned = /\$\{\{github\.repository(?:_owner)?\}\}/

const judge = (image: string, owner: Owner | undefined): Pick<Name, 'upper' | 'because'> | undefined => {
  const path = pathOf(image)
  // `PROJECT_ID/shop` is filled in by whoever deploys it; `:tag` alone is no name.
  if (image.startsWith(':') || placeholder.test(path)) return undefined
  if (/[A-Z]/.test(path.replaceAll(symbol, '')) && !path.includes('$(')) return { upper: 'yes', because: '' }
  if (!owned.test(path)) return path.includes('${{') ? undefined : { upper: 'no', because: '' }
  if (owner === undefined)
    return { upper: 'unknown', because: 'nothing in the repository says how its owner is written' }
  const { name, because, repository } = owner
  const whole = path.includes('${{github.repository}}')
  if (/[A-Z]/.test(whole ? (repository ?? name) : name)) return { upper: 'yes', because }
  // The repository's own name may have capitals too.
  return whole && repository === undefined ? undefined : { upper: 'no', because: '' }
}

const rank = { yes: 0, unknown: 1, no: 2 }

/** Says of every name that workflows, compose files and manifests give a container engine whether it has capitals. */
export const emitNameCases = (collected: Collected, sink: Sink): void => {
  const owner = ownerOf(collected.tree)
  const emit = (subject: string, place: Place, image: string): Name | undefined => {
    const judged = judge(image, owner)
    if (judged === undefined || image === '') return undefined
    const value: Name = { image: readable(image), ...judged }
    sink.fact({ kind: 'images.name', subject, place, value })
    return value
  }
  for (const job of jobsOf(collected.tree)) {
    const found = new Map<string, Named & { subject: string }>()
    for (const matrix of combinationsOf(job.value))
      for (const step of job.steps) {
        const scope: Scope = { env: envOver(job.env, step.env), matrix }
        const used = lowers.test(step.run ?? '') ? [] : usedImages(step, scope)
        for (const named of [...fromBuild(step, scope), ...fromScript(step, scope), ...used]) {
          const key = `${named.place.line}:${named.place.column}`
          const state = judge(named.image, owner)?.upper
          const known = found.get(key)
          const before = known === undefined ? undefined : judge(known.image, owner)?.upper
          if (state !== undefined && (before === undefined || rank[state] < rank[before]))
            found.set(key, { ...named, subject: step.subject })
        }
      }
    for (const { subject, place, image } of found.values()) emit(subject, place, image)
  }
  for (const { subject, place, places, value } of collected.of('compose.service'))
    if (value.image !== undefined && !value.image.computed && !value.image.name.includes('$'))
      emit(subject, places?.['image'] ?? place, value.image.name)
  for (const { subject, place, places, value } of collected.of('kubernetes.container'))
    if (!value.imageComputed && !/[{$<]/.test(value.imageName))
      emit(subject, places?.['image'] ?? place, value.imageName)
  for (const { subject, place, value } of collected.of('docker.base'))
    if (!value.computed && !value.image.includes('$')) emit(subject, place, value.image)
}
