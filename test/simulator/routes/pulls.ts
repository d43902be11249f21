import { changedFiles } from '../git/diff.ts'
import { missing, ok, page, type Asked, type Route } from '../http/answer.ts'
import { pullRequest } from '../shapes/conversation.ts'
import { commitShape, diffEntry } from '../shapes/repository.ts'
import type { PullRequest } from '../state/entities.ts'

const needs = ['pull_requests:read'] as const

const shapeOf = ({ github, repository }: Asked, pull: PullRequest) =>
  pullRequest(repository, pull, github.repositories.get(pull.head.repository) ?? null)

const pullOf = ({ repository, path }: Asked): PullRequest | undefined =>
  repository.pulls.get(Number(path['pull_number']))

const named = (pull: PullRequest, owner: string, wanted: string | null): boolean =>
  wanted === null ||
  wanted === pull.head.ref ||
  wanted === `${pull.head.repository.split('/')[0] ?? owner}:${pull.head.ref}`

/** Newest first, but where a list that is sorted by something else is asked for without a direction. */
const inOrder = (pulls: readonly PullRequest[], query: URLSearchParams): PullRequest[] => {
  const sort = query.get('sort') ?? 'created'
  const falling = (query.get('direction') ?? (sort === 'created' ? 'desc' : 'asc')) === 'desc'
  const time = (pull: PullRequest): number => Date.parse(sort === 'updated' ? pull.updatedAt : pull.createdAt)
  const rising = pulls.toSorted((a, b) => time(a) - time(b) || a.number - b.number)
  return falling ? rising.reverse() : rising
}

/** Pull requests: what they are and what they change. */
export const pullRoutes: readonly Route[] = [
  {
    route: 'GET /repos/{owner}/{repo}/pulls/{pull_number}',
    needs,
    handle: (asked) => {
      const pull = pullOf(asked)
      return pull === undefined ? missing : ok(shapeOf(asked, pull))
    },
  },
  {
    route: 'GET /repos/{owner}/{repo}/pulls',
    needs,
    handle: (asked) => {
      const { repository, query } = asked
      const state = query.get('state') ?? 'open'
      const all = inOrder([...repository.pulls.values()], query).filter(
        (pull) =>
          (state === 'all' || pull.state === state) &&
          (query.get('base') ?? pull.base.ref) === pull.base.ref &&
          named(pull, repository.owner.login, query.get('head')),
      )
      return page(asked, all, (shown) => shown.map((pull) => shapeOf(asked, pull)))
    },
  },
  {
    route: 'GET /repos/{owner}/{repo}/pulls/{pull_number}/files',
    needs,
    handle: (asked) => {
      const pull = pullOf(asked)
      const { git } = asked.repository
      const [base, head] = [git.commits.get(pull?.base.sha ?? ''), git.commits.get(pull?.head.sha ?? '')]
      if (base === undefined || head === undefined) return missing
      const from = git.mergeBase(base.sha, head.sha) ?? base
      return page(asked, changedFiles(git, from.tree, head.tree), (shown) =>
        shown.map((file) => diffEntry(asked.repository, file, head.sha)),
      )
    },
  },
  {
    route: 'GET /repos/{owner}/{repo}/pulls/{pull_number}/commits',
    needs,
    handle: (asked) => {
      const pull = pullOf(asked)
      if (pull === undefined) return missing
      const { git } = asked.repository
      const before = new Set(git.history(pull.base.sha).map(({ sha }) => sha))
      const own = git.history(pull.head.sha).filter(({ sha }) => !before.has(sha))
      return page(asked, own.reverse(), (shown) => shown.map((commit) => commitShape(asked.repository, commit)))
    },
  },
  {
    route: 'GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls',
    needs,
    handle: (asked) => {
      const sha = asked.path['commit_sha'] ?? ''
      const { git } = asked.repository
      const holds = (pull: PullRequest): boolean =>
        pull.head.sha === sha || git.history(pull.head.sha).some((commit) => commit.sha === sha)
      const all = [...asked.repository.pulls.values()].filter(holds)
      return page(asked, all, (shown) => shown.map((pull) => shapeOf(asked, pull)))
    },
  },
]
