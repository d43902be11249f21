import type { AppForge } from '../../ports/forge.ts'
import type { Log } from '../../ports/log.ts'
import { eventNeeds, permissionNeeds, type PermissionNeed } from './needs.ts'

/** What one installation has, as the forge tells it. */
export interface Grant {
  account: string
  permissions: Readonly<Record<string, string>>
  events: readonly string[]
}

/** One thing that an installation lacks. */
export interface Gap {
  account: string
  kind: 'permission' | 'event'
  /** `checks: write`, or an event's name. */
  missing: string
  /** What does not work there. */
  turnsOff: string
}

/** What the self-test counts. */
export interface GapGauge {
  missingGrants(kind: Gap['kind'], count: number): void
}

const ranks = ['none', 'read', 'write', 'admin']

/** A word that nobody knows grants nothing. */
const suffices = (given: string | undefined, { access }: PermissionNeed): boolean =>
  ranks.indexOf(given ?? 'none') >= ranks.indexOf(access)

const lacks = (grant: Grant): Gap[] => [
  ...permissionNeeds
    .filter(
      (need) => !suffices(Object.hasOwn(grant.permissions, need.name) ? grant.permissions[need.name] : undefined, need),
    )
    .map(({ name, access, turnsOff }) => ({
      account: grant.account,
      kind: 'permission' as const,
      missing: `${name}: ${access}`,
      turnsOff,
    })),
  ...eventNeeds
    .filter(({ name }) => !grant.events.includes(name))
    .map(({ name, turnsOff }) => ({ account: grant.account, kind: 'event' as const, missing: name, turnsOff })),
]

/** Compares what the installations grant with what the App needs. Accounts in the order given, permissions before events. */
export const gapsOf = (grants: readonly Grant[]): Gap[] => grants.flatMap(lacks)

/**
 * Asks the forge what was granted, logs a warning for each thing that is missing, and counts them by kind. It stops nothing: an
 * installation that lacks a right has that part off, and the others are served.
 * @returns what is missing, or undefined where the forge did not say
 */
export const selfTest = async (
  app: Pick<AppForge, 'grants'>,
  log: Log,
  gauge: GapGauge,
): Promise<readonly Gap[] | undefined> => {
  const answer = await app.grants()
  if (!answer.ok) {
    log.warn({ problem: answer.problem }, 'the self-test could not read what the App was granted')
    return undefined
  }
  const gaps = gapsOf(answer.value)
  for (const kind of ['permission', 'event'] as const)
    gauge.missingGrants(kind, gaps.filter((gap) => gap.kind === kind).length)
  for (const { account, kind, missing, turnsOff } of gaps)
    log.warn({ account, kind, missing, turnsOff }, 'the installation lacks something that the App needs')
  log.info({ installations: answer.value.length, missing: gaps.length }, 'the self-test is done')
  return gaps
}
