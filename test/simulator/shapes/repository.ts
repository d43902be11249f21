import type { FileEntry } from '../git/store.ts'
import type { Commit, TreeEntry } from '../git/objects.ts'
import type { ChangedFile } from '../git/diff.ts'
import type { Repository } from '../state/repository.ts'
import { account } from './accounts.ts'

const createdAt = '2026-01-01T00:00:00Z'

/** The short form, as inside other objects. */
export const repositoryShape = (repository: Repository) => {
  const { id, name, owner, fullName, api, web, urls } = repository
  return {
    id,
    node_id: `R_${id}`,
    name,
    full_name: fullName,
    private: repository.private,
    visibility: repository.private ? 'private' : 'public',
    owner: account(urls, owner),
    html_url: web,
    description: null,
    fork: repository.parent !== undefined,
    url: api,
    forks_url: `${api}/forks`,
    keys_url: `${api}/keys{/key_id}`,
    collaborators_url: `${api}/collaborators{/collaborator}`,
    teams_url: `${api}/teams`,
    hooks_url: `${api}/hooks`,
    issue_events_url: `${api}/issues/events{/number}`,
    events_url: `${api}/events`,
    assignees_url: `${api}/assignees{/user}`,
    branches_url: `${api}/branches{/branch}`,
    tags_url: `${api}/tags`,
    blobs_url: `${api}/git/blobs{/sha}`,
    git_tags_url: `${api}/git/tags{/sha}`,
    git_refs_url: `${api}/git/refs{/sha}`,
    trees_url: `${api}/git/trees{/sha}`,
    statuses_url: `${api}/statuses/{sha}`,
    commits_url: `${api}/commits{/sha}`,
    git_commits_url: `${api}/git/commits{/sha}`,
    comments_url: `${api}/comments{/number}`,
    issue_comment_url: `${api}/issues/comments{/number}`,
    contents_url: `${api}/contents/{+path}`,
    compare_url: `${api}/compare/{base}...{head}`,
    archive_url: `${api}/{archive_format}{/ref}`,
    issues_url: `${api}/issues{/number}`,
    pulls_url: `${api}/pulls{/number}`,
    deployments_url: `${api}/deployments`,
    git_url: `${web.replace(/^http/, 'git')}.git`,
    ssh_url: `git@github.example:${fullName}.git`,
    clone_url: `${web}.git`,
    default_branch: repository.defaultBranch,
    archived: false,
    disabled: false,
    created_at: createdAt,
    updated_at: createdAt,
    pushed_at: createdAt,
  }
}

export const person = ({ author }: Commit) => ({
  name: author.name,
  email: author.email,
  date: new Date(author.at).toISOString(),
})

const verification = { verified: false, reason: 'unsigned', signature: null, payload: null, verified_at: null }

/** A commit as the git part of the API has it. */
export const gitCommit = ({ api, web }: Repository, commit: Commit) => ({
  sha: commit.sha,
  node_id: `C_${commit.sha}`,
  url: `${api}/git/commits/${commit.sha}`,
  html_url: `${web}/commit/${commit.sha}`,
  author: person(commit),
  committer: person(commit),
  message: commit.message,
  tree: { sha: commit.tree, url: `${api}/git/trees/${commit.tree}` },
  parents: commit.parents.map((sha) => ({
    sha,
    url: `${api}/git/commits/${sha}`,
    html_url: `${web}/commit/${sha}`,
  })),
  verification,
})

/** A commit as lists and comparisons have it. */
export const commitShape = (repository: Repository, commit: Commit) => {
  const { api, web } = repository
  const { sha, node_id, html_url, parents, ...rest } = gitCommit(repository, commit)
  return {
    url: `${api}/commits/${sha}`,
    sha,
    node_id,
    html_url,
    comments_url: `${api}/commits/${sha}/comments`,
    commit: { ...rest, comment_count: 0 },
    author: null,
    committer: null,
    parents: parents.map((parent) => ({
      ...parent,
      url: `${api}/commits/${parent.sha}`,
      html_url: `${web}/commit/${parent.sha}`,
    })),
  }
}

