/** Objects as GitHub's API gives them, with every field that its description requires. */
import { createHash } from 'node:crypto'

export interface Account {
  id: number
  login: string
  type: 'User' | 'Bot'
}

export const githubActions: Account = { id: 41_898_282, login: 'github-actions[bot]', type: 'Bot' }

export const simpleUser = ({ id, login, type }: Account) => {
  const url = `https://api.github.com/users/${encodeURIComponent(login)}`
  return {
    login,
    id,
    node_id: `U_${id}`,
    avatar_url: `https://avatars.githubusercontent.com/u/${id}?v=4`,
    gravatar_id: '',
    url,
    html_url: `https://github.com/${encodeURIComponent(login)}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type,
    site_admin: false,
    user_view_type: 'public',
  }
}

export const publicUser = (account: Account) => ({
  ...simpleUser(account),
  name: null,
  company: null,
  blog: null,
  location: null,
  email: null,
  hireable: null,
  bio: null,
  public_repos: 1,
  public_gists: 0,
  followers: 0,
  following: 0,
  created_at: '2020-01-01T00:00:00Z',
  updated_at: '2020-01-01T00:00:00Z',
})

export interface StoredComment {
  id: number
  issue: number
  body: string
  author: Account | null
}

export const issueComment = (repository: string, { id, issue, body, author }: StoredComment) => {
  const url = `https://api.github.com/repos/${repository}/issues`
  return {
    id,
    node_id: `IC_${id}`,
    url: `${url}/comments/${id}`,
    html_url: `https://github.com/${repository}/pull/${issue}#issuecomment-${id}`,
    issue_url: `${url}/${issue}`,
    body,
    user: author === null ? null : simpleUser(author),
    created_at: '2026-01-01T00:00:00Z',
    updated_at: '2026-01-01T00:00:00Z',
    author_association: 'NONE',
  }
}

export const gitRef = (repository: string, ref: string, sha: string) => {
  const url = `https://api.github.com/repos/${repository}/git`
  return { ref, node_id: 'REF_1', url: `${url}/${ref}`, object: { type: 'commit', sha, url: `${url}/commits/${sha}` } }
}

export const gitCommit = (repository: string, sha: string) => {
  const url = `https://api.github.com/repos/${repository}/git/commits/${sha}`
  const person = { date: '2026-01-01T00:00:00Z', email: 'ada@shop.example', name: 'Ada' }
  return {
    sha,
    node_id: `C_${sha}`,
    url,
    html_url: `https://github.com/${repository}/commit/${sha}`,
    author: person,
    committer: person,
    message: 'Open the shop',
    tree: { sha, url: `https://api.github.com/repos/${repository}/git/trees/${sha}` },
    parents: [],
    verification: { verified: false, reason: 'unsigned', signature: null, payload: null, verified_at: null },
  }
}

/** A tree's id is made from its commit and folder. */
export const treeSha = (commit: string, folder: string): string =>
  folder === '' ? commit : createHash('sha1').update(`${commit}:${folder}`).digest('hex')

/** A folder of a commit, level by level or whole. */
export const gitTreeOf = (
  repository: string,
  commit: string,
  folder: string,
  files: Record<string, string>,
  deep: boolean,
) => {
  const url = `https://api.github.com/repos/${repository}/git`
  const start = folder === '' ? '' : `${folder}/`
  const below = Object.keys(files).filter((path) => path.startsWith(start))
  const folders = below.flatMap((path) => {
    const parts = path.slice(start.length).split('/').slice(0, -1)
    return parts.map((_, index) => parts.slice(0, index + 1).join('/'))
  })
  const shown = (path: string): boolean => deep || !path.includes('/')
  const trees = [...new Set(folders)].filter(shown).map((path) => {
    const sha = treeSha(commit, start + path)
    return { path, mode: '040000', type: 'tree', sha, url: `${url}/trees/${sha}` }
  })
  const blobs = below.map((path) => {
    const sha = createHash('sha1')
      .update(files[path] ?? '')
      .digest('hex')
    const size = Buffer.byteLength(files[path] ?? '')
    return { path: path.slice(start.length), mode: '100644', type: 'blob', sha, size, url: `${url}/blobs/${sha}` }
  })
  const sha = treeSha(commit, folder)
  return {
    sha,
    url: `${url}/trees/${sha}`,
    truncated: false,
    tree: [...trees, ...blobs.filter(({ path }) => shown(path))],
  }
}

export const contentFile = (repository: string, path: string, commit: string, text: string) => {
  const url = `https://api.github.com/repos/${repository}/contents/${path}?ref=${commit}`
  const html = `https://github.com/${repository}/blob/${commit}/${path}`
  const git = `https://api.github.com/repos/${repository}/git/blobs/${commit}`
  return {
    type: 'file',
    encoding: 'base64',
    size: Buffer.byteLength(text),
    name: path.split('/').at(-1) ?? path,
    path,
    // GitHub breaks the lines after 60 characters.
    content: Buffer.from(text).toString('base64').replace(/.{60}/g, '$&\n'),
    sha: commit,
    url,
    git_url: git,
    html_url: html,
    download_url: `https://raw.githubusercontent.com/${repository}/${commit}/${path}`,
    _links: { self: url, git, html },
  }
}
