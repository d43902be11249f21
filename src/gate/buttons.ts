import { environmentKey } from '../core/policy-outline.ts'
import type { RepositoryRef } from '../ports/repository-ref.ts'
import { markdownCode, markdownPlain } from '../render/markdown-text.ts'
import { askGate, askJudge } from './ask-judge.ts'
import { valueOf } from './forge-problem.ts'
import { keptVerdicts } from './judge-commit.ts'
import { headsAt, judgedAs } from './known-commits.ts'
import { lookForEvidence } from './evidence.ts'
import { reply } from './reply.ts'
import { rolesOf, whoMay } from './sign-off.ts'
import { asChange, asWhole, type Standing } from './standing.ts'
import { waiverText } from './waiver-text.ts'
import type { GateWorld } from './world.ts'

/** One press of a button of a check run. */
export interface Press {
  ref: RepositoryRef
  sha: string
  environment: string
  identifier: string
  sender: string
}

const standingOf = async (
  world: GateWorld,
  { ref, sha }: Press,
): Promise<{ standing: Standing; numbers: number[] }> => {
  const known = await headsAt(world, ref, sha)
  const [base] = judgedAs(known)
  const standing = base === undefined ? await asWhole(world, ref, sha) : await asChange(world, ref, sha, base)
  return { standing, numbers: known.heads.map(({ number }) => number) }
}

/** Says something in the pull requests of a commit; a commit without one has the log alone. */
const say = async (world: GateWorld, press: Press, numbers: readonly number[], text: string): Promise<void> => {
  const { ref, sha, environment, identifier, sender } = press
  if (numbers.length === 0) world.log.info({ repository: ref.id, button: identifier }, text.slice(0, 500))
  for (const number of numbers)
    // oxlint-disable-next-line no-await-in-loop -- nearly always one
    await reply(world, ref, number, `${identifier}/${sha}/${environment}/${sender}`, text)
}

const requestWaiver = async (world: GateWorld, press: Press): Promise<void> => {
  const { standing, numbers } = await standingOf(world, press)
  const evidence = await lookForEvidence(world, press.ref, press.sha, standing.law)
  const [verdict] = await keptVerdicts(world, standing, evidence, [press.environment])
  if (verdict === undefined) {
    await askJudge(world, press.ref, press.sha, 'asked')
    const text = `${markdownPlain(press.environment)} is being judged. Press “Request waiver” again when its check is complete.`
    return await say(world, press, numbers, text)
  }
  await say(world, press, numbers, waiverText(verdict.report, press.sender, world.clock.now()))
}

const signOff = async (world: GateWorld, press: Press): Promise<void> => {
  const { ref, sha, environment, sender } = press
  const { heads, formerly, merged } = await headsAt(world, ref, sha)
  const waits = await world.store.gates.unanswered({ repository: ref.id, sha })
  if (heads.length === 0 && formerly.length > 0 && !merged && waits.length === 0) {
    world.log.warn({ repository: ref.id, sha, login: sender }, 'a sign-off of a commit that is no head any more')
    const text = `${markdownPlain(sender)} signed off ${markdownCode(sha.slice(0, 12))}, which is not the newest commit here: it does not count. Press “Sign off” in the check of the newest one.`
    return await say(world, press, [formerly[0]?.number ?? 0].filter(Boolean), text)
  }
  const { standing } = await standingOf(world, press)
  const numbers = heads.map(({ number }) => number)
  const { outline } = standing.law
  const key = outline === undefined ? undefined : environmentKey(outline, environment)
  const roles = key === undefined ? [] : (outline?.environments[key]?.['sign-offs'] ?? [])
  const name = markdownPlain(environment)
  if (key === undefined || roles.length === 0) return await say(world, press, numbers, `${name} asks for no sign-off.`)
  const own = await rolesOf(world, ref, roles, sender)
  if (own.length === 0)
    return await say(
      world,
      press,
      numbers,
      `${markdownPlain(sender)} cannot sign off ${name}. Those who can: ${markdownPlain(whoMay(roles))}.`,
    )
  const at = world.clock.now()
  for (const role of own)
    // oxlint-disable-next-line no-await-in-loop -- few
    await world.store.signOffs.add({ repository: ref.id, sha, environment: key, role, login: sender, at })
  await askJudge(world, ref, sha, 'asked')
  for (const gate of waits)
    // oxlint-disable-next-line no-await-in-loop -- few
    await askGate(world, gate.id)
}

/** Does what a button says, for who may write at this moment. Signing off is for who has the role. */
export const pressButton = async (world: GateWorld, press: Press): Promise<void> => {
  const { ref, sha, identifier, sender } = press
  if (identifier === 'sign-off') return await signOff(world, press)
  const permission = valueOf(await world.app.of(ref).people.permission(sender), 'the permission of who pressed')
  if (permission !== 'admin' && permission !== 'write') {
    world.log.warn({ repository: ref.id, sha, login: sender, button: identifier }, 'a button of who may not')
    return
  }
  if (identifier === 'recheck') return await askJudge(world, ref, sha, 'asked')
  if (identifier === 'request-waiver') await requestWaiver(world, press)
}
