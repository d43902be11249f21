import type { GitHub } from '../github.ts'
import type { Changes } from '../git/store.ts'
import type { Repository } from '../state/repository.ts'
import type { Account } from '../state/types.ts'
import { installationsOf } from '../webhooks/emit.ts'
import { checkSuiteEvent, pullEvent, pushEvent } from '../webhooks/events.ts'

export interface Push {
  branch: string
  message: string
  author: Account
  /** What changes, or the whole tree's id. */
  files?: Changes
  tree?: string
  parents?: readonly string[]
  /** Nobody is told. */
  silent?: boolean
}

const newSuites = (github: GitHub, repository: Repository, sha: string, sender: Account): void => {
  for (const { app } of installationsOf(github, repository)) {
    if (app.permissions['checks'] !== 'write') continue
    checkSuiteEvent(github, repository, repository.suite(app, sha), 'requested', sender)
  }
}

/** Pushes a commit to a branch, and tells apps what GitHub tells them: the push, the suite, and pull requests whose head moved. */
export const pushTo = (github: GitHub, repository: Repository, given: Push): string => {
  const { branch, message, author, files = {}, silent = false } = given
  const { git } = repository
  const before = repository.branches.get(branch)
  const start = before ?? repository.branches.get(repository.defaultBranch)
  const parents = given.parents ?? (start === undefined ? [] : [start])
  const tree = given.tree ?? git.change(git.commits.get(start ?? '')?.tree, files)
  const person = { name: author.login, email: `${author.login}@shop.example`, at: github.now() }
  const { sha } = git.addCommit(tree, parents, person, message)
  repository.branches.set(branch, sha)
  if (silent) return sha
  pushEvent(github, repository, branch, before, sha, author)
  newSuites(github, repository, sha, author)
  moveHeads(github, repository, branch, sha, author)
  return sha
}

const moveHeads = (github: GitHub, head: Repository, branch: string, sha: string, author: Account): void => {
  for (const repository of github.repositories.values())
    for (const pull of repository.pulls.values()) {
      const moved = pull.state === 'open' && pull.head.repository === head.fullName && pull.head.ref === branch
      if (!moved) continue
      const before = pull.head.sha
      pull.head.sha = sha
      pull.updatedAt = new Date(github.now()).toISOString()
      pullEvent(github, repository, pull, 'synchronize', author, { before, after: sha })
      if (repository !== head) newSuites(github, repository, sha, author)
    }
}
