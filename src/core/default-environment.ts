import { findEnvironment, type Policy } from './policy.ts'

/** The environment that is meant where neither anybody nor the policy says another. */
export const usualEnvironment = 'production'

/**
 * The environment that is meant when nobody names one: `production` where the policy knows it, else the policy's only
 * environment, else `production` all the same, which is then unknown and no-go.
 */
export const defaultEnvironment = (policy: Policy): string => {
  if (findEnvironment(policy, usualEnvironment) !== undefined) return usualEnvironment
  const [only, ...others] = Object.keys(policy.environments)
  return only !== undefined && others.length === 0 ? only : usualEnvironment
}
