import * as z from 'zod'
import type { AppForge } from '../../ports/forge.ts'
import type { RepositoryRef } from '../../ports/repository-ref.ts'
import { ask, done, type Asker, type Octokit } from './api.ts'
import { failedDeliveries } from './app-deliveries.ts'
import { installations, repositoriesOf } from './app-installations.ts'
import { appOctokit, installationOctokit, type AppCredentials, type Scope } from './app-octokit.ts'
import { repositoryForge } from './repository-forge.ts'

export interface AppForgeOptions extends AppCredentials {
  /** The longest pause inside one call, in milliseconds: what takes longer is answered with `retryAt`. */
  patience: number
  /** The longest that one call may take, its pauses included, in milliseconds. */
  deadline: number
}

/** How many repositories' clients are kept ready. */
const maxClients = 1000

const Found = z.object({ id: z.number(), name: z.string(), owner: z.object({ login: z.string() }) })

/** GitHub, as an App sees it. */
export const appForge = (options: AppForgeOptions): AppForge => {
  const { appId, patience } = options
  const app = appOctokit(options)
  const clients = new Map<string, Octokit>()
  const limits = new Map<number, { until: number }>()
  const notes = { appId, blank: new Set<number>() }

  const clientOf = (scope: Scope): Octokit => {
    const key = JSON.stringify([scope.installation, scope.repository, scope.permissions])
    const client = clients.get(key) ?? installationOctokit(app, options, scope)
    // Put at the end: the first of the map is the one that was used least recently.
    clients.delete(key)
    clients.set(key, client)
    const [oldest] = clients.keys()
    if (clients.size > maxClients && oldest !== undefined) clients.delete(oldest)
    return client
  }
  const asker = (octokit: Octokit, installation: number): Asker => {
    const limit = limits.get(installation) ?? { until: 0 }
    limits.set(installation, limit)
    return {
      octokit,
      patience,
      limit,
      get deadline() {
        return AbortSignal.timeout(options.deadline)
      },
    }
  }
  // Limits are of an installation, whatever its tokens are narrowed to. No installation has the number 0: it is the App itself.
  const itself = asker(app, 0)
  const inInstallation = (installation: number): Asker =>
    asker(clientOf({ installation, permissions: { metadata: 'read' } }), installation)

  return {
    failedDeliveries: (since) => failedDeliveries(itself, since),
    redeliver: async (id) =>
      done(
        await ask(
          itself,
          'POST /app/hook/deliveries/{delivery_id}/attempts',
          { delivery_id: id },
          { schema: z.unknown(), repeat: 'safe' },
        ),
      ),
    grants: () => installations(itself),
    repositories: async () => {
      const everywhere = await installations(itself)
      if (!everywhere.ok) return everywhere
      const found: RepositoryRef[] = []
      for (const { id: installation } of everywhere.value) {
        const answer = await repositoriesOf(inInstallation(installation))
        if (answer.ok) found.push(...answer.value.map((one) => ({ ...one, installation })))
        // Removed or suspended since it was listed.
        else if (answer.problem.kind !== 'forbidden') return answer
      }
      return { ok: true, value: found }
    },
    of: ({ id, owner, name, installation }) => {
      const base = asker(clientOf({ installation, repository: id }), installation)
      return repositoryForge(Object.assign(base, { owner, repo: name }), notes)
    },
    organisation: async ({ owner, installation }) => {
      const at = { owner, repo: '.github' }
      const route = 'GET /repos/{owner}/{repo}'
      const answer = await ask(inInstallation(installation), route, at, { schema: Found, repeat: 'safe' })
      if (!answer.ok) return answer.problem.kind === 'missing' ? { ok: true, value: undefined } : answer
      const { id, name, owner: account } = answer.value
      // A repository that had the name once still answers to it.
      const same = name === '.github' && account.login.toLowerCase() === owner.toLowerCase()
      return { ok: true, value: same ? { id, owner: account.login, name, installation } : undefined }
    },
  }
}
