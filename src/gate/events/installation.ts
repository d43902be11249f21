import * as z from 'zod'
import type { RepositoryRef } from '../../ports/repository-ref.ts'
import { askPullsOf } from '../open-pulls.ts'
import { forgetOrganisationLaw } from '../organisation-law.ts'
import type { GateWorld } from '../world.ts'
import { Installation } from './common.ts'

const Account = z.object({ account: z.object({ login: z.string().min(1) }) })

/** Repositories as events of the installation name them. */
const Repositories = z.array(z.object({ id: z.number().int(), name: z.string().min(1) })).nullish()

export const InstallationEvent = z.object({
  action: z.string(),
  installation: Installation.and(Account),
  /** Of a new installation. */
  repositories: Repositories,
  repositories_added: Repositories,
})

/** The repositories that the App sees from now on. */
const added = (event: z.infer<typeof InstallationEvent>): RepositoryRef[] => {
  const { account, id: installation } = event.installation
  const list = event.action === 'created' ? event.repositories : event.repositories_added
  return (list ?? []).map(({ id, name }) => ({ id, owner: account.login, name, installation }))
}

/**
 * The App may see other repositories than before, the organisation's policy among them. Their open pull requests are judged;
 * what waits there is found at the next reconciling.
 */
export const onInstallation = async (world: GateWorld, event: z.infer<typeof InstallationEvent>): Promise<void> => {
  const { account, id } = event.installation
  await forgetOrganisationLaw(world, account.login)
  await askPullsOf(world, added(event))
  world.log.info({ installation: id, account: account.login, action: event.action }, 'the installation changed')
}
