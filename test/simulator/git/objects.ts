/** Git's objects and their ids, as git makes them. */
import { createHash } from 'node:crypto'

export type Mode = '100644' | '100755' | '120000' | '160000' | '040000'

export interface TreeEntry {
  name: string
  mode: Mode
  sha: string
}

export interface Person {
  name: string
  email: string
  /** Milliseconds since 1970; git keeps seconds. */
  at: number
}

export interface Commit {
  sha: string
  tree: string
  parents: readonly string[]
  author: Person
  message: string
}

const idOf = (type: string, content: Buffer): string =>
  createHash('sha1').update(`${type} ${content.byteLength}\0`).update(content).digest('hex')

export const blobId = (content: Buffer): string => idOf('blob', content)

// Git sorts a folder as if its name ended in a slash.
const sortKey = ({ name, mode }: TreeEntry): Buffer => Buffer.from(mode === '040000' ? `${name}/` : name)

/** Entries in git's order. */
export const sortEntries = (entries: readonly TreeEntry[]): TreeEntry[] =>
  [...entries].sort((a, b) => Buffer.compare(sortKey(a), sortKey(b)))

/** @param entries in git's order */
export const treeId = (entries: readonly TreeEntry[]): string =>
  idOf(
    'tree',
    Buffer.concat(
      entries.flatMap(({ mode, name, sha }) => [
        Buffer.from(`${mode.replace(/^0/, '')} ${name}\0`),
        Buffer.from(sha, 'hex'),
      ]),
    ),
  )

export const commitId = ({ tree, parents, author, message }: Omit<Commit, 'sha'>): string => {
  const person = `${author.name} <${author.email}> ${Math.floor(author.at / 1000)} +0000`
  const lines = [
    `tree ${tree}`,
    ...parents.map((parent) => `parent ${parent}`),
    `author ${person}`,
    `committer ${person}`,
    '',
    message,
  ]
  return idOf('commit', Buffer.from(lines.join('\n')))
}
