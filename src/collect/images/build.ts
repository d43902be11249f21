import type { Place } from '../../core/facts/place.ts'
import type { Tree } from '../tree.ts'
import { composeBuilds } from './compose-builds.ts'
import { workflowBuilds } from './workflow-builds.ts'

/** One way in which the repository builds an image: a service of a compose file, or a step of a workflow. */
export interface Build {
  by: 'compose' | 'workflow'
  subject: string
  place: Place
  /** Places of what names the context, the Dockerfile and the stage. */
  places: Record<string, Place>
  /** From the root of the repository; undefined where it is not known, and then `because` says why. */
  context: string | undefined
  because: string
  /** Where the Dockerfile has to be; undefined where it is not known, or not in the repository. */
  dockerfile: string | undefined
  target: string | undefined
  /** Names of build arguments; undefined where they are not known. */
  arguments: readonly string[] | undefined
  platforms: readonly string[]
  /** Words of the commands that run before it, and whether something before it brings files from elsewhere. */
  earlier: readonly string[]
  brought: boolean
  development: boolean
}

const known = new WeakMap<Tree, readonly Build[]>()

/** Every build of an image that compose files and workflows say. */
export const buildsOf = (tree: Tree): readonly Build[] => {
  const builds = known.get(tree) ?? [...composeBuilds(tree), ...workflowBuilds(tree)]
  known.set(tree, builds)
  return builds
}
