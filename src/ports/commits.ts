import type { Answer } from './answer.ts'
import type { Workspace } from './workspace.ts'

/** Whole commits of one repository, wherever they are kept. */
export interface Commits {
  /** The newest commit of a branch, and the commit where a head left it. */
  compare(branch: string, head: string): Promise<Answer<{ tip: string; mergeBase: string }>>
  /**
   * Every file of a commit, byte for byte as git has it: what an archive leaves out or changes (`export-ignore`,
   * `export-subst`) is read in another way, and a commit that cannot be had whole is a problem and never a part of it.
   */
  workspace(sha: string): Promise<Answer<Workspace>>
}
