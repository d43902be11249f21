import type { Answer } from './answer.ts'

/** One entry of a folder of a commit. */
export interface CommittedFile {
  /** From the root of the repository. */
  path: string
  /** Bytes; 0 where it is no regular file. */
  size: number
  /** False for a symbolic link or a submodule. */
  regular: boolean
}

/** Files as commits of the repository hold them, wherever the commits are kept. */
export interface CommittedFiles {
  /** The newest commit of a branch. */
  tip(branch: string): Promise<Answer<string>>
  /** A file's bytes at a commit; undefined where the commit is readable and has no such file. */
  read(commit: string, path: string): Promise<Answer<Uint8Array | undefined>>
  /** Everything below a folder at a commit; nothing where the commit is readable and has no such folder. */
  list(commit: string, folder: string): Promise<Answer<readonly CommittedFile[]>>
}
