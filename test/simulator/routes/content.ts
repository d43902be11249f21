import { changedFiles } from '../git/diff.ts'
import type { Commit, TreeEntry } from '../git/objects.ts'
import { archiveOf } from '../git/archive.ts'
import { failure, invalid, missing, ok, page, type Asked, type Route } from '../http/answer.ts'
import * as shape from '../shapes/repository.ts'
import type { Repository } from '../state/repository.ts'

const needs = ['contents:read'] as const

const entriesBelow = (repository: Repository, tree: string, above: string): (TreeEntry & { path: string })[] =>
  (repository.git.trees.get(tree) ?? []).flatMap((entry) => {
    const path = above + entry.name
    const own = { ...entry, path }
    return entry.mode === '040000' ? [own, ...entriesBelow(repository, entry.sha, `${path}/`)] : [own]
  })

const tree = ({ github, repository, path, query }: Asked) => {
  const name = path['tree_sha'] ?? ''
  const sha = repository.resolve(name)?.tree ?? name
  const entries = repository.git.trees.get(sha)
  if (entries === undefined) return missing
  const rows = query.has('recursive')
    ? entriesBelow(repository, sha, '')
    : entries.map((entry) => ({ ...entry, path: entry.name }))
  const limit = github.options.treeLimit
  return ok(shape.treeShape(repository, sha, rows.slice(0, limit), rows.length > limit))
}

const largestInline = 1_048_576

const content = ({ repository, path, query, headers }: Asked) => {
  const commit = repository.resolve(query.get('ref') ?? repository.defaultBranch)
  const wanted = (path['path'] ?? '').replace(/\/+$/, '')
  if (commit === undefined) return failure(404, `No commit found for the ref ${query.get('ref')}`)
  let at: TreeEntry = { name: '', mode: '040000', sha: commit.tree }
  for (const part of wanted.split('/').filter((one) => one !== '')) {
    const next = repository.git.trees.get(at.sha)?.find(({ name }) => name === part)
    if (next === undefined) return missing
    at = next
  }
  if (at.mode === '040000') {
    const entries = repository.git.trees.get(at.sha) ?? []
    const above = wanted === '' ? '' : `${wanted}/`
    return ok(
      entries.map((entry) => shape.contentShape(repository, { ...entry, path: above + entry.name }, commit.sha)),
    )
  }
  const bytes = repository.git.blobs.get(at.sha) ?? Buffer.alloc(0)
  if (/\braw\b/.test(String(headers['accept'])))
    return { status: 200, body: bytes, headers: { 'content-type': 'application/octet-stream' } }
  const whole = shape.contentShape(repository, { ...at, path: wanted }, commit.sha, bytes)
  return ok(bytes.byteLength > largestInline ? { ...whole, encoding: 'none', content: '' } : whole)
}

const tarball = ({ github, repository, path }: Asked) => {
  const ref = path['ref'] === '' ? repository.defaultBranch : (path['ref'] ?? '')
  const commit = repository.resolve(ref)
  if (commit === undefined) return missing
  const top = `${repository.owner.login}-${repository.name}-${commit.sha.slice(0, 7)}`
  const location = github.storage.offer(
    `${repository.fullName}/legacy.tar.gz/${commit.sha}`,
    'application/x-gzip',
    () => archiveOf(repository.git, commit.sha, top),
  )
  return { status: 302, headers: { location } }
}

const sideOf = (asked: Asked, text: string): Commit | undefined => {
  const [owner, branch] = text.includes(':') ? text.split(':') : [undefined, text]
  const { repository, github } = asked
  if (owner === undefined || owner === repository.owner.login) return repository.resolve(branch ?? '')
  const fork = [...github.repositories.values()].find((one) => one.parent === repository && one.owner.login === owner)
  return fork?.resolve(branch ?? '')
}

const mostFiles = 300

