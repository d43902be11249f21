import { defaultEnvironment } from '../core/default-environment.ts'
import type { Diagnostic } from '../core/errors.ts'
import { findEnvironment, parsePolicy, recommendedPolicy, type Policy } from '../core/policy.ts'
import type { Environment } from '../core/policy-file.ts'
import type { Rule } from '../core/rule.ts'
import type { AssessInput, Assessment } from './question.ts'
import { mistaken, refused } from './refusal.ts'

/** A question with the environment that it is asked for. */
export type Asked = AssessInput & { environment: string }

/** What a question is judged by. */
export interface Law {
  asked: Asked
  policy: Policy
  environment: Environment
}

/** All rules together. What reads and proves custom ones is loaded for those who have some. */
const allRules = async ({
  rules,
  customRules = [],
}: AssessInput): Promise<{ rules: readonly Rule[] } | { diagnostics: readonly Diagnostic[] }> => {
  if ('diagnostics' in customRules) return customRules
  if (customRules.length === 0) return { rules }
  const { withCustomRules } = await import('../core/custom-rules.ts')
  return withCustomRules(rules, customRules)
}

const policyFrom = (
  given: AssessInput['policy'],
  rules: readonly Rule[],
): { policy: Policy } | { diagnostics: Diagnostic[] } => {
  if (given === undefined) return { policy: recommendedPolicy(rules) }
  if ('text' in given) return parsePolicy(given.text, given.path, rules)
  return { diagnostics: [{ code: 'policy-unreadable', message: given.unreadable, path: given.path }] }
}

/** Reads the rules and the policy that a question is judged by, or gives the no-go of one that cannot be judged. */
export const readLaw = async (input: AssessInput): Promise<Law | { refusal: Assessment }> => {
  const law = await allRules(input)
  if ('diagnostics' in law) return { refusal: mistaken(input, 'rules-invalid', law.diagnostics) }
  const parsed = policyFrom(input.policy, law.rules)
  if ('diagnostics' in parsed) return { refusal: mistaken(input, 'policy-invalid', parsed.diagnostics) }
  const { policy } = parsed
  const asked = { ...input, environment: input.environment ?? defaultEnvironment(policy) }
  const environment = findEnvironment(policy, asked.environment)
  if (environment !== undefined) return { asked, policy, environment }
  const known = Object.keys(policy.environments).join(', ')
  const message = `the policy has no environment "${asked.environment}"; it has ${known === '' ? 'none' : known}`
  const report = refused(asked, [{ code: 'environment-unknown', message }])
  return { refusal: { report, diagnostics: [], awaitsEvidence: false } }
}
