/** The folder of a file, without its slash; empty for the root. */
export const folderOf = (path: string): string => path.slice(0, Math.max(path.lastIndexOf('/'), 0))

/** Joins a path below a folder of the tree; undefined where it leaves the tree, or is absolute. */
export const below = (folder: string, path: string): string | undefined => {
  if (path.startsWith('/')) return undefined
  const parts = folder === '' ? [] : folder.split('/')
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') parts.push(part)
    else if (parts.pop() === undefined) return undefined
  }
  return parts.join('/')
}

/** Whether a path is the folder or stands in it. */
export const isBelow = (folder: string, path: string): boolean =>
  folder === '' || path === folder || path.startsWith(`${folder}/`)
