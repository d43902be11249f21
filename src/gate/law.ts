import { digestOf } from '../core/fingerprint.ts'
import type { HistorySource } from '../core/history.ts'
import { outlinePolicy, type PolicyOutline } from '../core/policy-outline.ts'
import type { RepositoryRef } from '../ports/repository-ref.ts'
import { historyAt } from './law-history.ts'
import { readLaw, type LawText } from './law-text.ts'
import { organisationLaw } from './organisation-law.ts'
import type { GateWorld } from './world.ts'

/** The law, with what is known of it without judging. */
export interface Law extends LawText {
  /** Whether it is the repository's own, and not the organisation's or the recommended one. */
  own: boolean
  digest: string
  /** Undefined where the policy is no policy: then everything is no-go. */
  outline: PolicyOutline | undefined
  /** The earlier values to compare with, where the policy names a file of them. No part of the digest. */
  history: HistorySource | undefined
}

/** Only what was read can be kept: a commit does not change, a refusal may. */
const isWhole = ({ policy, customRules }: LawText): boolean =>
  (policy === undefined || 'text' in policy) && !('diagnostics' in customRules)

const keptLaw = async (world: GateWorld, ref: RepositoryRef, tip: string, branch: string): Promise<LawText> => {
  const { memory } = world.store
  const key = `${ref.id}/${tip}`
  // A law without a policy has no such key in JSON.
  const kept = (await memory.get('law', key)) as (Omit<LawText, 'policy'> & Partial<LawText>) | undefined
  if (kept !== undefined) return { ...kept, policy: kept.policy }
  const law = await readLaw(world.app.of(ref).files, tip, branch)
  if (isWhole(law)) await memory.put('law', key, law)
  return law
}

const outlined = (law: LawText, own: boolean): Omit<Law, 'history'> => {
  const { policy, customRules } = law
  const outline = policy === undefined || 'text' in policy ? outlinePolicy(policy?.text) : undefined
  return { ...law, own, outline, digest: digestOf(JSON.stringify([policy ?? null, customRules])) }
}

const textAt = async (
  world: GateWorld,
  ref: RepositoryRef,
  branch: string,
  tip: string,
): Promise<Omit<Law, 'history'>> => {
  const own = await keptLaw(world, ref, tip, branch)
  if (own.policy !== undefined) return outlined(own, true)
  const shared = await organisationLaw(world, ref)
  if (shared !== undefined) return outlined(shared, false)
  return outlined({ ...own, origin: `${own.origin}: the recommended policy applies.` }, false)
}

/**
 * The law of a repository at the newest commit of a branch: its own policy, else the organisation's, else the recommended one.
 * The accused does not write the law: the branch is a pull request's base, or the default branch.
 * @throws ForgeProblem where it cannot be read now and may be later
 */
export const lawAt = async (world: GateWorld, ref: RepositoryRef, branch: string, tip: string): Promise<Law> => {
  const law = await textAt(world, ref, branch, tip)
  return { ...law, history: await historyAt(world, ref, tip, law.outline?.history) }
}
