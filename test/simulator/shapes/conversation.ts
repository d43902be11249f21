import type { Comment, PullRequest } from '../state/entities.ts'
import type { Repository } from '../state/repository.ts'
import { account } from './accounts.ts'
import { repositoryShape } from './repository.ts'

/** @param head the repository that the head is of: the same, or a fork */
export const pullRequest = (repository: Repository, pull: PullRequest, head: Repository | null) => {
  const { api, web, urls } = repository
  const { id, number, title, body, author, state, merged, draft } = pull
  const url = `${api}/pulls/${number}`
  const html = `${web}/pull/${number}`
  const issue = `${api}/issues/${number}`
  const user = account(urls, author)
  const end = ({ ref, sha }: { ref: string; sha: string }, repo: Repository | null) => ({
    label: `${(repo ?? repository).owner.login}:${ref}`,
    ref,
    sha,
    user: account(urls, (repo ?? repository).owner),
    repo: repo === null ? null : repositoryShape(repo),
  })
  const links = {
    self: url,
    html,
    issue,
    comments: `${issue}/comments`,
    review_comments: `${url}/comments`,
    review_comment: `${api}/pulls/comments{/number}`,
    commits: `${url}/commits`,
    statuses: `${api}/statuses/${pull.head.sha}`,
  }
  return {
    url,
    id,
    node_id: `PR_${id}`,
    html_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    issue_url: issue,
    commits_url: links.commits,
    review_comments_url: links.review_comments,
    review_comment_url: links.review_comment,
    comments_url: links.comments,
    statuses_url: links.statuses,
    number,
    state,
    locked: false,
    title,
    user,
    body,
    created_at: pull.createdAt,
    updated_at: pull.updatedAt,
    closed_at: state === 'closed' ? pull.updatedAt : null,
    merged_at: merged ? pull.updatedAt : null,
    draft,
    merged,
    mergeable: true,
    rebaseable: true,
    mergeable_state: 'clean',
    head: end(pull.head, head),
    base: end(pull.base, repository),
    _links: Object.fromEntries(Object.entries(links).map(([name, href]) => [name, { href }])),
    author_association: 'CONTRIBUTOR',
    commits: 1,
    additions: 1,
    deletions: 0,
    changed_files: 1,
  }
}

/** A pull request as checks and runs name it. */
export const minimalPull = (repository: Repository, { id, number, base, head }: PullRequest) => {
  const { id: ours, api, name } = repository
  const repo = { id: ours, url: api, name }
  return {
    id,
    number,
    url: `${api}/pulls/${number}`,
    head: { ref: head.ref, sha: head.sha, repo },
    base: { ref: base.ref, sha: base.sha, repo },
  }
}

const contents = ['+1', '-1', 'laugh', 'hooray', 'confused', 'heart', 'rocket', 'eyes']

export const issueComment = ({ api, web, urls }: Repository, comment: Comment) => {
  const { id, issue, author, reactions } = comment
  const counts = contents.map((content) => [content, reactions.filter((one) => one.content === content).length])
  return {
    id,
    node_id: `IC_${id}`,
    url: `${api}/issues/comments/${id}`,
    html_url: `${web}/pull/${issue}#issuecomment-${id}`,
    issue_url: `${api}/issues/${issue}`,
    body: comment.body,
    user: author === null ? null : account(urls, author),
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    author_association: 'NONE',
    performed_via_github_app: null,
    reactions: {
      url: `${api}/issues/comments/${id}/reactions`,
      total_count: reactions.length,
      ...(Object.fromEntries(counts) as Record<string, number>),
    },
  }
}

export const reaction = ({ urls }: Repository, { id, content, author }: Comment['reactions'][number]) => ({
  id,
  node_id: `REA_${id}`,
  user: account(urls, author),
  content,
  created_at: '2026-01-01T00:00:00Z',
})

/** A pull request as an issue, as events about comments have it. */
export const issueShape = (repository: Repository, pull: PullRequest) => {
  const { api, web, urls } = repository
  const url = `${api}/issues/${pull.number}`
  const at = `${web}/pull/${pull.number}`
  return {
    url,
    repository_url: api,
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: at,
    id: pull.id,
    node_id: `I_${pull.id}`,
    number: pull.number,
    title: pull.title,
    user: account(urls, pull.author),
    labels: [],
    state: pull.state,
    locked: false,
    assignee: null,
    assignees: [],
    milestone: null,
    comments: repository.comments.filter(({ issue }) => issue === pull.number).length,
    created_at: pull.createdAt,
    updated_at: pull.updatedAt,
    closed_at: null,
    author_association: 'CONTRIBUTOR',
    active_lock_reason: null,
    draft: pull.draft,
    pull_request: {
      url: `${api}/pulls/${pull.number}`,
      html_url: at,
      diff_url: `${at}.diff`,
      patch_url: `${at}.patch`,
      merged_at: null,
    },
    body: pull.body,
    reactions: {
      url: `${url}/reactions`,
      total_count: 0,
      '+1': 0,
      '-1': 0,
      laugh: 0,
      hooray: 0,
      confused: 0,
      heart: 0,
      rocket: 0,
      eyes: 0,
    },
    timeline_url: `${url}/timeline`,
    performed_via_github_app: null,
    state_reason: null,
  }
}
