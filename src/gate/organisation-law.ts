import type { RepositoryRef } from '../ports/repository-ref.ts'
import { ForgeProblem, isPassing, valueOf } from './forge-problem.ts'
import { policyPath, readLaw, type LawText } from './law-text.ts'
import type { GateWorld } from './world.ts'

/** A push to the organisation's repository is told at once; this is for where the App is not told. Milliseconds. */
const freshFor = 600_000

interface Kept {
  at: number
  law: LawText | null
}

const unreadable = (message: string): LawText => ({
  policy: { path: policyPath, unreadable: message },
  customRules: [],
  origin: '',
})

const read = async (world: GateWorld, ref: RepositoryRef): Promise<LawText | undefined> => {
  const found = await world.app.organisation(ref)
  if (!found.ok) {
    if (isPassing(found.problem)) throw new ForgeProblem(found.problem, "the organisation's repository .github")
    return unreadable(`of the organisation's repository .github cannot be looked for: ${found.problem.message}`)
  }
  if (found.value === undefined || found.value.id === ref.id) return undefined
  const forge = world.app.of(found.value)
  const branch = valueOf(await forge.defaultBranch(), 'the default branch of .github')
  const tip = valueOf(await forge.files.tip(branch), 'the newest commit of .github')
  const law = await readLaw(forge.files, tip, `${found.value.owner}/${found.value.name}`)
  return law.policy === undefined ? undefined : law
}

/** Has the organisation's policy be read again at the next question. */
export const forgetOrganisationLaw = (world: GateWorld, owner: string): Promise<void> =>
  world.store.memory.forget('organisation-law', owner.toLowerCase())

/** The policy that the organisation has for all its repositories, where it has one. */
export const organisationLaw = async (world: GateWorld, ref: RepositoryRef): Promise<LawText | undefined> => {
  const { memory } = world.store
  const key = ref.owner.toLowerCase()
  const now = world.clock.now().getTime()
  const kept = (await memory.get('organisation-law', key)) as Kept | undefined
  if (kept !== undefined && now - kept.at < freshFor) return kept.law ?? undefined
  const law = await read(world, ref)
  if (law?.policy === undefined || 'text' in law.policy)
    await memory.put('organisation-law', key, { at: now, law: law ?? null } satisfies Kept)
  return law
}
