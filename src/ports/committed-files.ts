import type { Answer } from './answer.ts'

/** Files as commits of the repository hold them, wherever the commits are kept. */
export interface CommittedFiles {
  /** The newest commit of a branch. */
  tip(branch: string): Promise<Answer<string>>
  /** A file's bytes at a commit; undefined where the commit is readable and has no such file. */
  read(commit: string, path: string): Promise<Answer<Uint8Array | undefined>>
}
