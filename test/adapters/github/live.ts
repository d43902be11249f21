import { appForge, type AppForgeOptions } from '../../../src/adapters/github/app-forge.ts'
import type { RepositoryRef } from '../../../src/ports/repository-ref.ts'
import { newShop } from '../../simulator/testing.ts'

/** The App's adapter before a GitHub over HTTP, with a shop. */
export const liveShop = async (options: Partial<AppForgeOptions> = {}) => {
  const made = await newShop()
  const { github, app, shop, installation } = made
  const forge = appForge({
    appId: app.id,
    privateKey: app.privateKey,
    baseUrl: github.url,
    patience: 50,
    deadline: 20_000,
    ...options,
  })
  const ref: RepositoryRef = { id: shop.state.id, owner: 'acme', name: 'shop', installation: installation.id }
  return { ...made, forge, ref, acme: forge.of(ref) }
}
export type LiveShop = Awaited<ReturnType<typeof liveShop>>
