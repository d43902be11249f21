import { missing, nothing, ok, page, type Route } from '../http/answer.ts'
import { account, membership } from '../shapes/accounts.ts'
import { commitShape, repositoryShape } from '../shapes/repository.ts'
import type { Role } from '../state/types.ts'

const legacy: Record<Role, string> = {
  admin: 'admin',
  maintain: 'write',
  write: 'write',
  triage: 'read',
  read: 'read',
  none: 'none',
}

const branchLinks = (url: string, html: string) => ({
  _links: { self: url, html },
  protected: false,
  protection_url: `${url}/protection`,
})

/** Repositories, branches and people. */
export const repositoryRoutes: readonly Route[] = [
  {
    route: 'GET /repos/{owner}/{repo}',
    needs: ['metadata:read'],
    handle: ({ repository }) => ok(repositoryShape(repository)),
  },
  {
    route: 'GET /repos/{owner}/{repo}/branches/{branch}',
    needs: ['contents:read'],
    handle: ({ repository, path }) => {
      const name = path['branch'] ?? ''
      const commit = repository.branches.has(name) ? repository.resolve(name) : undefined
      if (commit === undefined) return missing
      const links = branchLinks(`${repository.api}/branches/${name}`, `${repository.web}/tree/${name}`)
      return ok({ name, commit: commitShape(repository, commit), ...links })
    },
  },
  {
    route: 'GET /repos/{owner}/{repo}/branches',
    needs: ['contents:read'],
    handle: (asked) => {
      const { api } = asked.repository
      return page(asked, [...asked.repository.branches], (shown) =>
        shown.map(([name, sha]) => ({ name, commit: { sha, url: `${api}/commits/${sha}` }, protected: false })),
      )
    },
  },
  {
    route: 'GET /repos/{owner}/{repo}/collaborators/{username}/permission',
    needs: ['metadata:read'],
    handle: ({ github, repository, path }) => {
      const user = github.accounts.get(path['username'] ?? '')
      if (user === undefined) return missing
      const role = repository.roles.get(user.login) ?? (repository.private ? 'none' : 'read')
      return ok({ permission: legacy[role], role_name: role, user: account(github.urls, user) })
    },
  },
  {
    route: 'GET /orgs/{org}/teams/{team_slug}/memberships/{username}',
    needs: ['members:read'],
    handle: ({ github, path }) => {
      const team = github.teams.find((one) => one.organization === path['org'] && one.slug === path['team_slug'])
      const user = path['username'] ?? ''
      return team?.members.has(user) === true ? ok(membership(github.urls, team, user)) : missing
    },
  },
  {
    route: 'GET /orgs/{org}/teams/{team_slug}/members',
    needs: ['members:read'],
    handle: (asked) => {
      const { github, path } = asked
      const team = github.teams.find((one) => one.organization === path['org'] && one.slug === path['team_slug'])
      if (team === undefined) return missing
      return page(asked, [...team.members], (shown) =>
        shown.map((login) => account(github.urls, github.account(login))),
      )
    },
  },
  {
    route: 'GET /orgs/{org}/members/{username}',
    needs: ['members:read'],
    handle: ({ github, path }) => {
      const member = github.teams.some(
        ({ organization, members }) => organization === path['org'] && members.has(path['username'] ?? ''),
      )
      return member ? nothing : missing
    },
  },
  {
    route: 'GET /users/{username}',
    handle: ({ github, path }) => {
      const user = github.accounts.get(path['username'] ?? '')
      return user === undefined ? missing : ok(account(github.urls, user))
    },
  },
  {
    route: 'GET /user',
    handle: ({ github, token }) =>
      token.account.type === 'Bot'
        ? { status: 403, body: { message: 'Resource not accessible by integration' } }
        : ok(account(github.urls, token.account)),
  },
]
