import { groupBy } from './group.ts'
import type { Fact, FactValue } from '../../core/facts/index.ts'
import type { Collected, Sink } from '../collector.ts'
import { isIgnored } from '../docker/build-context.ts'
import { ignoredBy } from '../repository/ignore-lists.ts'
import type { Tree } from '../tree.ts'
import { isThere, namedBefore } from './build-facts.ts'
import { contextsBy, type Context } from './contexts.ts'
import { below } from './paths.ts'

type Copied = FactValue<'images.copied-path'>

/** Names of what a build makes: it is not in git, and whoever builds the image runs that first. */
const artefact =
  /(?:^|\/)(?:dist|build|target|out|output|bin|obj|publish|release|artifacts?|node_modules|vendor|\.next|\.nuxt|\.output|_build|generated|gen|coverage|wheels?|certs?|ssl|secrets?|keys?|tmp|\.env[^/]*)(?:\/|$)|\.(?:jar|war|ear|whl|tar|t?gz|zip|exe|so|dll|pem|crt|key|p12|jks|cer|deb|rpm|apk|wasm)$/i

/** More files of a folder are not asked whether the .dockerignore lets them in. */
const maxFiles = 2_000

const isGlob = (source: string): boolean => /[*?[]/.test(source)

/** A source as the builder reads it: from the context's root, which no `..` leaves. */
const inContext = (source: string): string => {
  const parts: string[] = []
  for (const part of source.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return parts.join('/')
}

const joined = (folder: string, path: string): string => [folder, path].filter((part) => part !== '').join('/')

interface Ignoring {
  path: string
  patterns: readonly string[]
}

/** Whether the .dockerignore keeps all of a path out. */
const keepsOut = ({ patterns }: Ignoring, folder: string, inside: string, tree: Tree): boolean => {
  if (!isIgnored(inside, patterns)) return false
  if (!tree.isDirectory(joined(folder, inside))) return true
  const start = `${joined(folder, inside)}/`
  const cut = folder === '' ? 0 : folder.length + 1
  const files = tree.files.filter(({ path }) => path.startsWith(start)).slice(0, maxFiles)
  return files.every(({ path }) => isIgnored(path.slice(cut), patterns))
}

/** Joins every COPY and ADD with the contexts that its Dockerfile is built with. */
export const emitCopiedPaths = (collected: Collected, sink: Sink): void => {
  const { tree } = collected
  const contexts = contextsBy(collected)
  const ignored = ignoredBy(collected)
  const patterns = new Map(collected.of('docker.ignore-file').map(({ place, value }) => [place.path, value.patterns]))
  const ignoring = (dockerfile: string, folder: string): Ignoring | undefined => {
    const path = [`${dockerfile}.dockerignore`, joined(folder, '.dockerignore')].find((name) => patterns.has(name))
    return path === undefined ? undefined : { path, patterns: patterns.get(path) ?? [] }
  }
  const missing = (path: string, { build }: Context): { state: Copied['state']; because: string } => {
    if (ignored(path) || ignored(`${path}/`))
      return { state: 'unknown', because: 'git ignores it, so something has to make it before the image is built' }
    if (artefact.test(path))
      return { state: 'unknown', because: 'by its name, something makes it before the image is built' }
    if (build?.brought === true) return { state: 'unknown', because: 'an earlier step may bring it' }
    if (build !== undefined && namedBefore(build, path))
      return { state: 'unknown', because: 'an earlier command names it' }
    return { state: 'missing', because: '' }
  }
  const stateIn = (
    dockerfile: string,
    source: string,
    context: Context,
  ): Omit<Copied, 'stage' | 'development' | 'source'> => {
    const inside = inContext(source)
    const path = joined(context.folder, inside)
    const { build } = context
    const by = build === undefined ? '' : `${build.subject} of ${build.place.path}`
    const shared = {
      path,
      context: context.folder === '' ? '.' : context.folder,
      by,
      ignoreFile: '',
      because: '',
      hint: '',
    }
    if (inside === '') return { ...shared, state: 'exists' }
    if (!isThere(tree, path)) return { ...shared, ...missing(path, context), hint: hintOf(tree, dockerfile, inside) }
    const list = ignoring(dockerfile, context.folder)
    return list !== undefined && keepsOut(list, context.folder, inside, tree)
      ? { ...shared, state: 'kept-out', ignoreFile: list.path }
      : { ...shared, state: 'exists' }
  }
  for (const [dockerfile, copies] of groupBy(collected.of('docker.copy'), ({ place }) => place.path)) {
    const { list, certain } = contexts(dockerfile)
    const judged = copies.filter(({ value }) => value.from === undefined && !value.remote)
    const whole = ({ folder }: Context): boolean =>
      judged.every(({ value }) =>
        value.sources.every((source) => !plain(source) || isThere(tree, joined(folder, inContext(source)))),
      )
    // Nothing says how it is built: the nearest folder in which everything is there is taken.
    const chosen = certain ? list : [list.find(whole) ?? list[0]].flatMap((one) => one ?? [])
    for (const copy of judged)
      for (const source of copy.value.sources.filter(plain))
        for (const context of chosen) {
          const found = stateIn(dockerfile, source, context)
          const guessed = !certain && found.state === 'missing' && list.length > 1
          emit(copy, source, guessed ? unsure(found) : found, sink)
        }
  }
}

/** Whether a source is a path that can be looked for: no pattern, which may match nothing, and no variable. */
const plain = (source: string): boolean => !isGlob(source) && !source.includes('$') && !source.startsWith('<<')

const unsure = <T extends { state: Copied['state']; because: string }>(found: T): T => ({
  ...found,
  state: 'unknown',
  because: 'nothing here says with which build context the Dockerfile is built',
})

/** Where the file would be if the context were another: the Dockerfile's folder, or the root. */
const hintOf = (tree: Tree, dockerfile: string, inside: string): string => {
  const folder = dockerfile.slice(0, Math.max(dockerfile.lastIndexOf('/'), 0))
  return [below(folder, inside), inside].find((path) => path !== undefined && isThere(tree, path)) ?? ''
}

const emit = (
  copy: Fact<'docker.copy'>,
  source: string,
  found: Omit<Copied, 'stage' | 'development' | 'source'>,
  sink: Sink,
): void =>
  sink.fact({
    kind: 'images.copied-path',
    subject: `${copy.subject} ${source}`,
    place: copy.place,
    value: { stage: copy.value.stage, development: copy.value.development, source, ...found },
  })
