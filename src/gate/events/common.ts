import * as z from 'zod'
import type { RepositoryRef } from '../../ports/repository-ref.ts'

/** What every event about a repository has. */
export const Repository = z.object({
  id: z.number().int(),
  name: z.string().min(1),
  default_branch: z.string().min(1).optional(),
  owner: z.object({ login: z.string().min(1) }),
})

export const Installation = z.object({ id: z.number().int() })

export const Sender = z.object({ login: z.string().min(1), type: z.string().optional() })

/** What nearly every event has. */
export const about = { repository: Repository, installation: Installation }

export const Sha = z.string().regex(/^[0-9a-f]{40,64}$/)

/** The repository that an event is about, and the installation that may reach it. */
export const refOf = (payload: {
  repository: z.infer<typeof Repository>
  installation: z.infer<typeof Installation>
}): RepositoryRef => ({
  id: payload.repository.id,
  owner: payload.repository.owner.login,
  name: payload.repository.name,
  installation: payload.installation.id,
})
