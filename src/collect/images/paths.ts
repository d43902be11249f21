import { pathFrom } from '../tree-path.ts'

/** Joins a path below a folder of the tree; undefined where it leaves the tree, or is absolute. */
export const below = (folder: string, path: string): string | undefined =>
  path.startsWith('/') ? undefined : pathFrom(folder, path)

/** Whether a path is the folder or stands in it. */
export const isBelow = (folder: string, path: string): boolean =>
  folder === '' || path === folder || path.startsWith(`${folder}/`)
