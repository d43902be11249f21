import { git, mergeBase } from '../../adapters/disk/git.ts'
import { gitTree } from '../../adapters/disk/git-tree.ts'
import { InputError } from '../../core/errors.ts'
import type { Workspace } from '../../ports/workspace.ts'
import type { Event } from './event.ts'

/** What a change is compared with, or why it is judged as a whole. */
export interface Comparison {
  base?: Workspace
  notice?: string
}

const commitOf = (directory: string, name: string): string | undefined =>
  git(directory, 'rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`)?.trim()

/** The base as GitHub's own merge commit has it: that commit's first parent, where the second is the pull request's head. */
const mergedInto = (event: Event, directory: string): string | undefined => {
  if (event.pullRequest === undefined || commitOf(directory, 'HEAD') !== event.sha) return undefined
  return commitOf(directory, 'HEAD^2') === event.pullRequest.head ? commitOf(directory, 'HEAD^1') : undefined
}

const baseCommit = (event: Event, directory: string): string | undefined => {
  if (event.base === undefined || event.base === 'unclear') return undefined
  return mergedInto(event, directory) ?? mergeBase(directory, event.base.sha) ?? commitOf(directory, event.base.sha)
}

/** Finds the base of a pull request or a merge group in the clone, so that a change is judged by what it adds. */
export const findBase = (event: Event, directory: string): Comparison => {
  if (event.base === undefined) return {}
  const commit = baseCommit(event, directory)
  const notice =
    'The checkout does not hold the base, so everything counts and not only what this change adds: ' +
    'give actions/checkout fetch-depth: 0.'
  if (commit === undefined || commit === '') return { notice }
  try {
    return { base: gitTree(directory, commit) }
  } catch (error) {
    if (error instanceof InputError) return { notice }
    throw error
  }
}