/** The commit inside a run or suite. */
export const headCommit = (commit: Commit) => ({
  id: commit.sha,
  tree_id: commit.tree,
  message: commit.message,
  timestamp: new Date(commit.author.at).toISOString(),
  author: { name: commit.author.name, email: commit.author.email },
  committer: { name: commit.author.name, email: commit.author.email },
})

export const gitRef = ({ api }: Repository, ref: string, sha: string) => ({
  ref,
  node_id: `REF_${ref}`,
  url: `${api}/git/${ref}`,
  object: { type: 'commit', sha, url: `${api}/git/commits/${sha}` },
})

type Row = TreeEntry & { path: string }
export const treeShape = ({ api, git }: Repository, sha: string, rows: readonly Row[], truncated: boolean) => ({
  sha,
  url: `${api}/git/trees/${sha}`,
  truncated,
  tree: rows.map(({ path, mode, sha: id }) => {
    const type = mode === '040000' ? 'tree' : mode === '160000' ? 'commit' : 'blob'
    const row = { path, mode, type, sha: id, url: `${api}/git/${type}s/${id}` }
    return type === 'blob' ? { ...row, size: git.blobs.get(id)?.byteLength ?? 0 } : row
  }),
})

// GitHub breaks the lines after 60 characters.
const base64 = (content: Buffer): string => content.toString('base64').replace(/.{60}/g, '$&\n')

export const blobShape = ({ api }: Repository, sha: string, content: Buffer) => ({
  sha,
  node_id: `B_${sha}`,
  size: content.byteLength,
  url: `${api}/git/blobs/${sha}`,
  content: base64(content),
  encoding: 'base64',
})

const entryLinks = ({ api, web }: Repository, { path, sha }: FileEntry, commit: string, type: 'blob' | 'tree') => {
  const self = `${api}/contents/${path}?ref=${commit}`
  const git = `${api}/git/${type}s/${sha}`
  const html = `${web}/${type}/${commit}/${path}`
  return { url: self, git_url: git, html_url: html, _links: { self, git, html } }
}

/** A file or folder of a commit; a file with its content where that is given. */
export const contentShape = (repository: Repository, file: FileEntry, commit: string, content?: Buffer) => {
  const { path, sha, mode } = file
  const folder = mode === '040000'
  return {
    type: folder ? 'dir' : 'file',
    ...(content === undefined ? {} : { encoding: 'base64', content: base64(content) }),
    size: folder ? 0 : (repository.git.blobs.get(sha)?.byteLength ?? 0),
    name: path.split('/').at(-1) ?? path,
    path,
    sha,
    download_url: folder ? null : `${repository.web}/raw/${commit}/${inUrl(path)}`,
    ...entryLinks(repository, file, commit, folder ? 'tree' : 'blob'),
  }
}

/** A path as a URL has it. */
const inUrl = (path: string): string => path.split('/').map(encodeURIComponent).join('/')

/** A file of a comparison or a pull request. */
export const diffEntry = ({ api, web }: Repository, file: ChangedFile, commit: string) => ({
  sha: file.sha,
  filename: file.path,
  status: file.status,
  additions: file.status === 'renamed' || file.status === 'removed' ? 0 : 1,
  deletions: file.status === 'renamed' || file.status === 'added' ? 0 : 1,
  changes: file.status === 'renamed' ? 0 : file.status === 'modified' ? 2 : 1,
  blob_url: `${web}/blob/${commit}/${inUrl(file.path)}`,
  raw_url: `${web}/raw/${commit}/${inUrl(file.path)}`,
  contents_url: `${api}/contents/${encodeURIComponent(file.path)}?ref=${commit}`,
  ...(file.previousPath === undefined ? {} : { previous_filename: file.previousPath }),
})
