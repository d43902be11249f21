import { environmentKey, soakOf } from '../core/policy-outline.ts'
import { digestOf } from '../core/fingerprint.ts'
import type { Report } from '../core/report.ts'
import { soakState, type SoakProof } from '../core/soak.ts'
import type { JudgedBase } from '../ports/judge.ts'
import type { EvidenceState } from './evidence.ts'
import { rolesOf } from './sign-off.ts'
import { soakProof } from './soak/proof.ts'
import type { Standing } from './standing.ts'
import type { GateWorld } from './world.ts'

/** What is said of one commit for one environment. */
export interface Verdict {
  environment: string
  report: Report
  awaitsEvidence: boolean
  /** At this instant it no longer holds. ISO 8601. */
  validUntil: string
  notes: readonly string[]
  /** When the commit will have run elsewhere for long enough, where it runs there and that is not so yet. ISO 8601. */
  soaked?: string
  /** Whether nobody knows where it ran. */
  soakUnknown?: boolean
}

/** An environment that is asked about, with who signed off in the roles that count there, and where the commit ran before. */
export interface Asked {
  name: string
  signOffs: { role: string; login: string }[]
  soak?: SoakProof
}

/** Who signed a commit off for an environment, by the policy's own name of it. */
const signOffsOf = async (world: GateWorld, { ref, sha, law }: Standing, name: string): Promise<Asked['signOffs']> => {
  const key = law.outline === undefined ? undefined : environmentKey(law.outline, name)
  if (key === undefined) return []
  const roles = law.outline?.environments[key]?.['sign-offs'] ?? []
  if (roles.length === 0) return []
  const given = await world.store.signOffs.of(ref.id, sha, key)
  const signOffs: Asked['signOffs'] = []
  for (const { role, login } of given) {
    const named = roles.filter((one) => one.role === role)
    // Who has left a role since, or was taken out of it, has not signed off in it.
    // oxlint-disable-next-line no-await-in-loop -- few
    if (named.length > 0 && (await rolesOf(world, ref, named, login)).length > 0) signOffs.push({ role, login })
  }
  return signOffs
}

/** What is known of a commit for an environment beside its files and its evidence. */
export const askedOf = async (world: GateWorld, standing: Standing, name: string): Promise<Asked> => {
  const signOffs = await signOffsOf(world, standing, name)
  const soak = await soakProof(world, standing, name)
  return { name, signOffs, ...(soak === undefined ? {} : { soak }) }
}

/** When a commit will have run elsewhere for long enough; undefined where it has, need not, or does not run there. */
export const soakedAt = ({ law }: Standing, { name, soak: proof }: Asked, now: Date): Date | undefined => {
  const soak = soakOf(law.outline, name)
  const state = soak === undefined ? undefined : soakState(soak, proof, now)
  return state?.met === false ? state.at : undefined
}

const keyOf = (world: GateWorld, standing: Standing, evidence: EvidenceState, asked: Asked, now: Date): string => {
  const { ref, sha, law, mergeBase, trust } = standing
  const input = [asked, law.digest, law.history ?? null, world.rulesDigest, evidence.digest, mergeBase ?? null, trust]
  return `${ref.id}/${sha}/${digestOf(JSON.stringify([...input, now.toISOString().slice(0, 10)]))}`
}

/** The verdict that was kept, where it still holds. */
export const keptVerdict = async (
  world: GateWorld,
  standing: Standing,
  evidence: EvidenceState,
  asked: Asked,
  now: Date,
): Promise<Verdict | undefined> => {
  const key = keyOf(world, standing, evidence, asked, now)
  const kept = (await world.store.memory.get('verdict', key)) as Verdict | undefined
  return kept !== undefined && now.getTime() < Date.parse(kept.validUntil) ? kept : undefined
}

/** Keeps a verdict, without what does not apply: two thirds of the rules, in most repositories. */
export const keepVerdict = async (
  world: GateWorld,
  standing: Standing,
  evidence: EvidenceState,
  asked: Asked,
  now: Date,
  verdict: Verdict,
): Promise<Verdict> => {
  const { report } = verdict
  const results = report.results.filter(({ status }) => status !== 'not-applicable')
  const kept = { ...verdict, report: { ...report, results } }
  await world.store.memory.put('verdict', keyOf(world, standing, evidence, asked, now), kept)
  return kept
}

const baseKey = (world: GateWorld, { ref, law, mergeBase }: Standing, environment: string, now: Date): string => {
  const input = [environment, law.digest, world.rulesDigest, now.toISOString().slice(0, 10)]
  return `${ref.id}/${mergeBase ?? ''}/${digestOf(JSON.stringify(input))}`
}

/** What judging the base of a change came to, where it was judged before. */
export const keptBase = async (
  world: GateWorld,
  standing: Standing,
  environment: string,
  now: Date,
): Promise<JudgedBase | undefined> =>
  standing.mergeBase === undefined
    ? undefined
    : ((await world.store.memory.get('base', baseKey(world, standing, environment, now))) as JudgedBase | undefined)

export const keepBase = async (
  world: GateWorld,
  standing: Standing,
  environment: string,
  now: Date,
  base: JudgedBase,
): Promise<void> => {
  await world.store.memory.put('base', baseKey(world, standing, environment, now), base)
}
