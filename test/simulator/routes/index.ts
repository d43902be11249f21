import type { Route } from '../http/answer.ts'
import { appRoutes } from './apps.ts'
import { checkRoutes } from './checks.ts'
import { commentRoutes } from './comments.ts'
import { contentRoutes } from './content.ts'
import { deliveryRoutes } from './deliveries.ts'
import { deploymentRoutes } from './deployments.ts'
import { gateRoutes } from './gates.ts'
import { pullRoutes } from './pulls.ts'
import { repositoryRoutes } from './repositories.ts'
import { runRoutes } from './runs.ts'

/** Everything that this GitHub answers. */
export const allRoutes: readonly Route[] = [
  ...appRoutes,
  ...deliveryRoutes,
  ...repositoryRoutes,
  ...contentRoutes,
  ...pullRoutes,
  ...commentRoutes,
  ...checkRoutes,
  ...runRoutes,
  ...gateRoutes,
  ...deploymentRoutes,
]
