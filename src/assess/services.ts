import { globMatcher, nameMatcher } from '../core/globs.ts'
import type { Policy } from '../core/policy.ts'

/** The services that are deployed to an environment. */
export const servicesOf = (policy: Policy, environment: string): { name: string; paths: readonly string[] }[] =>
  Object.entries(policy.services)
    .filter(([, { environments }]) => nameMatcher(environments)(environment))
    .map(([name, { paths }]) => ({ name, paths }))

/** The paths of the services that are deployed to an environment, where the policy knows services for it. */
export const serviceCover = (policy: Policy, environment: string): ((path: string) => boolean) | undefined => {
  const services = servicesOf(policy, environment)
  return services.length === 0 ? undefined : globMatcher(services.flatMap(({ paths }) => paths))
}
