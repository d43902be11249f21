import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

const isInside = (path: string): boolean =>
  path !== '' &&
  !path.startsWith('/') &&
  !/[\\\0]|^[A-Za-z]:/.test(path) &&
  path.split('/').every((part) => part !== '' && part !== '.' && part !== '..')

/** A temporary folder that only this user can read, holding copies of files as plain files. */
export interface PrivateCopy {
  /** Absolute, without symbolic links. */
  root: string
  remove(): void
}

/**
 * Writes files into a fresh private folder, below `tree/`, with an empty `home/` beside it. A path that would leave the
 * folder is left out.
 */
export const privateCopy = (files: ReadonlyMap<string, Uint8Array>): PrivateCopy => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'prodgate-rendering-')))
  const remove = (): void => rmSync(root, { recursive: true, force: true })
  try {
    mkdirSync(join(root, 'tree'))
    mkdirSync(join(root, 'home'))
    const made = new Set<string>()
    for (const [path, bytes] of files) {
      if (!isInside(path)) continue
      const file = join(root, 'tree', path)
      const folder = dirname(file)
      if (!made.has(folder)) mkdirSync(folder, { recursive: true })
      made.add(folder)
      writeFileSync(file, bytes, { mode: 0o600 })
    }
  } catch (error) {
    remove()
    throw error
  }
  return { root, remove }
}
