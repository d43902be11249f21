import { randomBytes } from 'node:crypto'
import { created, failure, invalid, missing, nothing, ok, page, type Asked, type Route } from '../http/answer.ts'
import { account, app, installation } from '../shapes/accounts.ts'
import { repositoryShape } from '../shapes/repository.ts'
import { grants, type Installation, type Permissions } from '../state/types.ts'

const own = ({ github, app: asking, path }: Asked): Installation | undefined => {
  const found = github.installations.get(Number(path['installation_id']))
  return found?.app === asking ? found : undefined
}

const repositoriesOf = (
  { github }: Asked,
  { account: owner, repositories }: Pick<Installation, 'account' | 'repositories'>,
) =>
  [...github.repositories.values()].filter(
    (one) => one.owner.login === owner.login && (repositories === 'all' || repositories.has(one.fullName)),
  )

interface Narrowing {
  repositories?: string[]
  repository_ids?: number[]
  permissions?: Permissions
}

const tooMuch = 'There is at least one repository that does not exist or is not accessible to the parent installation.'
const notGranted = 'The permissions requested are not granted to this installation.'

const issueToken = (asked: Asked): ReturnType<Route['handle']> => {
  const { github, body } = asked
  const found = own(asked)
  if (found === undefined) return missing
  if (found.suspended) return failure(403, 'This installation has been suspended')
  const { repositories: names, repository_ids: ids, permissions } = (body ?? {}) as Narrowing
  const reachable = repositoriesOf(asked, found)
  const chosen = reachable.filter(({ name, id }) => names?.includes(name) === true || ids?.includes(id) === true)
  const narrowed = names !== undefined || ids !== undefined
  if (narrowed && chosen.length < (names?.length ?? 0) + (ids?.length ?? 0)) return invalid(tooMuch)
  for (const [name, level] of Object.entries(permissions ?? {}))
    if (!grants(found.permissions[name], level)) return invalid(notGranted)
  const value = `ghs_${randomBytes(27).toString('base64url')}`
  const second = 1000
  const expiresAt = Math.floor((github.now() + github.options.tokenLife) / second) * second
  const granted: Permissions = permissions === undefined ? found.permissions : { metadata: 'read', ...permissions }
  github.tokens.set(value, {
    account: found.app.bot,
    // Not copied where it is whole: what an installation loses its tokens lose at once.
    permissions: granted,
    repositories: narrowed ? new Set(chosen.map(({ fullName }) => fullName)) : found.repositories,
    installation: found,
    app: found.app,
    expiresAt,
  })
  return created({
    token: value,
    expires_at: new Date(expiresAt).toISOString().replace(/\.\d+/, ''),
    permissions: granted,
    repository_selection: narrowed || found.repositories !== 'all' ? 'selected' : 'all',
    ...(narrowed ? { repositories: chosen.map(repositoryShape) } : {}),
  })
}

const shapeOf = (asked: Asked, found: Installation | undefined) =>
  found === undefined ? missing : ok(installation(asked.github.urls, found))

const installationAt = (asked: Asked, owner: string, name?: string): Installation | undefined =>
  [...asked.github.installations.values()].find(
    (one) =>
      one.app === asked.app &&
      one.account.login.toLowerCase() === owner.toLowerCase() &&
      (name === undefined || one.repositories === 'all' || one.repositories.has(`${owner}/${name}`)),
  )

// The end of the manifest flow: a code, good once, for the app's credentials.
const convert = ({ github, path }: Asked) => {
  const code = path['code'] ?? ''
  const made = github.manifestCodes.get(code)
  if (made === undefined) return missing
  github.manifestCodes.delete(code)
  const secrets = { client_id: `Iv23${made.id}`, client_secret: 'unused', webhook_secret: made.webhookSecret }
  return created({ ...app(github.urls, made), ...secrets, pem: made.privateKey })
}

/** Apps, their installations and tokens. */
export const appRoutes: readonly Route[] = [
  { route: 'POST /app-manifests/{code}/conversions', as: 'anybody', handle: convert },
  {
    route: 'GET /app',
    as: 'app',
    handle: ({ github, app: asking }) => {
      const count = [...github.installations.values()].filter((one) => one.app === asking).length
      return ok({ ...app(github.urls, asking), installations_count: count })
    },
  },
  {
    route: 'GET /app/installations',
    as: 'app',
    handle: (asked) => {
      const all = [...asked.github.installations.values()].filter((one) => one.app === asked.app)
      return page(asked, all, (shown) => shown.map((one) => installation(asked.github.urls, one)))
    },
  },
  { route: 'GET /app/installations/{installation_id}', as: 'app', handle: (asked) => shapeOf(asked, own(asked)) },
  { route: 'POST /app/installations/{installation_id}/access_tokens', as: 'app', handle: issueToken },
  {
    route: 'GET /repos/{owner}/{repo}/installation',
    as: 'app',
    handle: (asked) => shapeOf(asked, installationAt(asked, asked.path['owner'] ?? '', asked.path['repo'])),
  },
  {
    route: 'GET /orgs/{org}/installation',
    as: 'app',
    handle: (asked) => shapeOf(asked, installationAt(asked, asked.path['org'] ?? '')),
  },
  {
    route: 'GET /users/{username}/installation',
    as: 'app',
    handle: (asked) => shapeOf(asked, installationAt(asked, asked.path['username'] ?? '')),
  },
  {
    route: 'GET /installation/repositories',
    handle: (asked) => {
      const { installation: found, repositories } = asked.token
      if (found === undefined) return missing
      const all = repositoriesOf(asked, { account: found.account, repositories })
      return page(asked, all, (shown, total) => ({
        total_count: total,
        repository_selection: repositories === 'all' ? 'all' : 'selected',
        repositories: shown.map(repositoryShape),
      }))
    },
  },
  {
    route: 'DELETE /installation/token',
    handle: ({ github, token }) => {
      for (const [value, known] of github.tokens) if (known === token) github.tokens.delete(value)
      return nothing
    },
  },
  {
    route: 'GET /rate_limit',
    handle: ({ github }) => {
      const rate = { limit: github.limits.limit, remaining: github.limits.limit, reset: 0, used: 0 }
      return ok({ resources: { core: rate, search: rate }, rate })
    },
  },
  {
    route: 'GET /apps/{app_slug}',
    handle: ({ github, path }) => {
      const found = [...github.apps.values()].find(({ slug }) => slug === path['app_slug'])
      return found === undefined
        ? missing
        : ok({ ...app(github.urls, found), owner: account(github.urls, found.owner) })
    },
  },
]
