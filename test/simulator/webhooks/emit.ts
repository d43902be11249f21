import type { GitHub } from '../github.ts'
import { complete } from '../openapi/complete.ts'
import { webhookSchema } from '../openapi/description.ts'
import { wrong } from '../openapi/validate.ts'
import { account, organization } from '../shapes/accounts.ts'
import { repositoryShape } from '../shapes/repository.ts'
import type { Repository } from '../state/repository.ts'
import type { Account, App, Installation } from '../state/types.ts'

// GitHub sends these to every app, whatever it subscribes to.
const unasked = new Set(['installation', 'installation_repositories', 'github_app_authorization'])
const ofOwnChecks = new Set(['rerequested', 'requested_action', 'requested'])

export interface Sent {
  sender: Account
  /** The only app that gets it. */
  only?: App
  /** Delivered once more under another GUID. */
  twice?: boolean
}

const wants = ({ app, events }: Installation, event: string, action: string | null): boolean => {
  if (unasked.has(event) || events.includes(event)) return true
  const aboutChecks = event === 'check_run' || event === 'check_suite'
  return aboutChecks && ofOwnChecks.has(action ?? '') && app.permissions['checks'] === 'write'
}

/** The installations of a repository, in the order of being made. */
export const installationsOf = (github: GitHub, repository: Repository): Installation[] =>
  [...github.installations.values()].filter(
    ({ account: owner, repositories, suspended }) =>
      !suspended &&
      owner.login === repository.owner.login &&
      (repositories === 'all' || repositories.has(repository.fullName)),
  )

const around = (github: GitHub, repository: Repository | undefined, sender: Account) => {
  const owner = repository?.owner
  return {
    ...(repository === undefined ? {} : { repository: repositoryShape(repository) }),
    ...(owner?.type === 'Organization' ? { organization: organization(github.urls, owner) } : {}),
    sender: account(github.urls, sender),
  }
}

/** Tells every app that wants it of an event; gives the GUIDs. The payload is held against GitHub's description. */
export const emit = (
  github: GitHub,
  about: Repository | Installation,
  event: string,
  action: string | null,
  body: object,
  { sender, only, twice }: Sent,
): string[] => {
  const ofRepository = 'fullName' in about
  const repository = ofRepository ? about : undefined
  const candidates = ofRepository ? installationsOf(github, about) : [about]
  const targets = candidates.filter(
    (one) => wants(one, event, action) && (only === undefined || one.app === only) && one.app.webhookUrl !== undefined,
  )
  if (targets.length === 0) return []
  const schema = webhookSchema(event, action ?? undefined)
  const common = { ...(action === null ? {} : { action }), ...body, ...around(github, repository, sender) }
  return targets.flatMap((installation) => {
    const short = { id: installation.id, node_id: `MDIz${installation.id}` }
    const payload = complete(schema, { installation: short, ...common })
    if (schema === undefined) github.violate(`no webhook ${event} ${action}`)
    else for (const one of wrong(schema, payload, `webhook ${event} ${action}`)) github.violate(one)
    const sent = { name: event, action, repositoryId: repository?.id ?? null, payload: JSON.stringify(payload) }
    const guids = [github.deliveries.send(installation, sent)]
    if (twice === true) guids.push(github.deliveries.send(installation, sent))
    return guids
  })
}
