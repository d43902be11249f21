import type { Account, App, Installation, Team, Urls } from '../state/types.ts'

export const account = ({ api, web }: Urls, { id, login, type }: Account) => {
  const name = encodeURIComponent(login)
  const url = `${api}/users/${name}`
  return {
    login,
    id,
    node_id: `U_${id}`,
    avatar_url: `${web}/avatars/u/${id}?v=4`,
    gravatar_id: '',
    url,
    html_url: type === 'Bot' ? `${web}/apps/${name.replace('%5Bbot%5D', '')}` : `${web}/${name}`,
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

export const organization = ({ api }: Urls, { id, login }: Account) => ({
  login,
  id,
  node_id: `O_${id}`,
  url: `${api}/orgs/${login}`,
  repos_url: `${api}/orgs/${login}/repos`,
  events_url: `${api}/orgs/${login}/events`,
  hooks_url: `${api}/orgs/${login}/hooks`,
  issues_url: `${api}/orgs/${login}/issues`,
  members_url: `${api}/orgs/${login}/members{/member}`,
  public_members_url: `${api}/orgs/${login}/public_members{/member}`,
  avatar_url: `${api}/avatars/u/${id}`,
  description: null,
})

export const app = (urls: Urls, { id, slug, name, owner, permissions, events, createdAt }: App) => ({
  id,
  slug,
  node_id: `A_${id}`,
  client_id: `Iv23${id}`,
  owner: account(urls, owner),
  name,
  description: null,
  external_url: 'https://prodgate.example',
  html_url: `${urls.web}/apps/${slug}`,
  created_at: createdAt,
  updated_at: createdAt,
  permissions,
  events,
})

export const installation = (urls: Urls, given: Installation) => {
  const { id, permissions, events, createdAt } = given
  return {
    id,
    account: account(urls, given.account),
    repository_selection: given.repositories === 'all' ? 'all' : 'selected',
    access_tokens_url: `${urls.api}/app/installations/${id}/access_tokens`,
    repositories_url: `${urls.api}/installation/repositories`,
    html_url: `${urls.web}/organizations/${given.account.login}/settings/installations/${id}`,
    app_id: given.app.id,
    client_id: `Iv23${given.app.id}`,
    app_slug: given.app.slug,
    target_id: given.account.id,
    target_type: given.account.type,
    permissions,
    events,
    created_at: createdAt,
    updated_at: createdAt,
    single_file_name: null,
    suspended_by: null,
    suspended_at: given.suspended ? createdAt : null,
  }
}

export const membership = ({ api }: Urls, { organization: login, slug }: Team, user: string) => ({
  url: `${api}/orgs/${login}/teams/${slug}/memberships/${user}`,
  role: 'member',
  state: 'active',
})
