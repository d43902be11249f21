import { spawn } from 'node:child_process'
import { InputError } from '../../core/errors.ts'
import type { Workspace, WorkspaceFile } from '../../ports/workspace.ts'
import { git, gitArguments } from './git.ts'

/** One entry of a tree, and the object that holds it. */
export interface TreeEntry {
  file: WorkspaceFile
  sha: string
}

const modes: Record<string, WorkspaceFile['mode']> = {
  '100644': 'file',
  '100755': 'executable',
  '120000': 'symlink',
  '160000': 'submodule',
}

// <mode> SP <type> SP <object> SP+ <size> TAB <path>, as `git ls-tree -l` writes it
const line = /^(\d{6}) \w+ ([0-9a-f]+) +(\d+|-)\t(.+)$/s

/**
 * What a commit holds; undefined where the clone does not hold the commit.
 * @param where `.` for what is below the directory, or `--full-tree` and paths from the root
 */
export const treeEntries = (directory: string, commit: string, where: readonly string[]): TreeEntry[] | undefined =>
  git(directory, 'ls-tree', '-r', '-z', '-l', commit, ...where)
    ?.split('\0')
    .flatMap((row) => {
      const [, mode = '', sha = '', size = '0', path = ''] = line.exec(row) ?? []
      const kind = modes[mode]
      return kind === undefined ? [] : [{ file: { path, size: Number(size) || 0, mode: kind }, sha }]
    })

/** Asks one `git cat-file --batch` for many blobs: a process a file would take minutes. */
const readBlobs = async (directory: string, shas: readonly string[]): Promise<Map<string, Uint8Array>> => {
  const child = spawn('git', gitArguments(directory, 'cat-file', '--batch'), { stdio: ['pipe', 'pipe', 'ignore'] })
  child.stdin.on('error', () => {}) // it ended early: what is missing is told by read()
  child.stdin.end(`${shas.join('\n')}\n`)
  const chunks: Buffer[] = []
  for await (const chunk of child.stdout) chunks.push(chunk as Buffer)
  const all = Buffer.concat(chunks)
  const blobs = new Map<string, Uint8Array>()
  for (let at = 0; at < all.length;) {
    const end = all.indexOf(10, at)
    if (end < 0) break
    const [sha = '', type, size] = all.toString('utf8', at, end).split(' ')
    at = end + 1
    if (type !== 'blob') continue
    blobs.set(sha, all.subarray(at, at + Number(size)))
    at += Number(size) + 1
  }
  return blobs
}

/** No manifest that a person keeps is larger; such blobs are not fetched into memory. Bytes. */
const maxBlob = 8_000_000

/**
 * The tree of a commit of a checkout, read from git's objects: nothing of the work tree is touched.
 * @param ref a branch, tag or commit
 * @throws InputError where there is no such commit
 */
export const gitTree = (directory: string, ref: string): Workspace => {
  const commit = ref.startsWith('-')
    ? undefined
    : git(directory, 'rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`)?.trim()
  const entries = commit === undefined || commit === '' ? undefined : treeEntries(directory, commit, ['.'])
  if (entries === undefined)
    throw new InputError({
      code: 'base-unknown',
      message: `there is no commit "${ref}" in this checkout`,
      path: directory,
    })
  const shaOf = new Map(entries.map(({ file, sha }) => [file.path, sha]))
  const regular = () => entries.filter(({ file }) => file.mode !== 'submodule' && file.size <= maxBlob)
  let blobs: Promise<Map<string, Uint8Array>> | undefined
  return {
    list: () => Promise.resolve(entries.map(({ file }) => file)),
    read: async (path) => {
      blobs ??= readBlobs(directory, [...new Set(regular().map(({ sha }) => sha))])
      const blob = (await blobs).get(shaOf.get(path) ?? '')
      if (blob === undefined) throw new Error(`git has no ${path}`)
      return blob
    },
  }
}
