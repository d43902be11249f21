import {
  blobId,
  commitId,
  sortEntries,
  treeId,
  type Commit,
  type Mode,
  type Person,
  type TreeEntry,
} from './objects.ts'

/** A file of a tree: what it holds and how it is kept. */
export interface FileEntry {
  path: string
  sha: string
  mode: Mode
}

/** What a commit changes: text or bytes of a path, null takes the path away. */
export type Changes = Record<string, string | Buffer | { content: string | Buffer; mode: Mode } | null>

// Large repositories would fill the memory with a list for every commit.
const mostFlat = 50

interface Folder {
  files: TreeEntry[]
  folders: Map<string, Folder>
}
const newFolder = (): Folder => ({ files: [], folders: new Map() })

/** The objects of a repository and all of its forks. */
export class GitStore {
  readonly blobs = new Map<string, Buffer>()
  readonly trees = new Map<string, readonly TreeEntry[]>()
  readonly commits = new Map<string, Commit>()
  readonly #flat = new Map<string, ReadonlyMap<string, FileEntry>>()

  addBlob(content: string | Buffer): string {
    const bytes = Buffer.from(content)
    const sha = blobId(bytes)
    this.blobs.set(sha, bytes)
    return sha
  }

  /** Every file below a tree, by its path. */
  files(tree: string): ReadonlyMap<string, FileEntry> {
    const kept = this.#flat.get(tree)
    if (kept !== undefined) return kept
    const files = new Map<string, FileEntry>()
    const walk = (sha: string, above: string): void => {
      for (const { name, mode, sha: inner } of this.trees.get(sha) ?? [])
        if (mode === '040000') walk(inner, `${above}${name}/`)
        else files.set(above + name, { path: above + name, sha: inner, mode })
    }
    walk(tree, '')
    this.#flat.set(tree, files)
    const [oldest] = this.#flat.keys()
    if (this.#flat.size > mostFlat && oldest !== undefined) this.#flat.delete(oldest)
    return files
  }

  #writeFolder(folder: Folder): string {
    const below = [...folder.folders].map(([name, inner]): TreeEntry => ({
      name,
      mode: '040000',
      sha: this.#writeFolder(inner),
    }))
    return this.#write([...folder.files, ...below])
  }

  /** Writes the trees of a set of files and gives the root's id. */
  addTree(files: Iterable<FileEntry>): string {
    const root = newFolder()
    for (const { path, sha, mode } of files) {
      const parts = path.split('/')
      const name = parts.pop() ?? ''
      let folder = root
      for (const part of parts) {
        const inner = folder.folders.get(part) ?? newFolder()
        folder.folders.set(part, inner)
        folder = inner
      }
      folder.files.push({ name, mode, sha })
    }
    return this.#writeFolder(root)
  }

  #write(entries: Iterable<TreeEntry>): string {
    const sorted = sortEntries([...entries])
    const sha = treeId(sorted)
    this.trees.set(sha, sorted)
    return sha
  }

  #entryOf(name: string, change: Exclude<Changes[string], null>): TreeEntry {
    const plain = typeof change === 'string' || Buffer.isBuffer(change)
    const { content, mode } = plain ? { content: change, mode: '100644' as const } : change
    return { name, mode, sha: this.addBlob(content) }
  }

  /** The tree that changes make of another: only folders in which something changes are written anew. */
  change(tree: string | undefined, changes: Changes): string {
    const entries = new Map((this.trees.get(tree ?? '') ?? []).map((entry) => [entry.name, entry]))
    const below = new Map<string, Changes>()
    for (const [path, change] of Object.entries(changes)) {
      const slash = path.indexOf('/')
      const name = slash < 0 ? path : path.slice(0, slash)
      if (slash < 0 && change === null) entries.delete(name)
      else if (slash < 0 && change !== null) entries.set(name, this.#entryOf(name, change))
      else {
        const inner = below.get(name) ?? {}
        inner[path.slice(slash + 1)] = change
        below.set(name, inner)
      }
    }
    for (const [name, inner] of below) {
      const known = entries.get(name)
      const sha = this.change(known?.mode === '040000' ? known.sha : undefined, inner)
      // Git keeps no empty folders.
      if (this.trees.get(sha)?.length === 0) entries.delete(name)
      else entries.set(name, { name, mode: '040000', sha })
    }
    return this.#write(entries.values())
  }

  /** @param sha the commit's id where it is one of elsewhere; else git's own */
  addCommit(tree: string, parents: readonly string[], author: Person, message: string, sha?: string): Commit {
    const content = { tree, parents, author, message }
    const commit = { ...content, sha: sha ?? commitId(content) }
    this.commits.set(commit.sha, commit)
    return commit
  }

  /** A commit and all before it, the newest first by distance. */
  history(sha: string): Commit[] {
    const seen = new Map<string, Commit>()
    const queue = [sha]
    for (let at = queue.shift(); at !== undefined; at = queue.shift()) {
      const commit = this.commits.get(at)
      if (commit === undefined || seen.has(at)) continue
      seen.set(at, commit)
      queue.push(...commit.parents)
    }
    return [...seen.values()]
  }

  /** The nearest commit that both have. */
  mergeBase(one: string, other: string): Commit | undefined {
    const ofOther = new Set(this.history(other).map(({ sha }) => sha))
    return this.history(one).find(({ sha }) => ofOther.has(sha))
  }
}