const compare = (asked: Asked) => {
  const { repository } = asked
  const { git, api, web } = repository
  const [from = '', to = ''] = (asked.path['basehead'] ?? '').split('...')
  const [base, head] = [sideOf(asked, from), sideOf(asked, to)]
  if (base === undefined || head === undefined) return missing
  const common = git.mergeBase(base.sha, head.sha)
  if (common === undefined) return failure(404, `No common ancestor between ${from} and ${to}.`)
  const before = new Set(git.history(base.sha).map(({ sha }) => sha))
  const after = new Set(git.history(head.sha).map(({ sha }) => sha))
  const ahead = git.history(head.sha).filter(({ sha }) => !before.has(sha))
  const behind = [...before].filter((sha) => !after.has(sha)).length
  const status = ahead.length === 0 ? (behind === 0 ? 'identical' : 'behind') : behind === 0 ? 'ahead' : 'diverged'
  const files = changedFiles(git, common.tree, head.tree).slice(0, mostFiles)
  const first = Number(asked.query.get('page') ?? 1) === 1
  return page(asked, [...ahead].reverse(), (shown, total) => ({
    url: `${api}/compare/${from}...${to}`,
    html_url: `${web}/compare/${from}...${to}`,
    permalink_url: `${web}/compare/${from}...${to}`,
    diff_url: `${web}/compare/${from}...${to}.diff`,
    patch_url: `${web}/compare/${from}...${to}.patch`,
    base_commit: shape.commitShape(repository, base),
    merge_base_commit: shape.commitShape(repository, common),
    status,
    ahead_by: ahead.length,
    behind_by: behind,
    total_commits: total,
    commits: shown.map((commit) => shape.commitShape(repository, commit)),
    // Only the first page has the files, and never more than 300.
    ...(first ? { files: files.map((file) => shape.diffEntry(repository, file, head.sha)) } : {}),
  }))
}

/** What a repository holds at a commit. */
export const contentRoutes: readonly Route[] = [
  { route: 'GET /repos/{owner}/{repo}/git/trees/{tree_sha}', needs, handle: tree },
  { route: 'GET /repos/{owner}/{repo}/contents/{path}', needs, handle: content },
  { route: 'GET /repos/{owner}/{repo}/tarball/{ref}', needs, handle: tarball },
  { route: 'GET /repos/{owner}/{repo}/compare/{basehead}', needs, handle: compare },
  {
    route: 'GET /repos/{owner}/{repo}/git/blobs/{file_sha}',
    needs,
    handle: ({ repository, path, headers }) => {
      const sha = path['file_sha'] ?? ''
      const bytes = repository.git.blobs.get(sha)
      if (bytes === undefined) return missing
      if (!/\braw\b/.test(String(headers['accept']))) return ok(shape.blobShape(repository, sha, bytes))
      return { status: 200, body: bytes, headers: { 'content-type': 'application/octet-stream' } }
    },
  },
  {
    route: 'GET /repos/{owner}/{repo}/git/commits/{commit_sha}',
    needs,
    handle: ({ repository, path }) => {
      const commit = repository.git.commits.get(path['commit_sha'] ?? '')
      return commit === undefined ? missing : ok(shape.gitCommit(repository, commit))
    },
  },
  {
    route: 'GET /repos/{owner}/{repo}/git/ref/{ref}',
    needs,
    handle: ({ repository, path }) => {
      const ref = path['ref'] ?? ''
      const commit = repository.branches.has(ref.replace(/^heads\//, '')) ? repository.resolve(ref) : undefined
      return commit === undefined ? missing : ok(shape.gitRef(repository, `refs/${ref}`, commit.sha))
    },
  },
  {
    route: 'GET /repos/{owner}/{repo}/commits/{ref}',
    needs,
    handle: ({ repository, path, headers }) => {
      const commit = repository.resolve(path['ref'] ?? '')
      if (commit === undefined) return invalid(`No commit found for SHA: ${path['ref']}`)
      if (/\.sha\b/.test(String(headers['accept'])))
        return { status: 200, body: Buffer.from(commit.sha), headers: { 'content-type': 'application/vnd.github.sha' } }
      const parent = repository.git.commits.get(commit.parents[0] ?? '')
      const files = changedFiles(repository.git, parent?.tree ?? '', commit.tree)
      return ok({
        ...shape.commitShape(repository, commit),
        stats: { additions: 0, deletions: 0, total: 0 },
        files: files.slice(0, mostFiles).map((file) => shape.diffEntry(repository, file, commit.sha)),
      })
    },
  },
]
