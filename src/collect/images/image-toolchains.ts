import type { Collected, Sink } from '../collector.ts'
import { defined } from '../shape.ts'
import { dockerfilesOf } from '../docker/docker.ts'
import { isDevelopmentPath } from '../docker/file-names.ts'
import type { Stage } from '../docker/stages.ts'
import { contextsBy } from './contexts.ts'
import { groupBy } from './group.ts'
import { requirementsOf, type Language, type Requirement } from './manifests.ts'
import { below, isBelow } from './paths.ts'
import { folderOf } from '../tree-path.ts'
import { compareVersions, parseVersion, satisfiesRange, type Version } from './version.ts'

interface Brought {
  language: Language
  version: string
}

/** The language and version that an image brings, by its name; undefined for others, and for tags without a version. */
const toolchainOf = ({ image: { repository, tag = '' } }: Stage): Brought | undefined => {
  const plain: Record<string, Language> = { golang: 'Go', node: 'Node.js', python: 'Python' }
  const language = plain[repository]
  if (language !== undefined && /^\d/.test(tag)) return { language, version: /^[\d.]+/.exec(tag)?.[0] ?? '' }
  if (
    /^(?:eclipse-temurin|openjdk|amazoncorretto|azul\/zulu-openjdk|bellsoft\/liberica-openjdk-\w+)$/.test(repository)
  ) {
    const version = /^(\d{1,2})(?=[^\d]|$)/.exec(tag)?.[1]
    return version === undefined ? undefined : { language: 'Java', version }
  }
  if (repository === 'maven' || repository === 'gradle') {
    const version = /(?:jdk-?|temurin-|corretto-|openjdk-|jre)(\d{1,2})/.exec(tag)?.[1]
    return version === undefined ? undefined : { language: 'Java', version }
  }
  return undefined
}

/** Whether a version is what a manifest asks for. */
export const satisfies = (version: string, { text, form }: Requirement): 'yes' | 'no' | 'unknown' => {
  const parsed: Version | undefined = parseVersion(version)
  if (parsed === undefined) return 'unknown'
  const wanted = parseVersion(text)
  const answer =
    form === 'range'
      ? satisfiesRange(parsed, text)
      : wanted === undefined
        ? undefined
        : compareVersions(parsed, wanted) >= 0
  return answer === undefined ? 'unknown' : answer ? 'yes' : 'no'
}

/** A Go image stays at its own version unless it is told otherwise. */
const changesToolchain = (stage: Stage): boolean =>
  stage.steps.some(
    ({ instruction, assignments }) =>
      assignments.some(({ name }) => name === 'GOTOOLCHAIN') || instruction.text.includes('GOTOOLCHAIN'),
  )

/** Facts of the languages that Dockerfiles bring, with the manifest that each image takes in. */
export const emitImageToolchains = (collected: Collected, sink: Sink): void => {
  const { tree } = collected
  const requirements = requirementsOf(tree)
  const contexts = contextsBy(collected)
  const copies = groupBy(collected.of('docker.copy'), ({ place }) => place.path)
  for (const [path, stages] of requirements.length === 0 ? [] : dockerfilesOf(tree)) {
    const folder = folderOf(path)
    const own = (copies.get(path) ?? []).filter(({ value }) => value.from === undefined)
    const takes = (requirement: Requirement, stage: string | undefined): boolean =>
      own.some(
        ({ value }) =>
          (stage === undefined || value.stage === stage) &&
          value.sources.some((source) =>
            contexts(path).list.some((context) => {
              const taken = below(context.folder, source.replace(/\*$/, ''))
              return taken !== undefined && isBelow(taken, requirement.path)
            }),
          ),
      )
    for (const stage of stages) {
      const brought = stage.parent === undefined && !stage.base.computed ? toolchainOf(stage) : undefined
      if (brought === undefined) continue
      // What runs in the end runs what another stage has built; a compiler sees what its own stage takes in.
      const anywhere = stage.shipped && brought.language !== 'Go'
      const taken = requirements.filter(
        (one) => one.language === brought.language && takes(one, anywhere ? undefined : stage.name),
      )
      const requirement = nearest(taken, folder)
      const unsure = brought.language === 'Go' && changesToolchain(stage)
      sink.fact({
        kind: 'images.toolchain',
        subject: `stage ${stage.name}`,
        place: { path, line: stage.from.line, column: stage.from.column },
        value: defined({
          where: 'image' as const,
          development: isDevelopmentPath(path) || (stage.development && !stage.shipped),
          ...brought,
          required: requirement?.text,
          manifest: requirement?.path ?? '',
          manifestLine: requirement?.line ?? 0,
          satisfies:
            requirement === undefined || unsure ? ('unknown' as const) : satisfies(brought.version, requirement),
        }),
      })
    }
  }
}

/** The manifest beside the Dockerfile or above it; else the only one there is. */
const nearest = (taken: readonly Requirement[], folder: string): Requirement | undefined => {
  for (let at = folder; ; at = folderOf(at)) {
    const found = taken.find((one) => one.folder === at)
    if (found !== undefined) return found
    if (at === '') return taken.length === 1 ? taken[0] : undefined
  }
}
