import type { Tree } from '../tree.ts'
import { jobsOf, type ReadJob } from '../workflows/job.ts'
import { programWords } from '../workflows/shell.ts'
import { envOver } from '../workflows/step-facts.ts'
import type { Step } from '../workflows/step.ts'
import { inputOf, usesAction } from '../workflows/uses.ts'
import { combinationsOf } from './matrix.ts'
import { readMetadata, type Metadata } from './metadata-tags.ts'
import { resolveExpressions, resolveWord, type Scope } from './resolve.ts'
import { scriptWords } from './script-words.ts'
import { readDockerBuild } from './workflow-builds.ts'

/** An image that a workflow pushes: its name in lower case, as registries have it, and its tag. */
export interface Pushed {
  repository: string
  tag: string
  path: string
  line: number
  job: ReadJob
}

export interface Pushes {
  list: readonly Pushed[]
  /** What pushes images whose names cannot be read; empty where all can. */
  unread: string
}

/** Splits a name from its tag; a symbol may hold a colon. */
export const splitTag = (image: string): { repository: string; tag: string } => {
  const bare = image.replace(/@.*$/, '')
  const masked = bare.replaceAll(/\$\{\{[^}]*\}\}/g, (found) => '_'.repeat(found.length))
  const colon = masked.lastIndexOf(':')
  return colon > masked.lastIndexOf('/')
    ? { repository: bare.slice(0, colon).toLowerCase(), tag: bare.slice(colon + 1) }
    : { repository: bare.toLowerCase(), tag: '' }
}

const otherPushers =
  /\b(?:skaffold|kaniko|jib(?:Build)?|ko (?:build|publish|resolve|apply)|buildah|nerdctl|crane|skopeo|bake|pack build|spring-boot:build-image|bootBuildImage|dockerx|oras|earthly|buildctl|goreleaser|docker[- ]compose push|docker compose push|gcloud builds|az acr build|make [\w-]*(?:push|publish|release|docker|image)|\.\/[\w./-]*(?:push|publish|release|docker|image)[\w./-]*)\b/i
const pushingAction =
  /^(?:docker\/bake-action|goreleaser\/|ko-build\/|redhat-actions\/(?:buildah|push)|elgohr\/|mr-smithers-excellent\/|whoan\/|buildpacks\/|depot\/|philips-labs\/)/i

const isTrue = (text: string | undefined): boolean => text !== undefined && text !== '' && text !== 'false'

const listOf = (text: string): string[] =>
  text
    .split(/[\n,]/)
    .map((line) => line.trim())
    .filter((line) => line !== '')

const expand = (text: string, metadata: ReadonlyMap<string, Metadata>): string[] | undefined => {
  const id = /^\$\{\{\s*steps\.([\w-]+)\.outputs\.tags\s*\}\}$/.exec(text)?.[1]
  if (id === undefined) return /\$\{\{/.test(text) && !text.includes('/') && !text.includes(':') ? undefined : [text]
  const found = metadata.get(id)
  return found?.repositories.flatMap((repository) => found.tags.map((tag) => `${repository}:${tag}`))
}

class Reader {
  readonly list: Pushed[] = []
  unread = ''

  job(job: ReadJob, matrix: Readonly<Record<string, string>>): void {
    const metadata = new Map<string, Metadata>()
    for (const step of job.steps) {
      const scope: Scope = { env: envOver(job.env, step.env), matrix }
      if (usesAction(step.uses, 'docker/metadata-action') && step.id !== undefined)
        metadata.set(step.id.toLowerCase(), readMetadata(step, scope))
      else if (usesAction(step.uses, 'docker/build-push-action')) this.#action(job, step, scope, metadata)
      else if (step.uses !== undefined && pushingAction.test(step.uses.name)) this.unread ||= step.uses.name
      else if (step.run !== undefined) this.#script(job, step, scope)
    }
  }

  #action(job: ReadJob, step: Step, scope: Scope, metadata: ReadonlyMap<string, Metadata>): void {
    const outputs = inputOf(step.inputs, 'outputs') ?? ''
    if (!isTrue(inputOf(step.inputs, 'push')) && !/push=true|type=registry|type=image/.test(outputs)) return
    const named = /name=([^,\s]+)/.exec(outputs)?.[1]
    const tags = listOf(resolveExpressions(inputOf(step.inputs, 'tags') ?? '', scope))
    if (named !== undefined || tags.length === 0) this.unread ||= 'a build that pushes by digest'
    for (const tag of tags) {
      const images = expand(tag, metadata)
      if (images === undefined) this.unread ||= 'a build whose tags another step makes'
      for (const image of images ?? []) this.#add(image, job, step.at('uses').line)
    }
  }

  #script(job: ReadJob, step: Step, scope: Scope): void {
    if (otherPushers.test(step.run ?? '')) this.unread ||= otherPushers.exec(step.run ?? '')?.[0] ?? ''
    if (!/\bpush\b/.test(step.run ?? '')) return
    for (const { words, line, shell } of scriptWords(step, scope)) {
      const full: Scope = { ...scope, shell }
      const program = programWords(words)
      const at = step.atLine(line, words[0] ?? '').line
      const build = readDockerBuild(program)
      if (build?.options.has('--push') === true)
        for (const tag of build.options.get('--tag') ?? []) this.#add(resolveWord(tag, full), job, at)
      if (
        (program[0] === 'docker' || program[0] === 'podman') &&
        (program[1] === 'push' || (program[1] === 'image' && program[2] === 'push'))
      ) {
        const image = program.slice(2).findLast((word) => !word.startsWith('-'))
        const all = program.some((word) => word === '-a' || word === '--all-tags')
        if (image !== undefined) this.#add(resolveWord(image, full) + (all ? ':${{?}}' : ''), job, at)
      }
    }
  }

  #add(image: string, job: ReadJob, line: number): void {
    const { repository, tag } = splitTag(image)
    this.list.push({ repository, tag: tag === '' ? 'latest' : tag, path: job.path, line, job })
  }
}

/** Every image that the workflows of a tree push, as far as its name can be read. */
export const pushesOf = (tree: Tree): Pushes => {
  const reader = new Reader()
  for (const job of jobsOf(tree)) {
    // A reusable workflow of another repository may push anything.
    const calls = job.value['uses']
    if (typeof calls === 'string' && !calls.startsWith('./') && /docker|image|build|publish|release|push/i.test(calls))
      reader.unread ||= calls
    for (const matrix of combinationsOf(job.value)) reader.job(job, matrix)
  }
  return { list: reader.list, unread: reader.unread }
}
