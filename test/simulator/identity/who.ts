import type { GitHub } from '../github.ts'
import { badCredentials, failure, forbidden, missing, type Answered } from '../http/answer.ts'
import type { Repository } from '../state/repository.ts'
import { grants, type App, type Level, type Token } from '../state/types.ts'
import { issuerOf, refused } from './keys.ts'

const credentialOf = (authorization: string | undefined): string =>
  /^(?:token|bearer) (.+)$/i.exec(authorization ?? '')?.[1] ?? ''

/** The app that a request is signed by, or the refusal. */
export const appOf = (github: GitHub, authorization: string | undefined): App | Answered => {
  const credential = credentialOf(authorization)
  const issuer = issuerOf(credential)
  if (issuer === undefined) return failure(401, 'A JSON web token could not be decoded')
  const app = [...github.apps.values()].find(({ id }) => issuer === String(id) || issuer === `Iv23${id}`)
  if (app === undefined) return failure(404, 'Integration not found')
  const wrong = refused(credential, app.publicKey, github.now())
  return wrong === undefined ? app : failure(401, wrong)
}

/** What the token of a request may do, or the refusal. */
export const tokenOf = (github: GitHub, authorization: string | undefined): Token | Answered => {
  const token = github.tokens.get(credentialOf(authorization))
  if (token === undefined || token.expiresAt <= github.now()) return badCredentials
  if (token.installation?.suspended === true) return failure(403, 'This installation has been suspended')
  return token
}

const sees = ({ repositories }: Token, repository: Repository): boolean =>
  repositories === 'all' || repositories.has(repository.fullName)

/** The refusal of a token that has none of the permissions, or does not see the repository. */
export const refusal = (
  token: Token,
  repository: Repository | undefined,
  needs: readonly string[] | undefined,
): Answered | undefined => {
  if (repository !== undefined && !sees(token, repository)) {
    if (repository.private) return missing
    if (needs?.some((need) => need.endsWith(':write')) === true) return forbidden
    return undefined
  }
  if (needs === undefined) return undefined
  const allowed = needs.some((need) => {
    const [name = '', level = 'read'] = need.split(':')
    return grants(token.permissions[name], level as Level)
  })
  return allowed ? undefined : forbidden
}
