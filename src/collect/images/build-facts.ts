import { defined } from '../shape.ts'
import type { Collected, Sink } from '../collector.ts'
import { dockerfilesOf } from '../docker/docker.ts'
import { ignoredBy } from '../repository/ignore-lists.ts'
import type { Tree } from '../tree.ts'
import { buildsOf, type Build } from './build.ts'

/** Whether a path is there, or hidden behind a link or a submodule, of which the tree shows the root alone. */
export const isThere = (tree: Tree, path: string): boolean => {
  if (tree.has(path) || tree.isDirectory(path)) return true
  for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
    const mode = tree.get(path.slice(0, at))?.mode
    if (mode === 'symlink' || mode === 'submodule') return true
  }
  return false
}

const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

/** Whether a command before the build names a file, and so may make it. */
export const namedBefore = ({ earlier }: Build, path: string): boolean => {
  const name = baseName(path)
  return earlier.some((word) => word.includes(name))
}

/** The facts of everything that builds an image. */
export const emitBuilds = (collected: Collected, sink: Sink): void => {
  const { tree } = collected
  const dockerfiles = dockerfilesOf(tree)
  const ignored = ignoredBy(collected)
  for (const build of buildsOf(tree)) {
    const { context, dockerfile } = build
    const stages = dockerfile === undefined ? undefined : dockerfiles.get(dockerfile)
    sink.fact({
      kind: 'images.build',
      subject: build.subject,
      place: build.place,
      places: build.places,
      value: defined({
        by: build.by,
        development: build.development,
        known: context !== undefined,
        because: build.because,
        context,
        contextExists: context === undefined || isThere(tree, context) || namedBefore(build, context),
        dockerfile,
        dockerfileExists: dockerfile === undefined || isThere(tree, dockerfile),
        dockerfileMaybeMade:
          dockerfile !== undefined && (build.brought || ignored(dockerfile) || namedBefore(build, dockerfile)),
        target: build.target,
        targetFound:
          stages?.some(({ name, index }) => [name, String(index)].includes(build.target?.toLowerCase() ?? '')) ?? false,
        stages: stages?.map(({ name }) => name) ?? [],
        stagesKnown: stages !== undefined,
      }),
    })
  }
}
