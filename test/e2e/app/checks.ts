import type { RepositoryScenario } from '../../simulator/scenario/repository.ts'
import type { CheckRun } from '../../simulator/state/entities.ts'
import { until } from './stage.ts'

/** The check run of production. */
export const name = 'prodgate / production'

export const checkAt = (shop: RepositoryScenario, sha: string): CheckRun | undefined => shop.checks(sha).get(name)

/** The check run of a commit, when it is completed. */
export const completed = async (shop: RepositoryScenario, sha: string): Promise<CheckRun> => {
  await until(`the check of ${sha} is completed`, () => checkAt(shop, sha)?.status === 'completed')
  const found = checkAt(shop, sha)
  if (found === undefined) throw new Error('the check is gone')
  return found
}
