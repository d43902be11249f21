import { globMatcher } from './globs.ts'
import { findEnvironment, parsePolicy, recommendedPolicy, type Policy } from './policy.ts'
import type { Rule } from './rule.ts'

const chosenFrom = (policy: Policy): string => {
  if (findEnvironment(policy, 'production', (globs, name) => globMatcher(globs)(name)) !== undefined)
    return 'production'
  const [only, ...others] = Object.keys(policy.environments)
  return only !== undefined && others.length === 0 ? only : 'production'
}

/**
 * The environment that is meant when nobody names one: `production` where the policy knows it, else the policy's only
 * environment, else `production` all the same, which is then unknown and no-go.
 */
export const defaultEnvironment = (
  policy: { path: string; text: string } | undefined,
  rules: readonly Rule[],
): string => {
  const parsed =
    policy === undefined ? { policy: recommendedPolicy(rules) } : parsePolicy(policy.text, policy.path, rules)
  return 'policy' in parsed ? chosenFrom(parsed.policy) : 'production'
}
