import { lstatSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { InputError } from '../../core/errors.ts'
import type { Workspace, WorkspaceFile } from '../../ports/workspace.ts'
import { git } from './git.ts'
import { maxEntries, walk } from './walk.ts'

const entry = (root: string, path: string): WorkspaceFile | undefined => {
  try {
    const stat = lstatSync(join(root, path))
    if (stat.isSymbolicLink()) return { path, size: 0, mode: 'symlink' }
    if (stat.isDirectory()) return { path, size: 0, mode: 'submodule' }
    if (!stat.isFile()) return undefined
    return { path, size: stat.size, mode: (stat.mode & 0o111) === 0 ? 'file' : 'executable' }
  } catch {
    return undefined // listed by git and deleted in the work tree
  }
}

/** What git tracks and what it would take up; undefined outside a checkout. */
const listedByGit = (root: string): string[] | undefined =>
  git(root, 'ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate')
    ?.split('\0')
    .filter((path) => path !== '')

/** @throws InputError where the directory cannot be read */
const checkDirectory = (root: string): void => {
  try {
    if (statSync(root).isDirectory()) return
  } catch {
    // said below
  }
  throw new InputError({ code: 'directory-unreadable', message: 'is not a directory that can be read', path: root })
}

/**
 * A directory as the repository: in a git checkout the files that git tracks or would take up, elsewhere all of them.
 * @throws InputError where the directory cannot be read or holds too many files
 */
export const diskWorkspace = (root: string): Workspace => {
  checkDirectory(root)
  return {
    list: () => {
      const paths = listedByGit(root) ?? walk(root, (name) => name !== '.git').map(({ path }) => path)
      if (paths.length > maxEntries)
        throw new InputError({ code: 'workspace-too-large', message: `more than ${maxEntries} files`, path: root })
      return Promise.resolve(paths.flatMap((path) => entry(root, path) ?? []))
    },
    read: (path) => Promise.resolve(readFileSync(join(root, path))),
  }
}
