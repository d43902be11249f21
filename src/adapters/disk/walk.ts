import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { InputError } from '../../core/errors.ts'

/** More entries than any repository that is deployed as one. */
export const maxEntries = 500_000

/** Every file below a directory, in no particular order, without following symbolic links. Relative, with `/`. */
export const walk = (root: string, enter: (name: string) => boolean): { path: string; link: boolean }[] => {
  const found: { path: string; link: boolean }[] = []
  const open = ['']
  for (let folder = open.pop(); folder !== undefined; folder = open.pop())
    for (const entry of readEntries(join(root, folder))) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`
      if (entry.isDirectory()) {
        if (enter(entry.name)) open.push(path)
      } else if (entry.isFile() || entry.isSymbolicLink()) found.push({ path, link: entry.isSymbolicLink() })
      if (found.length > maxEntries)
        throw new InputError({ code: 'workspace-too-large', message: `more than ${maxEntries} files`, path: root })
    }
  return found
}

const readEntries = (folder: string): ReturnType<typeof readSync> => {
  try {
    return readSync(folder)
  } catch {
    // A folder that may not be read holds nothing that can be judged; the root was checked before.
    return []
  }
}

const readSync = (folder: string) => readdirSync(folder, { withFileTypes: true })
