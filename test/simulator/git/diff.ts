import type { FileEntry, GitStore } from './store.ts'

export interface ChangedFile {
  status: 'added' | 'removed' | 'modified' | 'renamed'
  path: string
  /** The blob's id: of the old one where the file was removed, as GitHub has it. */
  sha: string
  previousPath?: string
}

const pairMoved = (added: FileEntry[], removed: FileEntry[]): ChangedFile[] => {
  const left = new Map(removed.map((file) => [file.sha, file]))
  const files = added.map(({ path, sha }): ChangedFile => {
    const from = left.get(sha)
    if (from === undefined) return { status: 'added', path, sha }
    left.delete(sha)
    return { status: 'renamed', path, sha, previousPath: from.path }
  })
  const moved = new Set(files.map(({ previousPath }) => previousPath))
  const gone = removed.filter(({ path }) => !moved.has(path))
  return [...files, ...gone.map(({ path, sha }): ChangedFile => ({ status: 'removed', path, sha }))]
}

/** What differs between two trees, by path; a file moved unchanged is one rename. */
export const changedFiles = (git: GitStore, from: string, to: string): ChangedFile[] => {
  const [before, after] = [git.files(from), git.files(to)]
  const isOther = ({ path, sha, mode }: FileEntry): boolean => {
    const old = before.get(path)
    return old !== undefined && (old.sha !== sha || old.mode !== mode)
  }
  const modified = [...after.values()]
    .filter(isOther)
    .map(({ path, sha }): ChangedFile => ({ status: 'modified', path, sha }))
  const added = [...after.values()].filter(({ path }) => !before.has(path))
  const removed = [...before.values()].filter(({ path }) => !after.has(path))
  return [...modified, ...pairMoved(added, removed)].sort((a, b) => (a.path < b.path ? -1 : 1))
}
