import * as z from 'zod'
import { forgetOrganisationLaw } from '../organisation-law.ts'
import type { GateWorld } from '../world.ts'
import { Installation } from './common.ts'

const Account = z.object({ account: z.object({ login: z.string().min(1) }) })

export const InstallationEvent = z.object({ action: z.string(), installation: Installation.and(Account) })

/** The App may see other repositories than before, the organisation's policy among them. What waits there is found at the next reconciling. */
export const onInstallation = async (world: GateWorld, event: z.infer<typeof InstallationEvent>): Promise<void> => {
  const { account, id } = event.installation
  await forgetOrganisationLaw(world, account.login)
  world.log.info({ installation: id, account: account.login, action: event.action }, 'the installation changed')
}
