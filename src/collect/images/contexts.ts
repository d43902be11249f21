import { groupBy } from './group.ts'
import type { Collected } from '../collector.ts'
import { buildsOf, type Build } from './build.ts'
import { folderOf } from '../tree-path.ts'

/** A build context of a Dockerfile. */
export interface Context {
  folder: string
  /** What builds with it; undefined where the Dockerfile's place alone speaks for it. */
  build: Build | undefined
}

export interface Contexts {
  list: readonly Context[]
  /** Whether these are the contexts, and not only the likely ones. */
  certain: boolean
}

/** The folder of a file and all above it, the root last. */
const foldersAbove = (path: string): string[] => {
  const found = [folderOf(path)]
  for (let at = found[0] ?? ''; at !== ''; at = folderOf(at)) found.push(folderOf(at))
  return found
}

/** The contexts that each Dockerfile is built with. */
export const contextsBy = (collected: Collected): ((dockerfile: string) => Contexts) => {
  const builds = groupBy(
    buildsOf(collected.tree).filter(({ context }) => context !== undefined),
    ({ dockerfile }) => dockerfile,
  )
  return (dockerfile) => {
    const own = new Map<string, Context>()
    for (const build of builds.get(dockerfile) ?? []) {
      const folder = build.context ?? ''
      // A workflow shows what runs before; of several builds, the one that shows most is the one to point at.
      const known = own.get(folder)
      if (known === undefined || (known.build?.by === 'compose' && build.by === 'workflow'))
        own.set(folder, { folder, build })
    }
    if (own.size > 0) return { list: [...own.values()], certain: true }
    return { list: foldersAbove(dockerfile).map((folder) => ({ folder, build: undefined })), certain: false }
  }
}
